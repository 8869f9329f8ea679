"""Files that are no file of cases, or hold one row that is none: a sentence, the status, nothing half in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command_line.cases import NASTY, new, row, write_cases
from tests.command_line.run import Disputes, acting
from tests.command_line.test_exit_statuses import chain
from tests.files.sample import csv_text

GOOD = csv_text(new()).encode()


@pytest.mark.parametrize(
    ("name", "content", "parts"),
    [
        ("latin.csv", GOOD.replace(b"lost", b"l\xf6st"), ("not UTF-8", "line 2")),
        ("utf16.csv", GOOD.decode().encode("utf-16-le"), ("UTF-16 without a byte order mark",)),
        ("torn.csv", GOOD + b'"N-2,N-2,', ("quote",)),
        ("empty.csv", b"", ("empty",)),
        ("blank.csv", b"\n \n", ("empty",)),
        ("other.csv", b"a,b\r\n1,2\r\n", ("case_ref",)),
        ("book.xlsx", b"PK\x03\x04rest", ("Excel",)),
        ("packed.csv.gz", b"\x1f\x8brest", ("gzip",)),
        ("twice.csv", b"case_ref,case_ref\r\n1,2\r\n", ("case_ref",)),
        (f"{NASTY[:20].replace('/', '')}.csv", b"", ("empty",)),
    ],
)
def test_a_file_that_is_refused_as_a_whole_leaves_nothing(
    name: str, content: bytes, parts: tuple[str, ...], disputes: Disputes, tmp_path: Path
) -> None:
    before = chain(disputes)
    path = tmp_path / name
    path.write_bytes(content)
    good = write_cases(tmp_path, new(), name="good.csv")
    rejects = tmp_path / "rejected.csv"
    disputes("import", path, "--rejects", rejects).refused(2, *parts)
    disputes("import", good, path).refused(2, *parts)
    assert chain(disputes) == before and not rejects.exists()


def test_what_cannot_be_opened_is_named(disputes: Disputes, tmp_path: Path) -> None:
    good = write_cases(tmp_path, new())
    before = chain(disputes)
    disputes("import", tmp_path / "missing.csv").refused(2, "missing.csv", "No such file")
    disputes("import", tmp_path).refused(2, "directory")
    disputes("import", good, tmp_path / NASTY.replace("/", "")).refused(2, "No such file")
    disputes("import", good, "--map", "nowhere").refused(2, "nowhere")
    disputes("import", good, "--tz", "Mars/Olympus").refused(2, "Mars/Olympus")
    disputes("import", good, "--rejects", tmp_path / "no" / "r.csv").refused(2, "r.csv")
    disputes("import", good, "--rejects", tmp_path).refused(2, "folder")
    assert chain(disputes) == before


@pytest.mark.parametrize(
    ("changes", "column", "rule"),
    [
        ({"reason": "felt like it"}, "reason", "unknown_reason"),
        ({"opened_at": "2024-02-30T09:00:00Z"}, "opened_at", "bad_instant"),
        ({"opened_at": "2024-03-01T09:00:00"}, "opened_at", "no_zone"),
        ({"amount": "1.234"}, "amount", "too_many_decimals"),
        ({"amount": "1.5", "currency": "JPY"}, "amount", "too_many_decimals"),
        ({"amount": "1,50"}, "amount", "bad_amount"),
        ({"currency": "XYZ"}, "currency", "unknown_currency"),
        ({"case_ref": ""}, "case_ref", "missing_value"),
        ({"description": "a\0b"}, "description", "nul_character"),
        ({"case_ref": "D-1"}, "", "repeated_reference"),
    ],
)
def test_a_row_that_breaks_a_rule_is_told_and_its_neighbours_are_in(
    changes: dict[str, str], column: str, rule: str, disputes: Disputes, tmp_path: Path
) -> None:
    path = write_cases(tmp_path, new(case_ref="A", order_ref="A"), new(**changes), new(case_ref="Z", order_ref="Z"))
    assert disputes("import", path, "--dry-run", "--json").object["created"] == 2
    ended = disputes("import", path, "--json")
    assert ended.status == 3
    assert (ended.object["created"], ended.object["rejected"]) == (2, 1)
    (reject,) = ended.object["rejects"]
    assert (reject["row"], reject["rule"]) == (2, rule)
    assert column in ("", reject["column"])


def test_a_rehearsal_writes_nothing_and_says_so(disputes: Disputes, tmp_path: Path) -> None:
    before = chain(disputes)
    ended = disputes("import", write_cases(tmp_path, new(), row(1)), "--dry-run")
    assert ended.status == 0 and "1 would be created" in ended.out and "1 unchanged" in ended.out
    assert chain(disputes) == before


def test_hostile_values_are_told_harmlessly_and_kept_whole(disputes: Disputes, tmp_path: Path) -> None:
    path = write_cases(tmp_path, new(reason=NASTY), new(case_ref=NASTY, order_ref="x"))
    rejects = tmp_path / "rejected.csv"
    said = disputes("import", path, "--rejects", rejects)
    assert said.status == 3
    (first, *_) = disputes("import", path, "--json").object["rejects"]
    assert first["value"] == NASTY
    assert acting(rejects.read_text("utf-8")), "rejected rows go out as they came in"


def test_only_the_first_hundred_rejects_are_told_and_all_are_kept(disputes: Disputes, tmp_path: Path) -> None:
    path = write_cases(tmp_path, *(new(case_ref=f"N-{number}", amount="x") for number in range(105)))
    rejects = tmp_path / "rejected.csv"
    told = disputes("import", path, "--json", "--rejects", rejects).object
    assert (told["rejected"], len(told["rejects"])) == (105, 100)
    assert len(rejects.read_text().splitlines()) == 106
