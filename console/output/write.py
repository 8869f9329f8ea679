"""Rows and objects out, in the format that was asked for."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path

from console.output.csv_text import csv_rows
from console.output.json_text import json_array, json_document, json_lines
from console.output.markdown import markdown
from console.output.page import Page
from console.output.sink import sink
from console.output.table import table
from models.columns import Column, Row, Total


class Format(StrEnum):
    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    MARKDOWN = "markdown"


def write(
    rows: Iterable[Row],
    columns: Sequence[Column],
    *,
    format: Format,
    out: Path | None = None,
    title: str = "",
    query: str = "",
    totals: Iterable[str | Total] = (),
    says: str = "",
    is_raw: bool = False,
) -> None:
    """Writes rows as they are read: to standard output, or to `out`, whole or not at all.

    Title, `says`, query and totals stand in a table and in Markdown only. `totals` is read after the last row. `is_raw`
    leaves text that would start a formula in CSV as it is. Raises Misused where `out` cannot be written, and whatever
    reading the rows raises, in which case `out` is untouched.
    """
    page = Page(title, query, totals, says)
    with sink(out) as send:
        for piece in _pieces(rows, columns, format, page, is_raw=is_raw, is_shown=out is None and sys.stdout.isatty()):
            if piece:
                send(piece)


def write_object(value: Mapping[str, object] | Sequence[object], *, out: Path | None = None) -> None:
    """One nested JSON document, indented: what `show --format json` prints."""
    with sink(out) as send:
        send(json_document(value, indent=2) + "\n")


def _pieces(
    rows: Iterable[Row], columns: Sequence[Column], format: Format, page: Page, *, is_raw: bool, is_shown: bool
) -> Iterator[str]:
    match format:
        case Format.TABLE:
            return table(rows, columns, page)
        case Format.MARKDOWN:
            return markdown(rows, columns, page)
        case Format.JSON:
            return json_array(rows, columns)
        case Format.JSONL:
            return json_lines(rows, columns)
        case Format.CSV:
            return csv_rows(rows, columns, is_raw=is_raw, is_shown=is_shown)
