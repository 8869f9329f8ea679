"""Rows and objects out, in the format that was asked for."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path

from console.output.page import Page
from console.output.sink import sink
from models.columns import Column, Row, Total
from models.errors import Misused


class Format(StrEnum):
    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    MARKDOWN = "markdown"
    XLSX = "xlsx"
    HTML = "html"


OF_ROWS = tuple(each for each in Format if each not in (Format.XLSX, Format.HTML))
"""What every command that prints rows can write; a report can write all of them."""
OF_DATA = (Format.JSON, Format.JSONL, Format.CSV)
"""Rows and nothing around them."""


def write(
    rows: Iterable[Row],
    columns: Sequence[Column],
    *,
    format: Format,
    out: Path | None = None,
    title: str = "",
    query: str = "",
    totals: Iterable[str | Total] = (),
    is_raw: bool = False,
) -> None:
    """Writes rows as they are read: to standard output, or to `out`, whole or not at all.

    Title, query and totals stand in a table and in Markdown only. `totals` is read after the last row. `is_raw` leaves
    text that would start a formula as it is. Raises Misused where `out` cannot be written, and whatever reading
    the rows raises, in which case `out` is untouched.
    """
    write_page(rows, columns, Page(title, query, totals), format=format, out=out, is_raw=is_raw)


def write_page(
    rows: Iterable[Row],
    columns: Sequence[Column],
    page: Page,
    *,
    format: Format,
    out: Path | None = None,
    is_raw: bool = False,
) -> None:
    """The same with all that can stand around rows; a workbook and a page for a browser tell everything."""
    check_takes(format, out)
    with sink(out) as send:
        for piece in _pieces(rows, columns, format, page, is_raw=is_raw, is_shown=out is None and sys.stdout.isatty()):
            if piece:
                send(piece)


def check_takes(format: Format, out: Path | None) -> None:
    """Raises Misused for a workbook on a terminal."""
    if format is Format.XLSX and out is None and sys.stdout.isatty():
        raise Misused("A workbook is no text: name its file with --out, or send it to one.")


def write_object(value: Mapping[str, object] | Sequence[object], *, out: Path | None = None) -> None:
    """One nested JSON document, indented: what `show --format json` prints."""
    from console.output.json_text import json_document

    with sink(out) as send:
        send(json_document(value, indent=2) + "\n")


def _pieces(
    rows: Iterable[Row], columns: Sequence[Column], format: Format, page: Page, *, is_raw: bool, is_shown: bool
) -> Iterator[str | bytes]:
    # Each brings what no other needs.
    match format:
        case Format.TABLE:
            from console.output.table import table

            return table(rows, columns, page)
        case Format.MARKDOWN:
            from console.output.markdown import markdown

            return markdown(rows, columns, page)
        case Format.JSON:
            from console.output.json_text import json_array

            return json_array(rows, columns)
        case Format.JSONL:
            from console.output.json_text import json_lines

            return json_lines(rows, columns)
        case Format.CSV:
            from console.output.csv_text import csv_rows

            return csv_rows(rows, columns, is_raw=is_raw, is_shown=is_shown)
        case Format.XLSX:
            from console.output.xlsx import xlsx

            return xlsx(rows, columns, page, is_raw=is_raw)
        case Format.HTML:
            from console.output.html_page import html_page

            return html_page(rows, columns, page)
