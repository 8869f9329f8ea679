from __future__ import annotations

from pathlib import Path

from seed.files import read_cases
from tests.files.sample import GOOD, read, write_csv, write_jsonl


def test_header_names_are_known_in_any_case_with_blanks_and_dashes(tmp_path: Path) -> None:
    (found,) = read(write_csv(tmp_path, {key.replace("_", " -").title(): value for key, value in GOOD.items()}))
    assert found.case is not None
    assert found.case.order_ref == "O-1"


def test_own_name_wins_over_an_alias_wherever_it_stands(tmp_path: Path) -> None:
    (found,) = read(write_csv(tmp_path, {"id": "x", "type": "nonsense"} | GOOD | {"dispute_id": "y"}))
    assert found.case is not None
    assert (found.case.ref, found.case.reason) == ("D-1", "not_received/lost")


def test_among_aliases_the_order_of_the_table_wins(tmp_path: Path) -> None:
    row = {key: value for key, value in GOOD.items() if key != "case_ref"}
    (found,) = read(write_csv(tmp_path, {"case": "C-7", "ref": "theirs"} | row))
    assert found.case is not None
    assert found.case.ref == "theirs"
    (found,) = read(write_csv(tmp_path, {"case": "C-7", "ref": "theirs"} | row | {"id": "9"}))
    assert found.case is not None
    assert found.case.ref == "9"


def test_export_of_decisions_reads_as_the_cases_it_tells(tmp_path: Path) -> None:
    row = {
        "case": "C-00012", "source": "shop", "ref": "D-9", "order": "O-9", "reason": "quality/poor_quality",
        "seller": "s1", "buyer": "b1", "amount": "12.50", "outcome": "partial_refund", "refund_amount": "5.00",
        "currency": "USD", "payer": "seller", "findings": "defect_shown", "decided_by": "ann", "approved_by": "",
        "opened_at": "2026-03-01T09:00:00Z", "decided_at": "2026-03-05T09:00:00Z", "seconds_open": "345600",
        "seller_late": "false", "resolution_late": "", "note": "'=shown on photos",
    }  # fmt: skip
    money = {key: {"amount": row[key], "currency": "USD"} for key in ("amount", "refund_amount")}
    (by_csv,) = read(write_csv(tmp_path, row))
    (by_json,) = read(write_jsonl(tmp_path, row | money | {"findings": ["defect_shown"], "note": "=shown on photos"}))
    assert by_csv.case == by_json.case
    assert by_csv.case is not None
    found = by_csv.case
    assert (found.source, found.ref, found.seller_ref, found.refund_minor) == ("shop", "D-9", "s1", 500)
    assert (found.decided_by, found.decision_note) == ("ann", "=shown on photos")


def test_row_names_its_source_else_the_option_else_file(tmp_path: Path) -> None:
    path = write_csv(tmp_path, GOOD | {"source": "own"}, GOOD | {"source": ""})
    assert [row.case.source for row in read(path, source="option") if row.case] == ["own", "option"]
    assert [row.case.source for row in read(path) if row.case] == ["own", "file"]


def test_other_columns_stay_in_the_raw_row(tmp_path: Path) -> None:
    with read_cases(str(write_csv(tmp_path, GOOD | {"Mood": "cross"}))) as file:
        assert file.columns == (*GOOD, "Mood")
        assert next(file.rows()).raw.values["Mood"] == "cross"
