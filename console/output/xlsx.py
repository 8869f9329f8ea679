"""A workbook: rows with real numbers and instants on the first sheet, what they add up to on the second.

Nothing in it is a formula or a link. Rows go to a file as they come, so a million need no more memory than ten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, Any, cast

from xlsxwriter import Workbook

from console.output.page import Page
from console.output.values import instant, picker, words
from models.columns import Column, Kind, Money, Row, Total
from models.errors import Misused
from models.formulas import guarded
from models.rules import money
from models.text import visible

MOST_ROWS = 1_048_575
"""What a sheet holds below its heading."""
MOST_TEXT = 32_000
"""Signs of a cell; a spreadsheet takes 32,767 units, of which some signs are two and stand-ins more."""
EXACT_MINOR = 10**15
"""A spreadsheet's numbers have fifteen digits."""
FIRST_DAY = datetime(1900, 3, 1).toordinal()  # noqa: DTZ001 - a day, not an instant
"""Before it spreadsheets disagree on dates."""
DAYS_BEFORE_1970 = 25_569
PIECE = 1 << 16

WIDTHS = {Kind.INSTANT: 21, Kind.MONEY: 12, Kind.NUMBER: 10, Kind.DURATION: 14, Kind.FLAG: 8, Kind.TEXT: 18}
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": 'yyyy-mm-dd hh:mm:ss"Z"',
}

Put = Callable[[int, int, object], None]
"""Writes a value into a row and column; it is not None."""


def xlsx(rows: Iterable[Row], columns: Sequence[Column], page: Page, *, is_raw: bool = False) -> Iterator[bytes]:
    """The file, in pieces, once the last row is read.

    Text is text whatever it looks like; what would start a formula gets a `'` in front, as in CSV, unless `is_raw`: it
    does nothing either when somebody saves the sheet as CSV. Raises Misused for more rows than a sheet holds.
    """
    with TemporaryFile() as file:
        _make(file, rows, columns, page, is_raw=is_raw)
        file.seek(0)
        yield from iter(lambda: file.read(PIECE), b"")


def _make(file: IO[bytes], rows: Iterable[Row], columns: Sequence[Column], page: Page, *, is_raw: bool) -> None:
    # The library keeps its own parts in the folder, which goes whatever becomes of the rows.
    with TemporaryDirectory(prefix="disputes-") as folder:
        book = Workbook(file, {**OPTIONS, "tmpdir": folder})
        book.use_zip64()  # a million rows are more than four gigabytes before they are packed
        try:
            sheets = _Sheets(book, is_raw=is_raw)
            sheets.write_rows(rows, columns)
            sheets.write_totals(page)
            book.close()
        finally:
            for sheet in book.worksheets():
                sheet.row_data_fh.close()  # left open where the rows broke off


class _Sheets:
    def __init__(self, book: Any, *, is_raw: bool) -> None:
        self._book = book
        self._is_raw = is_raw
        self._heading = book.add_format({"bold": True, "bottom": 1})
        self._text = book.add_format({"num_format": "@"})
        self._quoted = book.add_format({"num_format": "@", "quote_prefix": True})
        self._instant = book.add_format({"num_format": OPTIONS["default_date_format"]})
        self._whole = book.add_format({"num_format": "0"})
        self._money: dict[str, Any] = {}
        self._cut = 0

    def write_rows(self, rows: Iterable[Row], columns: Sequence[Column]) -> None:
        sheet = self._book.add_worksheet("Rows")
        for place, column in enumerate(columns):
            sheet.set_column(place, place, WIDTHS.get(column.kind, WIDTHS[Kind.TEXT]))
            sheet.write_string(0, place, column.key, self._heading)
        puts = [self._put(sheet, column.kind) for column in columns]
        pick, last = picker(columns), 0
        for last, row in enumerate(rows, 1):
            if last > MOST_ROWS:
                raise Misused(f"A sheet holds {MOST_ROWS:,} rows and these are more: take csv, or narrow the report.")
            for place, (value, put) in enumerate(zip(pick(row), puts, strict=True)):
                if value is not None:
                    put(last, place, value)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, last, len(columns) - 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)

    def write_totals(self, page: Page) -> None:
        sheet = self._book.add_worksheet("Totals")
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 1, 21)
        told = {"report": page.title, "what": page.says, "query": page.query or "all", "made": page.made,
                "instants": "in UTC"}  # fmt: skip
        put = self._put(sheet, Kind.TEXT)
        line = 0
        for name, text in told.items():
            if text:
                sheet.write_string(line, 0, name, self._heading)
                put(line, 1, text)
                line += 1
        for total in page.totals:
            line += 1
            self._write_total(sheet, line, total)
        if self._cut:
            put(line + 2, 0, f"{self._cut} texts are longer than a cell holds and were cut: take csv for all of them.")

    def _write_total(self, sheet: Any, line: int, total: str | Total) -> None:
        put = self._put(sheet, Kind.TEXT)
        if isinstance(total, str):
            put(line, 0, total)
            return
        put(line, 0, total.key)
        self._put(sheet, total.kind)(line, 1, total.value)
        if isinstance(total.value, Money):
            put(line, 2, total.value.currency)

    def _put(self, sheet: Any, kind: Kind) -> Put:
        match kind:
            case Kind.NUMBER | Kind.DURATION:
                return lambda row, place, value: sheet.write_number(row, place, value, self._whole)
            case Kind.FLAG:
                return lambda row, place, value: sheet.write_boolean(row, place, bool(value))
            case Kind.INSTANT:
                return lambda row, place, value: self._put_instant(sheet, row, place, cast(datetime, value))
            case Kind.MONEY:
                return lambda row, place, value: self._put_money(sheet, row, place, cast(Money, value))
            case Kind.WORDS:
                return lambda row, place, value: self._put_text(sheet, row, place, words(value))
            case Kind.TEXT:
                return lambda row, place, value: self._put_text(sheet, row, place, str(value))

    def _put_text(self, sheet: Any, row: int, place: int, text: str) -> None:
        if not text:
            return
        shown = visible(text)  # a line break would be drawn over the row above
        if len(shown) > MOST_TEXT // 2:
            shown = self._within(shown)
        if shown.startswith("<r>") and shown.endswith("</r>"):
            shown += " "  # the library would take it for its own markup, and let it into the file as it is
        safe = guarded(shown)
        if self._is_raw and safe != shown:
            sheet.write_string(row, place, shown, self._quoted)
        else:
            sheet.write_string(row, place, safe, self._text)

    def _within(self, text: str) -> str:
        units = text.encode("utf-16-le")
        if len(units) <= 2 * MOST_TEXT:
            return text
        self._cut += 1
        return units[: 2 * MOST_TEXT].decode("utf-16-le", "ignore") + "…"

    def _put_instant(self, sheet: Any, row: int, place: int, at: datetime) -> None:
        if at.toordinal() < FIRST_DAY:
            sheet.write_string(row, place, instant(at), self._text)
        else:
            sheet.write_number(row, place, int(at.timestamp()) / 86_400 + DAYS_BEFORE_1970, self._instant)

    def _put_money(self, sheet: Any, row: int, place: int, value: Money) -> None:
        if abs(value.amount_minor) >= EXACT_MINOR:
            sheet.write_string(row, place, money.text(value.amount_minor, value.currency), self._text)
            return
        decimals = money.exponent(value.currency)
        style = self._money.get(value.currency)
        if style is None:
            shown = "0." + "0" * decimals if decimals else "0"
            style = self._money[value.currency] = self._book.add_format({"num_format": shown})
        sheet.write_number(row, place, value.amount_minor / 10**decimals, style)
