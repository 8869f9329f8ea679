"""What others' scripts stand on: shapes, formats, and files that are there whole or not at all."""

from __future__ import annotations

import csv
import io
import stat
from pathlib import Path

import pytest

from models.queries.forecast import COLUMNS as FORECAST
from models.queries.queue import COLUMNS
from models.queries.reports import DECISIONS, REPORTS
from tests.command_line.run import Disputes, Ended

ROWS_OF: dict[tuple[str, ...], list[str]] = {
    ("queue", "all"): [column.key for column in COLUMNS],
    **{
        ("report", name): [column.key for column in report.columns]
        for name, report in REPORTS.items()
        if name != "appeals"  # the desk has none
    },
    ("forecast", "--within", "20d"): [column.key for column in FORECAST],
    ("agents",): ["login", "name", "role", "active", "open_cases", "since", "key"],
}


def csv_of(ended: Ended) -> list[list[str]]:
    assert ended.out.startswith(ended.out.split("\r\n")[0]) and not ended.out.startswith("\ufeff")
    return list(csv.reader(io.StringIO(ended.out, newline="")))


@pytest.mark.parametrize("words", ROWS_OF)
def test_rows_are_the_same_in_every_format(words: tuple[str, ...], disputes: Disputes) -> None:
    keys = ROWS_OF[words]
    disputes("goodwill", "C1", "--amount", "1", "--note", "A long wait.")
    objects = disputes(*words, "--format", "json").object
    lines = disputes(*words, "--format", "jsonl").rows
    header, *cells = csv_of(disputes(*words, "--format", "csv"))
    assert objects == lines and objects
    assert all(list(each) == keys for each in objects) and header == keys
    assert len(cells) == len(objects)
    for format in ("table", "markdown"):
        page = disputes(*words, "--format", format).out.replace("\\_", "_")
        assert all(key in page for key in keys)
    assert disputes(*words).out == disputes(*words, "--format", "table").out


def test_no_rows_leave_the_shape_alone(disputes: Disputes) -> None:
    nothing = ("queue", "--where", "ref:nothing", "--format")
    assert disputes(*nothing, "json").out == "[]\n"
    assert disputes(*nothing, "jsonl").out == ""
    assert disputes(*nothing, "csv").out == ",".join(column.key for column in COLUMNS) + "\r\n"
    assert "(no rows)" in disputes(*nothing, "table").out


def test_a_row_of_the_queue_reads_as_written_down(disputes: Disputes) -> None:
    (row,) = disputes("queue", "--where", "ref:D-1", "--format", "jsonl").rows
    assert row == {
        "case": "C1", "source": "shop", "ref": "D-1", "order": "O-1", "state": "awaiting_seller", "ball": "seller",
        "reason": "not_received/lost", "seller": "s1", "buyer": "b1", "amount": {"amount": "12.50", "currency": "USD"},
        "currency": "USD", "opened_at": "2024-03-04T09:00:00Z", "seller_due_at": "2024-03-09T09:00:00Z",
        "resolution_due_at": "2024-03-19T09:00:00Z", "next_clock": "seller_response",
        "next_due_at": "2024-03-09T09:00:00Z", "overdue": ["seller_response", "negotiation_cap", "resolution"],
        "overdue_by": 16 * 86_400 + 3 * 3600, "may_escalate_at": "2024-03-09T09:00:00Z", "assignee": None,
        "outcome": None, "decided_at": None,
    }  # fmt: skip


def test_the_queue_alone_is_the_home_view_and_with_a_query_all_cases(disputes: Disputes) -> None:
    home = [row["ref"] for row in disputes("queue", "--format", "jsonl").rows]
    assert home == [row["ref"] for row in disputes("queue", "home", "--format", "jsonl").rows]
    assert home == ["D-1", "D-10", "=D+11"]
    closed = disputes("queue", "--where", "state:closed", "--format", "jsonl").rows
    assert {row["ref"] for row in closed} == {"D-7", "D-8"}
    both = disputes("queue", "home", "--where", "ref:D-1 or state:closed", "--format", "jsonl").rows
    assert [row["ref"] for row in both] == ["D-1"]
    most = disputes("queue", "all", "--sort=-amount", "--limit", "2", "--format", "jsonl").rows
    assert len(most) == 2
    assert disputes("queue", "all", "--limit", "0", "--format", "jsonl").out == ""


