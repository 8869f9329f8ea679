from __future__ import annotations

import io
import json
import sys
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seed.files import read_cases
from seed.reading.delimited import Delimited
from seed.reading.json_document import JsonDocument
from seed.reading.opened import Opened
from tests.files.sample import GOOD, csv_text, read, write_csv, write_jsonl


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters_tell_the_same_case(tmp_path: Path, encoding: str, delimiter: str) -> None:
    row = GOOD | {"description": 'naïve, "quoted"; 田中\r\nsecond line'}
    path = tmp_path / "cases"
    bom = b"\xfe\xff" if encoding == "utf-16-be" else b""
    path.write_bytes(bom + csv_text(row, delimiter=delimiter).encode(encoding))
    (found,) = read(path)
    assert found.raw.values == row
    assert found.case is not None
    assert found.case.description == row["description"]


@pytest.mark.parametrize(
    "write",
    [
        lambda row: json.dumps(row),
        lambda row: json.dumps(row, indent=2),
        lambda row: json.dumps([row]),
        lambda row: json.dumps([row], indent=2),
        lambda row: csv_text(row),
    ],
    ids=["line", "object", "array", "indented array", "csv"],
)
def test_format_is_seen_by_content_whatever_the_name(tmp_path: Path, write: object) -> None:
    path = tmp_path / "cases.txt"
    path.write_text(write(GOOD), newline="")  # type: ignore[operator]
    (found,) = read(path)
    assert found.case is not None
    assert found.case.amount_minor == 1250


def test_export_of_nothing_reads_as_no_rows(tmp_path: Path) -> None:
    for name, text, form in (
        ("a.json", "[]\n", "auto"),
        ("b.jsonl", "", "jsonl"),
        ("c.csv", csv_text(GOOD).splitlines()[0], "auto"),
    ):
        path = tmp_path / name
        path.write_text(text)
        assert read(path, format=form) == []


def test_standard_input_is_read_like_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    class Pipe:
        buffer = io.BytesIO(csv_text(GOOD).encode())

    monkeypatch.setattr(sys, "stdin", Pipe)
    with read_cases("-") as file:
        assert file.name == "standard input"
        assert len(list(file.rows())) == len(list(file.rows())) == 1


def test_row_numbers_count_data_rows_in_csv_and_lines_in_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_text(
        csv_text(GOOD | {"description": "two\nlines"}, GOOD).replace("\r\nD-1,", "\r\n\r\nD-1,"), newline=""
    )
    assert [row.raw.number for row in read(path)] == [1, 2]
    path = tmp_path / "cases.jsonl"
    path.write_text(json.dumps(GOOD) + "\n\n" + json.dumps(GOOD))
    assert [row.raw.number for row in read(path)] == [1, 3]


def test_numbers_of_json_are_taken_as_written(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    line = json.dumps(GOOD | {"case_ref": 101004143000}).replace('"12.50"', "0.07")
    path.write_text(line + "\n" + line.replace("0.07", "0.070"))
    first, second = read(path)
    assert first.case is not None
    assert (first.case.ref, first.case.amount_minor) == ("101004143000", 7)
    assert second.reject is not None
    assert second.reject.rule == "too_many_decimals"


_CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)


@given(st.lists(st.lists(_CELL, min_size=2, max_size=2), min_size=1, max_size=6))
def test_csv_written_is_read_back_cell_for_cell(
    tmp_path_factory: pytest.TempPathFactory, cells: list[list[str]]
) -> None:
    path = tmp_path_factory.mktemp("csv") / "cells.csv"
    rows = [{"a": a, "b": b} for a, b in cells]
    path.write_text(csv_text(*rows), encoding="utf-8", newline="")
    assert [raw.values for raw, fault in Delimited(Opened(str(path))).rows()] == rows


def test_json_document_is_read_across_the_pieces_it_comes_in(tmp_path: Path) -> None:
    rows = [{"n": number, "text": "x" * (number * 977 % 70_000), "in": [{"é": None}]} for number in range(40)]
    path = tmp_path / "rows.json"
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    assert [raw.values for raw, fault in JsonDocument(Opened(str(path))).rows()] == rows


@pytest.mark.parametrize("form", ["csv", "jsonl", "json"])
def test_memory_does_not_grow_with_the_number_of_rows(tmp_path: Path, form: str) -> None:
    def peak(count: int) -> int:
        row = GOOD | {"description": "x" * 500}
        if form == "csv":
            path = write_csv(tmp_path, *[row] * count)
        elif form == "jsonl":
            path = write_jsonl(tmp_path, *[row] * count)
        else:
            path = tmp_path / "cases.json"
            path.write_text(json.dumps([row] * count))
        tracemalloc.start()
        try:
            with read_cases(str(path)) as file:
                assert sum(found.case is not None for found in file.rows()) == count
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(10)  # whatever is kept once and for all
    assert peak(8_000) < peak(4_000) * 1.2
