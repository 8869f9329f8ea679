"""Rows of a report as lines: as many columns as there is room for, from the one that was turned to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, tzinfo

from models.columns import Column, Kind, Money, Total
from models.queries.named_case import CODE
from screens import looks, words
from screens.line_view import Line
from screens.safe import fitted

MOST_CELLS = 30
GAP = 2


def text_of(value: object, kind: Kind, zone: tzinfo) -> str:
    """A value as it is seen; nothing is a dash."""
    if value is None or value == "":
        return "–"
    if isinstance(value, Money):
        return words.amount(value)
    if isinstance(value, datetime):
        return words.instant(value, zone)
    if kind is Kind.FLAG:
        return "yes" if value else "no"
    if kind is Kind.DURATION and isinstance(value, int | float):
        return words.span(value)
    if kind is Kind.NUMBER and isinstance(value, int):
        return f"{value:,}"
    return " ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def table_rows(
    rows: Sequence[tuple[object, ...]], columns: Sequence[Column], first: int, width: int, zone: tzinfo
) -> list[tuple[Line, int | None]]:
    """A heading and a line a row; the first column stays where others are turned to. A line stands for its case."""
    shown = [columns[0], *columns[1 + first :]]
    places = [0, *range(1 + first, len(columns))]
    cells = [[text_of(row[place], columns[place].kind, zone) for place in places] for row in rows]
    widths = [
        min(MOST_CELLS, max(len(column.key), *(len(row[at]) for row in cells), 1)) for at, column in enumerate(shown)
    ]
    fits = _fitting(widths, width - 2)
    lines: list[tuple[Line, int | None]] = [
        ([("  " + _joined([each.key for each in shown[:fits]], shown, widths), looks.COLUMN)], None)
    ]
    for row, texts in zip(rows, cells, strict=True):
        lines.append(([("  " + _joined(texts[:fits], shown, widths), looks.PLAIN)], _case_of(row[0])))
    return lines


def total_lines(totals: Sequence[Total], zone: tzinfo) -> list[Line]:
    """What the rows add up to."""
    parts = [f"{each.key} {text_of(each.value, each.kind, zone)}" for each in totals if each.value is not None]
    return [[("  Totals", looks.HEADING)], *([("  " + part, looks.PLAIN)] for part in parts)]


def _fitting(widths: Sequence[int], room: int) -> int:
    used, fits = 0, 0
    for cells in widths:
        used += cells + (GAP if fits else 0)
        if used > room and fits:
            break
        fits += 1
    return fits


def _joined(texts: Sequence[str], columns: Sequence[Column], widths: Sequence[int]) -> str:
    return (" " * GAP).join(
        fitted(text, cells, right=column.is_number) for text, column, cells in zip(texts, columns, widths, strict=False)
    )


def _case_of(value: object) -> int | None:
    found = re.fullmatch(CODE, str(value))
    return int(found[1]) if found else None