def test_counts_have_the_shape_that_scripts_read(disputes: Disputes) -> None:
    whole = {"cases": 11, "money": {"EUR": "12.50", "JPY": "900", "USD": "177.50"}}
    assert disputes("count", "--format", "json").out == (
        '{"cases": 11, "money": {"EUR": "12.50", "JPY": "900", "USD": "177.50"}}\n'
    )
    assert disputes("count", "--format", "jsonl").rows == [whole]
    by = [{"key": "USD", "cases": 9, "money": {"USD": "177.50"}}, {"key": "EUR", "cases": 1, "money": {"EUR": "12.50"}},
          {"key": "JPY", "cases": 1, "money": {"JPY": "900"}}]  # fmt: skip
    assert disputes("count", "--by", "currency", "--format", "json").object == by
    assert disputes("count", "--by", "currency", "--format", "jsonl").rows == by
    header, first, *_ = csv_of(disputes("count", "--by", "currency", "--format", "csv"))
    assert (header, first) == (["key", "cases", "money"], ["USD", "9", '{"USD": "177.50"}'])
    assert csv_of(disputes("count", "--format", "csv"))[0] == ["cases", "money"]
    assert "12.50 EUR, 900 JPY, 177.50 USD" in disputes("count").out
    assert disputes("count", "--where", "ref:nothing", "--format", "json").object == {"cases": 0, "money": {}}
    assert disputes("count", "--where", "ref:nothing", "--by", "state", "--format", "json").object == []
    for key in ("state", "ball", "reason", "seller", "buyer", "source", "assignee", "outcome"):
        assert sum(each["cases"] for each in disputes("count", "--by", key, "--format", "json").object) == 11


def test_a_case_is_shown_whole_as_one_object(disputes: Disputes) -> None:
    case = disputes("show", "shop:D-9", "--format", "json").object
    parts = {"claim", "order", "parties", "evidence", "offers", "messages", "clocks", "events", "decision"}
    assert parts | {column.key for column in COLUMNS} <= set(case)
    assert case["amount"] == {"amount": "12.50", "currency": "EUR"}
    assert (
        disputes("show", "C9", "--format", "json").object == case == disputes("show", "c9", "--format", "json").object
    )
    assert "Timeline" in disputes("show", "C9").out


@pytest.mark.parametrize(
    "words",
    [
        ("queue", "all", "--format", "csv"),
        ("report", "decisions", "--format", "jsonl"),
        ("report", "sla", "--by", "clock", "--format", "html"),
        ("count", "--format", "json"),
        ("count", "--by", "state", "--format", "jsonl"),
        ("show", "C10"),
        ("show", "C10", "--format", "json"),
        ("agents", "--format", "markdown"),
        ("agents", "--format", "json", "list"),
    ],
)
def test_a_file_holds_what_would_have_been_printed_for_its_owner_alone(
    words: tuple[str, ...], disputes: Disputes, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.write_text("what was there before")
    out.chmod(0o644)
    ended = disputes(*words, "--out", out)
    assert (ended.status, ended.out, ended.err) == (0, "", "")
    assert out.read_bytes().decode() == disputes(*words).out
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_a_file_that_cannot_be_whole_is_left_as_it_was(disputes: Disputes, desk: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.write_text("what was there before")
    for words in (("queue", "--where", "is:opne"), ("show", "C999"), ("report", "decisions", "--where", "(")):
        assert disputes(*words, "--out", out).status == 2
    for bad in (tmp_path, tmp_path / "no" / "out", desk):
        disputes("queue", "--format", "csv", "--out", bad).refused(2, bad.name)
    disputes("import", "-", "--rejects", desk).refused(2, "the store itself")
    assert out.read_text() == "what was there before"
    assert {path.name for path in tmp_path.iterdir()} <= {"out", "desk.db", "desk.db.writer"}


def test_a_report_is_grouped_with_the_totals_of_its_rows(disputes: Disputes) -> None:
    groups = disputes("report", "decisions", "--by", "seller", "outcome", "--format", "jsonl").rows
    assert [(row["seller"], row["outcome"], row["currency"], row["cases"]) for row in groups] == [
        ("s1", "full_refund", "EUR", 1), ("s1", "full_refund", "USD", 1), ("s1", "withdrawn", "USD", 1),
    ]  # fmt: skip
    asked = ("report", "decisions", "--since", "2024-03-01", "--where", "seller:s1")
    whole, by = disputes(*asked).out, disputes(*asked, "--by", "outcome").out
    assert "query: seller:s1 · since 2024-03-01T00:00:00Z\n" in whole and "· by outcome\n" in by
    below = whole.rpartition("\n\n")[2]
    assert "refund_amount: 12.50 USD\n" in below and below == by.rpartition("\n\n")[2]
    disputes("report", "decisions", "--by", "outcom").refused(2, "did you mean outcome?")
    disputes("report", "decision").refused(2, "did you mean decisions?")


def test_contact_data_leaves_for_a_reason_and_is_written_down(disputes: Disputes) -> None:
    export = ("report", "decisions", "--contact", "--format", "csv")
    disputes(*export).refused(1, "(note)")
    disputes(*export, "--note", "x", login="ada").refused(4, "ada is auditor")
    header, *_ = csv_of(disputes(*export, "--note", "A recall."))
    assert header[:21] == [column.key for column in DECISIONS.columns] and header[21] == "buyer_email"


def test_a_workbook_and_a_page_are_for_reports(disputes: Disputes, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    assert disputes("report", "refunds", "--format", "xlsx", "--out", out).status == 0
    assert out.read_bytes().startswith(b"PK") and stat.S_IMODE(out.stat().st_mode) == 0o600
    for format in ("xlsx", "html"):
        disputes("queue", "--format", format, "--out", out).refused(2, "is for reports")
    before = out.read_bytes()
    assert disputes("report", "refunds", "--where", "(", "--format", "xlsx", "--out", out).status == 2
    assert out.read_bytes() == before
