"""The table for people: plain text, no colour, widths by terminal cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from console.output.batches import batches
from console.output.page import Page
from console.output.values import line, picker, text_of
from models.columns import Column, Row
from models.libraries import asked_later, load_lightly
from models.text import visible

NARROW = (
    "[ -~\u00a1-\u00ac\u00ae-\u02ff\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ff\u0400-\u0481\u048a-\u052f"
    "\u2010-\u2027\u20ac\u23ce]*"
)
"""One cell each: the letters of Europe, its quotation marks and dashes, and our sign for a line's end."""


load_lightly(
    "tabulate",
    later=["dataclasses", "wcwidth"],
    known={
        "html": {"escape": asked_later("html", "escape")},
        "importlib.metadata": {"version": str, "PackageNotFoundError": LookupError},  # asked for its own version
    },
)
load_lightly("wcwidth.textwrap", later=["secrets"])
NO_ROWS = "(no rows)"

_HEADING_MARGIN = 2
"""What tabulate adds to a heading's width, and what has to be taken off again to ask for a width."""


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
        self._align = ["right" if column.is_number else "left" for column in columns]
        self._converters = [text_of(column.kind, foreign=visible, for_people=True) for column in columns]
        self._pick = picker(columns)
        self.has_begun = False

    def drawn(self, batch: list[Row]) -> str:
        # The other formats start without it, and plain letters without the library that knows how wide a sign is.
        import tabulate

        cells = [
            [convert(value) for convert, value in zip(self._converters, self._pick(row), strict=True)] for row in batch
        ]
        tabulate.WIDE_CHARS_MODE = not all(_is_narrow(str(cell)) for row in cells for cell in row)
        lines = tabulate.tabulate(
            cells, headers=self._headings, tablefmt="simple", disable_numparse=True, colalign=self._align
        ).split("\n")
        self._headings = [
            heading.strip().ljust(max(len(rule) - _HEADING_MARGIN, 0))
            for heading, rule in zip(self._headings, lines[1].split(), strict=True)
        ]
        shown = lines[2:] if self.has_begun else lines
        self.has_begun = True
        return "".join(f"{line.rstrip()}\n" for line in shown)


def _is_narrow(text: str) -> bool:
    return text.isascii() or re.fullmatch(NARROW, text) is not None
