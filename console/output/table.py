"""The table for people: plain text, no colour, widths by terminal cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from console.output.batches import batches
from console.output.page import Page
from console.output.values import line, picker, text_of
from models.columns import Column, Row
from models.libraries import load_lightly
from models.text import visible

load_lightly(
    "tabulate",
    later=["dataclasses", "wcwidth"],
    known={"importlib.metadata": {"version": str, "PackageNotFoundError": LookupError}},  # asked for its own version
)
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
        tabulate.WIDE_CHARS_MODE = not all(str(cell).isascii() for row in cells for cell in row)
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
