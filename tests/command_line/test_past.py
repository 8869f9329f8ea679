"""Answers as of an instant, beside what plain SQL over the same file gives; invented rows of the shapes that ship."""

from __future__ import annotations

import csv
import random
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.command_line.run import Disputes, in_process
from tests.command_line.shapes import BUREAU, CITY, SHOPS, bureau, city, shops

OPEN, OVERDUE = "is:open", "overdue:seller_response"
FILES = {
    "olist": (shops, SHOPS, "America/Sao_Paulo", "complained_at", {
        OPEN: "complained_at <= :at",
        OVERDUE: "complained_at <= :at AND ship_due_at < :at AND (shipped_at IS NULL OR shipped_at > :at)",
    }),
    "boston311": (city, CITY, "America/New_York", "open_dt", {
        OPEN: "open_dt <= :at AND (closed_dt IS NULL OR closed_dt > :at)",
        OVERDUE: "open_dt <= :at AND target_dt < :at AND (closed_dt IS NULL OR closed_dt > :at)",
    }),
    "cfpb": (bureau, BUREAU, "America/New_York", "Date received", {
        OPEN: """"Date received" <= :at AND ("Company response to consumer" = 'In progress'
                 OR MAX("Date received", "Date sent to company") > :at)""",
        OVERDUE: "0",
    }),
}  # fmt: skip
"""The map's name; what writes the file, its header, its zone, when a case opens, and the questions in SQL."""


def written(name: str, folder: Path) -> tuple[Path, list[dict[str, str]]]:
    rows_of, header, *_ = FILES[name]
    rows = [dict.fromkeys(header, "") | row for row in rows_of(random.Random(7))]
    path = folder / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header)
        writer.writeheader()
        writer.writerows(rows)
    return path, rows


def loaded(name: str, rows: list[dict[str, str]]) -> sqlite3.Connection:
    """The file as a table, local times as seconds."""
    header, zone = FILES[name][1], ZoneInfo(FILES[name][2])
    instants = [key for key in header if key.endswith(("_at", "_dt")) or key.startswith("Date ")]
    plain = sqlite3.connect(":memory:")
    plain.execute("CREATE TABLE file ({})".format(", ".join(f'"{key}"' for key in header)))
    for row in rows:
        seconds = {
            key: int(datetime.fromisoformat(row[key]).replace(tzinfo=zone).timestamp()) if row[key] else None
            for key in instants
        }
        plain.execute(f"INSERT INTO file VALUES ({', '.join('?' * len(header))})", list((row | seconds).values()))
    return plain


@pytest.fixture
def empty(sqlite_url: str) -> str:
    """A store with its supervisor and no case."""
    assert in_process(sqlite_url, "init").status == 0
    return sqlite_url


@pytest.mark.parametrize("name", FILES)
def test_what_was_open_and_overdue_is_what_sql_says(name: str, empty: str, tmp_path: Path) -> None:
    path, rows = written(name, tmp_path)
    assert in_process(empty, "import", path, "--map", name, "--json").object["created"] == len(rows)
    plain, (opens, questions) = loaded(name, rows), FILES[name][3:]
    first, last = plain.execute(f'SELECT MIN("{opens}"), MAX("{opens}") FROM file').fetchone()
    edges = [edge for (edge,) in plain.execute(f'SELECT "{opens}" FROM file LIMIT 2')]
    if name == "boston311":
        edges += plain.execute("SELECT target_dt FROM file WHERE target_dt = closed_dt").fetchone()
    instants = [first + (last - first) * step // 6 for step in range(-1, 8)]
    instants += [edge + step for edge in edges for step in (-1, 0, 1)]
    for at in instants:
        text = f"{datetime.fromtimestamp(at, UTC):%Y-%m-%dT%H:%M:%SZ}"
        for where, sql in questions.items():
            (expected,) = plain.execute(f"SELECT COUNT(*) FROM file WHERE {sql}", {"at": at}).fetchone()
            found = in_process(empty, "count", "--where", where, "--at", text, "--format", "json").object["cases"]
            assert found == expected, (where, text)
    plain.close()


def test_lateness_is_what_the_file_itself_says(empty: str, tmp_path: Path) -> None:
    path, rows = written("boston311", tmp_path)
    assert in_process(empty, "import", path, "--map", "boston311").status == 0
    late = set()
    for row in rows:
        case = in_process(empty, "show", f"boston311:{row['case_enquiry_id']}", "--format", "json").object
        (standing,) = [each["standing"] for each in case["clocks"] if each["kind"] == "seller_response"] or [None]
        assert (standing is None) == (row["target_dt"] == "")
        if standing in ("missed", "breached"):
            late.add(row["case_enquiry_id"])
    assert late == {row["case_enquiry_id"] for row in rows if row["ontime"] == "OVERDUE"}


def test_a_past_queue_shows_the_past(disputes: Disputes) -> None:
    past = ("--at", "2024-03-05T09:00:00Z")
    (row,) = disputes("queue", "--where", "ref:D-7", *past, "--format", "jsonl").rows
    assert (row["state"], row["outcome"], row["overdue"]) == ("awaiting_seller", None, [])
    assert disputes("queue", *past, "--format", "jsonl").rows == []
    assert disputes("count", "--where", "is:open", *past, "--format", "json").object["cases"] == 10
    assert disputes("report", "decisions", *past, "--format", "jsonl").rows == []
