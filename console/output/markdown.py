"""A Markdown table, for tickets and wikis; text from outside stays text there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from console.output.batches import batches
from console.output.page import Page
from console.output.values import line, picker, text_of
from models.columns import Column, Row
from models.text import visible

_MARKUP = re.compile(r"[\\`*_\[\]<>|~#&]")


def markdown(rows: Iterable[Row], columns: Sequence[Column], page: Page) -> Iterator[str]:
    """Title and query, the table, totals as a list."""
    above = (
        page.title and f"## {escaped(page.title)}",
        escaped(page.says),
        page.query and f"Query: {escaped(page.query)}",
    )
    yield "".join(f"{each}\n\n" for each in above if each)
    yield _line(escaped(column.key) for column in columns)
    yield _line("---:" if column.is_number else "---" for column in columns)
    converters = [text_of(column.kind, foreign=escaped, for_people=True) for column in columns]
    pick = picker(columns)
    for batch in batches(rows):
        yield "".join(
            _line(str(convert(value)) for convert, value in zip(converters, pick(row), strict=True)) for row in batch
        )
    totals = "".join(f"- {escaped(line(each))}\n" for each in page.totals)
    yield totals and "\n" + totals


def escaped(text: str) -> str:
    """One line that no Markdown reader takes for markup, a column's end or HTML."""
    return _MARKUP.sub(r"\\\g<0>", visible(text))


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"
