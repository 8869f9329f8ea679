"""A workbook as another program opens it: types of cells, nothing that runs, nothing that a text can break."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from console.output import xlsx
from console.output.page import Page
from console.output.write import Format, write_page
from models.columns import Column, Kind, Money, Total
from models.errors import Misused
from tests.command_line.cases import NASTY

COLUMNS = (
    Column("case"),
    Column("order"),
    Column("amount", Kind.MONEY),
    Column("currency"),
    Column("opened_at", Kind.INSTANT),
    Column("findings", Kind.WORDS),
    Column("seconds_open", Kind.DURATION),
    Column("promised", Kind.NUMBER),
    Column("seller_late", Kind.FLAG),
)
AT = datetime(2026, 3, 1, 9, 0, 30, tzinfo=UTC)
ROW = ("C1", "81791907250000012345", Money(1250, "USD"), "USD", AT, ("a", "b"), 93_780, 3, True)
NOTHING = ("C2", None, None, None, None, (), None, None, None)
RUNS = ("=1+1", "+1", "-2+3", "@SUM(A1)", "\t=1", "＝1", '=HYPERLINK("http://x")')
BREAKS = '<r></t></is></c><c t="str"><f>1+1</f><v>2</v></c><c><is><t></r>'
"""What the library takes for its own markup when it writes row by row."""


def opened(tmp_path: Path, *rows: Sequence[object], page: Page | None = None, **options: Any) -> Any:
    out = tmp_path / "out.xlsx"
    write_page(rows, COLUMNS, page or Page(title="Decisions"), format=Format.XLSX, out=out, **options)
    return load_workbook(out)


def parts(tmp_path: Path) -> dict[str, str]:
    with zipfile.ZipFile(tmp_path / "out.xlsx") as book:
        return {name: book.read(name).decode() for name in book.namelist()}


def test_cells_have_the_types_of_what_they_hold(tmp_path: Path) -> None:
    sheet = opened(tmp_path, ROW, NOTHING).worksheets[0]
    assert [cell.value for cell in sheet[1]] == [column.key for column in COLUMNS]
    assert [(cell.value, cell.data_type) for cell in sheet[2]] == [
        ("C1", "s"), ("81791907250000012345", "s"), (12.5, "n"), ("USD", "s"), (AT.replace(tzinfo=None), "d"),
        ("a b", "s"), (93_780, "n"), (3, "n"), (True, "b"),
    ]  # fmt: skip
    assert [cell.value for cell in sheet[3]] == ["C2"] + [None] * 8
    assert sheet["E2"].number_format.endswith('"Z"'), "an instant carries its zone"
    assert sheet["B2"].number_format == "@"


@pytest.mark.parametrize(
    ("money", "shown", "format"),
    [(Money(1250, "JPY"), 1250, "0"), (Money(1, "KWD"), 0.001, "0.000"), (Money(-5, "EUR"), -0.05, "0.00")],
)
def test_money_has_the_decimals_of_its_currency(money: Money, shown: float, format: str, tmp_path: Path) -> None:
    sheet = opened(tmp_path, (*ROW[:2], money, *ROW[3:])).worksheets[0]
    assert (sheet["C2"].value, sheet["C2"].number_format) == (shown, format)


def test_what_a_number_cannot_hold_stays_text(tmp_path: Path) -> None:
    old = datetime(1850, 1, 1, tzinfo=UTC)
    sheet = opened(tmp_path, (*ROW[:2], Money(10**15 + 1, "USD"), "USD", old, *ROW[5:])).worksheets[0]
    assert (sheet["C2"].value, sheet["E2"].value) == ("10000000000000.01", "1850-01-01T00:00:00Z")


def test_the_heading_stays_and_filters_every_row(tmp_path: Path) -> None:
    book = opened(tmp_path, ROW, NOTHING)
    assert book.sheetnames == ["Rows", "Totals"]
    assert (book.worksheets[0].freeze_panes, book.worksheets[0].auto_filter.ref) == ("A2", "A1:I3")
    assert opened(tmp_path).worksheets[0].auto_filter.ref == "A1:I1"


def test_the_second_sheet_tells_the_query_and_the_totals(tmp_path: Path) -> None:
    totals: list[str | Total] = [
        Total("cases", Kind.NUMBER, 2),
        Total("amount", Kind.MONEY, Money(1250, "USD")),
        "as of then",
    ]
    page = Page("Decisions", "seller:=s1", totals, says="A row for each.", made="2026-03-01 by sue")
    sheet = opened(tmp_path, ROW, NOTHING, page=page).worksheets[1]
    told = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert ["query", "seller:=s1", None] in told and ["made", "2026-03-01 by sue", None] in told
    assert ["instants", "in UTC", None] in told
    assert ["cases", 2, None] in told and ["amount", 12.5, "USD"] in told and ["as of then", None, None] in told


@pytest.mark.parametrize("is_raw", [False, True])
@pytest.mark.parametrize(
    "text", [*RUNS, NASTY, BREAKS, f"<r>{'x' * 40_000}</r>", "=" * 40_000, "\ud800\0\ufffe", "'=1"]
)
def test_no_text_becomes_anything_but_text(text: str, is_raw: bool, tmp_path: Path) -> None:
    row = (text, text, None, text, None, (text,), 1, 1, None)
    book = opened(tmp_path, row, page=Page(text[:20], text, [text], says=text, made=text), is_raw=is_raw)
    for sheet in book.worksheets:
        assert all(cell.data_type in "sn" for cells in sheet.iter_rows() for cell in cells)
        assert sheet.max_row < 12 and not sheet._hyperlinks
    assert book.worksheets[0].max_column == len(COLUMNS)
    for name, xml in parts(tmp_path).items():
        if name.startswith("xl/worksheets/"):
            assert "<f>" not in xml and "hyperlink" not in xml and "\x1b" not in xml and "\u202e" not in xml


@pytest.mark.parametrize("text", RUNS)
def test_what_would_start_a_formula_is_marked_as_in_csv_and_raw_text_is_quoted(text: str, tmp_path: Path) -> None:
    cell = opened(tmp_path, (text, *ROW[1:])).worksheets[0]["A2"]
    assert str(cell.value).startswith("'") and not cell.quotePrefix
    cell = opened(tmp_path, (text, *ROW[1:]), is_raw=True).worksheets[0]["A2"]
    assert not str(cell.value).startswith("'") and cell.quotePrefix


def test_a_text_that_is_too_long_is_cut_and_the_cut_is_told(tmp_path: Path) -> None:
    book = opened(tmp_path, ("𝒳" * 20_000, *ROW[1:]), ("y" * 20_000, *ROW[1:]))
    first, second = (str(book.worksheets[0][f"A{row}"].value) for row in (2, 3))
    assert len(first) == 16_001 and first.endswith("𝒳…") and second == "y" * 20_000
    told = [str(row[0].value) for row in book.worksheets[1].iter_rows()]
    assert any(text.startswith("1 texts are longer") for text in told)


def test_more_rows_than_a_sheet_holds_are_refused_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 2)
    opened(tmp_path, ROW, ROW)
    with pytest.raises(Misused, match="take csv"):
        opened(tmp_path, ROW, ROW, ROW)
    assert [path.name for path in tmp_path.iterdir()] == ["out.xlsx"]


def test_a_workbook_is_not_thrown_at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    with pytest.raises(Misused, match="--out"):
        write_page([], COLUMNS, Page(), format=Format.XLSX)
