from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.files.sample import GOOD, csv_text, read, rejected, write_jsonl


@pytest.mark.parametrize(
    ("changes", "column", "rule"),
    [
        ({"case_ref": " "}, "case_ref", "missing_value"),
        ({"amount": ""}, "amount", "missing_value"),
        ({"currency": "", "paid_total": "3"}, "currency", "missing_value"),
        ({"reason": "it is purple"}, "reason", "unknown_reason"),
        ({"currency": "USX"}, "currency", "unknown_currency"),
        ({"amount": "12.505"}, "amount", "too_many_decimals"),
        ({"amount": "1,250.00"}, "amount", "bad_amount"),
        ({"amount": "-1"}, "amount", "bad_amount"),
        ({"paid_total": "1e3"}, "paid_total", "bad_amount"),
        ({"opened_at": "2026-02-30T09:00:00Z"}, "opened_at", "bad_instant"),
        ({"opened_at": "01/02/2026"}, "opened_at", "bad_instant"),
        ({"decided_at": "9999-12-31T00:00:00Z"}, "decided_at", "bad_instant"),
        ({"opened_at": "2026-03-01 09:00"}, "opened_at", "no_zone"),
        ({"opened_at": "none"}, "opened_at", "bad_instant"),
        ({"state": "UNDER_REVIEW"}, "state", "unknown_value"),
        ({"outcome": "buyer won"}, "outcome", "unknown_value"),
        ({"seller_response": "decline"}, "seller_response", "unknown_value"),
        ({"seller_response": "by_machine"}, "seller_response", "unknown_value"),
        ({"source": "a:b"}, "source", "unknown_value"),
        ({"case_ref": "x" * 201}, "case_ref", "field_too_long"),
        ({"description": "x" * ((1 << 20) + 1)}, "description", "field_too_long"),
        ({"description": "a\0b"}, "description", "nul_character"),
        ({"unknown column": "a\0b"}, "unknown column", "nul_character"),
        ({"decided_at": "2026-03-01T08:59:59Z"}, "decided_at", "decided_before_opened"),
        ({"refund_amount": "12.51", "outcome": "full_refund"}, "refund_amount", "refund_above_amount"),
        ({"refund_amount": "12.50", "paid_total": "12.00"}, "refund_amount", "refund_above_paid"),
        ({"outcome": "no_refund", "state": "in_review"}, "outcome", "outcome_on_open_state"),
    ],
)
def test_row_is_rejected_by_column_and_rule(tmp_path: Path, changes: dict[str, str], column: str, rule: str) -> None:
    found = rejected(tmp_path, **changes)
    assert (found.row, found.column, found.rule) == (1, column, rule)
    assert "\0" not in found.value


def test_unknown_word_comes_with_the_nearest_known_one(tmp_path: Path) -> None:
    assert "did you mean partial_refund?" in rejected(tmp_path, outcome="partial refnd").message
    assert "did you mean item not received?" in rejected(tmp_path, reason="item not recieved").message
    assert "did you mean EUR?" in rejected(tmp_path, currency="EURO").message


def test_row_with_too_few_or_too_many_cells_is_rejected_and_the_next_is_read(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    text = csv_text(GOOD)
    good = text.splitlines()[1]
    path.write_text(f"{text}D-2,O-2\n{good},more\n{good}\n")
    _, few, many, last = read(path)
    assert few.reject is not None
    assert (few.reject.rule, few.reject.column) == ("wrong_cell_count", "opened_at")
    assert many.reject is not None
    assert (many.reject.rule, "more" in many.reject.message) == ("wrong_cell_count", True)
    assert last.case is not None


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("{torn", "bad_json"),
        ("[1]", "bad_json"),
        ('{"case_ref": 1, "case_ref": 2}', "bad_json"),
        ('{"case_ref": ' + "[" * 5000 + "]" * 5000 + "}", "bad_json"),
        ('{"case_ref": ' + "9" * 5000 + "}", "bad_json"),
        ('{"case_ref": ' + "[" * 30 + "]" * 30 + "}", "too_deep"),
        ('{"case_ref": "\\ud800"}', "bad_text"),
        ('{"case_ref": "\\u0000"}', "nul_character"),
        ('{"notes": [{"a": "\\u0000"}]}', "nul_character"),
        ('{"Case_Ref": "1", "case-ref": "2"}', "ambiguous_column"),
        ("{}", "missing_value"),
    ],
)
def test_bad_line_of_json_lines_is_one_rejected_row(tmp_path: Path, line: str, rule: str) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text(f"{json.dumps(GOOD)}\n{line}\n{json.dumps(GOOD)}\n")
    first, second, third = read(path)
    assert first.case is not None
    assert second.reject is not None
    assert (second.reject.row, second.reject.rule) == (2, rule)
    assert third.case is not None


def test_escaped_pair_and_written_backslash_are_no_faults(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path, GOOD | {"description": "😀 \\u0000"})
    assert "\\ud83d" in path.read_text()
    (found,) = read(path)
    assert found.case is not None
    assert found.case.description == "😀 \\u0000"


def test_what_is_no_single_value_is_rejected(tmp_path: Path) -> None:
    (first, second) = read(write_jsonl(tmp_path, GOOD | {"order_ref": {"a": 1}}, GOOD | {"amount": {"value": "1"}}))
    assert first.reject is not None
    assert (first.reject.column, first.reject.rule) == ("order_ref", "no_text")
    assert second.reject is not None
    assert (second.reject.column, second.reject.rule) == ("amount", "bad_amount")


def test_history_that_looks_odd_is_believed(tmp_path: Path) -> None:
    from tests.files.sample import case

    found = case(
        tmp_path,
        seller_due_at="2020-01-01T00:00:00Z",
        seller_responded_at="2019-12-31T00:00:00Z",
        outcome="no_refund",
        decided_at="2026-03-01T09:00:00Z",
        state="in appeal",
    )
    assert found.outcome == "no_refund"
    assert found.response == "reply"
