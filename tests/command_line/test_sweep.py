"""`sweep` as a command: the plan and the work are the same rows, in every format, whatever becomes of the output."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import apsw
import pytest

from tests.command_line.cases import new, write_cases
from tests.command_line.run import NOW, ROOT, Disputes
from tests.command_line.test_exit_statuses import chain

KEYS = ["case", "what", "due_at", "state", "becomes", "effect", "failed"]
DAY = timedelta(days=1)


def test_a_dry_run_prints_the_plan_in_every_format_and_writes_nothing(disputes: Disputes) -> None:
    before = chain(disputes)
    plan = disputes("sweep", "--dry-run", "--format", "json", login="ada")
    assert plan.status == 0
    assert [list(row) for row in plan.object] == [KEYS] * 4
    assert plan.object[0] == {
        "case": "C1", "what": "auto-escalate", "due_at": "2024-03-11T09:00:00Z", "state": "awaiting_seller",
        "becomes": "in_review", "failed": "",
        "effect": "the seller stayed silent; review due 2024-03-16 09:00Z, first_touch due 2024-03-11 17:00Z",
    }  # fmt: skip
    assert disputes("sweep", "--dry-run", "--format", "jsonl").rows == plan.object
    table = list(csv.DictReader(io.StringIO(disputes("sweep", "--dry-run", "--format", "csv").out)))
    assert table == plan.object
    text = disputes("sweep", "--dry-run").out
    assert "What a sweep would do at 2024-03-25T12:00:00Z" in text and "4 auto-escalate\n4 cases\n" in text
    assert "| C1" in disputes("sweep", "--dry-run", "--format", "markdown").out
    assert chain(disputes) == before


def test_the_plan_of_an_instant_is_what_is_done_then(disputes: Disputes) -> None:
    then = NOW + 40 * DAY
    plan = disputes("sweep", "--dry-run", "--at", f"{then:%Y-%m-%dT%H:%M:%SZ}", "--format", "json").object
    assert {row["case"] for row in plan} == {"C1", "C2", "C3", "C10", "C11"}
    assert disputes("sweep", "--format", "json", now=then).object == plan
    assert disputes("sweep", "--format", "json", now=then).out == "[]\n"
    assert disputes("show", "C1", "--format", "json").object["state"] == "in_review"
    assert "BAD" not in disputes("doctor").out


def test_an_instant_is_for_the_plan_alone(disputes: Disputes) -> None:
    before = chain(disputes)
    disputes("sweep", "--at", "2030-01-01").refused(2, "--dry-run")
    assert chain(disputes) == before


def test_who_only_reads_sees_the_plan_and_does_not_carry_it_out(disputes: Disputes) -> None:
    disputes("sweep", login="ada").refused(4, "ada")
    assert disputes("sweep", "--dry-run", login="ada").status == 0


def test_a_case_that_fails_is_named_and_the_others_are_done(disputes: Disputes, desk: Path) -> None:
    with apsw.Connection(str(desk)) as store:
        store.execute("DROP TRIGGER event_is_not_changed")
        store.execute("UPDATE event SET body = '{\"acts\": [{}]}' WHERE dispute_id = 10")
    ended = disputes("sweep", "--format", "json")
    assert (ended.status, "refused (sweep): 1 of 4 cases" in ended.err, "C10" in ended.err) == (1, True, True)
    assert [row["case"] for row in ended.object if row["failed"]] == ["C10"]
    assert disputes("show", "C11", "--format", "json").object["state"] == "in_review"
    assert disputes("sweep").status == 1


def test_a_file_that_cannot_be_written_keeps_the_sweep_from_beginning(disputes: Disputes, tmp_path: Path) -> None:
    before = chain(disputes)
    disputes("sweep", "--out", tmp_path / "away" / "rows.csv").refused(2, "away")
    assert chain(disputes) == before


@pytest.fixture
def many(disputes: Disputes, tmp_path: Path) -> int:
    """Silent sellers, more of them than fill a pipe's buffer."""
    count = 700
    rows = (new(case_ref=f"N-{number}", order_ref=f"N-{number}") for number in range(count))
    assert disputes("import", write_cases(tmp_path, *rows, name="many.csv")).status == 0
    return count


def test_a_reader_that_leaves_early_does_not_stop_the_sweep(url: str, disputes: Disputes, many: int) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "console", "--as", "sue", "sweep", "--format", "jsonl"],
        cwd=ROOT, env={**os.environ, "DISPUTES_DB": url}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None and process.stderr is not None
    assert process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == ""
    process.stderr.close()
    assert process.wait() == 0
    assert disputes("sweep", "--dry-run", "--at", f"{datetime.now(UTC):%Y-%m-%d}").out.count("awaiting_seller") == 0
    assert int(disputes("count", "--where", "state:in_review", "--format", "json").object["cases"]) > many


def rows_of(text: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(io.StringIO(text))


def test_a_thousand_rows_can_be_read(disputes: Disputes, many: int, tmp_path: Path) -> None:
    out = tmp_path / "plan.csv"
    assert disputes("sweep", "--dry-run", "--format", "csv", "--out", out).status == 0
    plan = list(rows_of(out.read_text()))
    assert len(plan) == many + 4
    assert plan == sorted(plan, key=lambda row: (row["due_at"], int(row["case"][1:]))), "the longest due first"
