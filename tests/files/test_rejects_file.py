from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from models.errors import Misused
from seed.files import read_cases
from tests.files.sample import GOOD, csv_text, read, write_csv, write_jsonl


def _write_rejects(source: Path, target: Path) -> None:
    with read_cases(str(source)) as file, file.rejects(str(target)) as out:
        for row in file.rows():
            if row.reject:
                out.write(row.raw, row.reject)


def test_rejected_rows_mended_are_cases(tmp_path: Path) -> None:
    bad = GOOD | {"amount": "12.505", "description": "=1+1", "Mood": "'=cross"}
    target = tmp_path / "rejects.csv"
    _write_rejects(write_csv(tmp_path, GOOD, bad), target)
    with target.open(newline="") as file:
        (row,) = csv.DictReader(file)
    assert list(row) == [*bad, "reject_column", "reject_rule", "reject_reason"]
    assert (row["reject_column"], row["reject_rule"]) == ("amount", "too_many_decimals")
    assert (row["description"], row["Mood"]) == ("'=1+1", "'=cross")
    assert target.stat().st_mode & 0o777 == 0o600
    target.write_text(target.read_text().replace("12.505", "12.50"), newline="")
    (found,) = read(target)
    assert found.case is not None
    assert found.case.description == "=1+1"


def test_rejects_of_rejects_carry_one_reason(tmp_path: Path) -> None:
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    _write_rejects(write_csv(tmp_path, GOOD | {"amount": "x"}), first)
    _write_rejects(first, second)
    assert second.read_text() == first.read_text()


def test_json_rows_keep_their_values_as_written(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path, GOOD | {"amount": None, "extra": {"deep": [True, None, "\ud800"]}})
    path.write_text(path.read_text().replace('"12.50"', "12.50").replace('"amount": null', '"amount": 0.010'))
    target = tmp_path / "rejects.jsonl"
    _write_rejects(path, target)
    written = target.read_text()
    assert '"amount": 0.010' in written
    assert json.loads(written)["extra"] == {"deep": [True, None, "\ud800"]}
    assert json.loads(written)["reject_rule"] == "bad_text"


def test_rejects_are_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "rejects.csv"
    path.write_text("before")
    source = write_csv(tmp_path, GOOD | {"amount": "x"})

    def is_interrupted() -> None:
        with read_cases(str(source)) as file, file.rejects(str(path)) as out:
            (row,) = file.rows()
            assert row.reject
            out.write(row.raw, row.reject)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        is_interrupted()
    assert path.read_text() == "before"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["cases.csv", "rejects.csv"]


def test_rejects_never_replace_the_file_they_come_from(tmp_path: Path) -> None:
    path = write_csv(tmp_path, GOOD)
    with read_cases(str(path)) as file, pytest.raises(Misused, match="name another one"):
        file.rejects(str(path))
    assert path.read_bytes() == csv_text(GOOD).encode()


def test_rejects_that_cannot_be_written_are_refused_by_name(tmp_path: Path) -> None:
    with read_cases(str(write_csv(tmp_path, GOOD))) as file:
        for target in (tmp_path, tmp_path / "none" / "rejects.csv"):
            with pytest.raises(Misused, match=target.name), file.rejects(str(target)):
                pass
