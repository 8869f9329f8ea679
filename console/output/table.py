"""The table for people: plain text, no colour, widths by terminal cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from console.output.batches import batches
from console.output.page import Page
from console.output.values import line, picker, text_of
from models.columns import Column, Row
from models.libraries import load_lightly
from models.text import visible

NARROW = (
    "[ -~\u00a1-\u00ac\u00ae-\u02ff\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ff\u0400-\u0481\u048a-\u052f"
    "\u2010-\u2027\u20ac\u23ce]*"
)
"""One cell each: the letters of Europe, its quotation marks and dashes, and our sign for a line's end."""


NO_ROWS = "(no rows)"
BETWEEN = "  "
HEADING_MARGIN = 2
"""A column is at least so much wider than its heading: columns of short values would read as one."""

load_lightly("wcwidth.textwrap", later=["secrets"])


def table(rows: Iterable[Row], columns: Sequence[Column], page: Page) -> Iterator[str]:
    """Title and query, the rows in batches under one heading, totals. A later batch never gets narrower columns."""
    yield "".join(
        f"{visible(each)}\n" for each in (page.title, page.says, page.query and f"query: {page.query}") if each
    )
    grid = _Grid(columns)
    for batch in batches(rows):
        yield grid.drawn(batch)
    if not grid.has_begun:
        yield grid.drawn([]) + f"{NO_ROWS}\n"
    totals = "".join(f"{visible(line(each))}\n" for each in page.totals)
    yield totals and "\n" + totals


class _Grid:
    """Columns that remember how wide they have become."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._headings = [column.key for column in columns]
        self._is_right = [column.is_number for column in columns]
        self._converters = [text_of(column.kind, foreign=visible, for_people=True) for column in columns]
        self._pick = picker(columns)
        self._widths = [len(heading) + HEADING_MARGIN for heading in self._headings]
        self.has_begun = False

    def drawn(self, batch: list[Row]) -> str:
        """The lines of these rows, with the heading above the first."""
        rows = [
            [str(convert(value)).strip() for convert, value in zip(self._converters, self._pick(row), strict=True)]
            for row in batch
        ]
        taken = [[_cells(text) for text in row] for row in rows]
        self._widths = [max(widths) for widths in zip(self._widths, *taken, strict=True)]
        lines = [self._line(row, widths) for row, widths in zip(rows, taken, strict=True)]
        if not self.has_begun:
            rule = ["-" * width for width in self._widths]
            lines = [self._line(each, [len(text) for text in each]) for each in (self._headings, rule)] + lines
            self.has_begun = True
        return "".join(lines)

    def _line(self, texts: Sequence[str], taken: Sequence[int]) -> str:
        cells = (
            " " * (width - cells) + text if is_right else text + " " * (width - cells)
            for text, cells, width, is_right in zip(texts, taken, self._widths, self._is_right, strict=True)
        )
        return BETWEEN.join(cells).rstrip() + "\n"


def _cells(text: str) -> int:
    """How many cells of a terminal it takes."""
    if text.isascii() or re.fullmatch(NARROW, text):
        return len(text)
    # Plain letters come without the library that knows how wide a sign is.
    from wcwidth import wcswidth

    return int(wcswidth(text))
