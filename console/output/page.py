"""What stands around the rows where people read them: in a table and in Markdown, never in data."""

from __future__ import annotations

from collections.abc import Iterable

from models.columns import Breakdown, Total
from models.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    title: str = ""
    query: str = ""
    """The query that chose the rows, as the person wrote it."""
    totals: Iterable[str | Total] = ()
    """What stands below; read after the last row, so a generator may count while the rows pass."""
    says: str = ""
    """A sentence on what a row is and how it was counted."""
    made: str = ""
    """When and by whom; where a file is read long after it was made."""
    breakdowns: Iterable[Breakdown] = ()
    """Pictures, in HTML alone; read after the last row."""
