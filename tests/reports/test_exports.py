"""A report as a file: the rows are the rows, and what stands below them can be computed from them."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from playhouse.test_utils import count_queries

from console.commands.reports import NAMES
from console.output import batches
from console.output.csv_text import csv_rows
from console.output.page import Page
from console.output.write import Format, write_page
from models.columns import Kind, Money
from models.queries.reports import REPORTS, Asked, Reading, read
from models.queries.reports import reading as reading_of
from tests.queries.cases import ANN, Made


def written(reading: Reading, format: Format, out: Path) -> None:
    page = Page(reading.report.title, totals=late(reading.totals), breakdowns=late(reading.breakdowns))
    write_page(reading.rows, reading.columns, page, format=format, out=out)


def late(found: Any) -> Any:
    yield from found()


def thousandths(cell: object) -> int:
    return round(1000 * float(str(cell or 0)))


@pytest.mark.parametrize("name", REPORTS)
def test_a_workbook_has_every_row_and_totals_that_its_cells_add_up_to(
    name: str, desk: list[Made], tmp_path: Path
) -> None:
    report = REPORTS[name]
    written(read(report, ANN), Format.XLSX, tmp_path / "out.xlsx")
    rows_sheet, totals_sheet = load_workbook(tmp_path / "out.xlsx").worksheets
    header, *cells = rows_sheet.iter_rows(values_only=True)
    rows = list(read(report, ANN).rows)
    assert list(header) == [column.key for column in report.columns] and len(cells) == len(rows)
    for row, shown in zip(rows, cells, strict=True):
        for value, cell, column in zip(row, shown, report.columns, strict=True):
            if column.kind is Kind.INSTANT and isinstance(value, datetime):
                assert cell == value.replace(tzinfo=None)
            elif column.kind in (Kind.NUMBER, Kind.DURATION, Kind.FLAG):
                assert cell == value
    told: dict[str, list[tuple[object, object]]] = {}
    for key, value, currency, *_ in totals_sheet.iter_rows(values_only=True, max_col=3):
        told.setdefault(str(key), []).append((value, currency))
    for place, column in enumerate(report.columns):
        if column.kind is Kind.MONEY and column.key in told:
            sums: Counter[str] = Counter()
            for row in cells:
                sums[str(row[header.index("currency")])] += thousandths(row[place])
            assert {currency: thousandths(value) for value, currency in told[column.key]} == dict(sums)


@pytest.mark.parametrize("name", REPORTS)
def test_a_page_has_every_row(name: str, desk: list[Made], tmp_path: Path) -> None:
    report = REPORTS[name]
    written(read(report, ANN, has_charts=True), Format.HTML, tmp_path / "out.html")
    text = (tmp_path / "out.html").read_text("utf-8")
    rows = list(read(report, ANN).rows)
    assert text.count("<tr><td>C") == len(rows) > 0
    assert text.count("<figure>") == len(report.charts)


@pytest.mark.parametrize("name", REPORTS)
def test_parts_of_a_picture_tell_rows_apart(name: str, desk: list[Made]) -> None:
    reading = read(REPORTS[name], ANN, has_charts=True)
    list(reading.rows)
    for breakdown in reading.breakdowns():
        keys = [column.key for column in breakdown.columns]
        for row in breakdown.rows:
            parts = [row[keys.index(part)] for part in breakdown.parts]
            assert sum(int(str(part)) for part in parts) <= int(str(row[1]))
            assert not any(isinstance(value, Money) for value in row)


def test_groups_leave_as_a_file_too(desk: list[Made], tmp_path: Path) -> None:
    reading = read(REPORTS["sla"], ANN, Asked(by=("clock", "owner")))
    written(reading, Format.XLSX, tmp_path / "out.xlsx")
    header, *rows = load_workbook(tmp_path / "out.xlsx").worksheets[0].iter_rows(values_only=True)
    assert header[:3] == ("clock", "owner", "promises") and len(rows) > 5


@pytest.mark.parametrize("name", REPORTS)
def test_rows_leave_before_later_ones_are_read(name: str, desk: list[Made], monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a million do not fill the memory."""
    monkeypatch.setattr(reading_of, "BATCH", 5)
    monkeypatch.setattr(batches, "SIZE", 5)
    rows = read(REPORTS[name], ANN).rows
    with count_queries() as counter:
        pieces = csv_rows(rows, REPORTS[name].columns)
        first, at_first = next(pieces), counter.count
        rest = "".join(pieces)
    assert first.count("\r\nC") == 5 < rest.count("C")
    assert at_first < counter.count / 2


def test_the_command_knows_every_report() -> None:
    assert tuple(REPORTS) == NAMES
