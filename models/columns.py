"""Columns of a row, declared once: screen, table, JSON, CSV and query language read the same declaration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from models.dataclass import dataclass


class Kind(StrEnum):
    """What a column holds, in every row or None."""

    TEXT = "text"
    """A `str` (or a closed list's word); may come from outside, so it is guarded and made visible on its way out."""
    NUMBER = "number"
    FLAG = "flag"
    """True, False, or None where the question does not apply."""
    INSTANT = "instant"
    """An aware `datetime`."""
    DURATION = "duration"
    """Whole seconds."""
    MONEY = "money"
    """`Money`; its currency has a column of its own beside it."""
    WORDS = "words"
    """A list or tuple of `str`."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units of its currency."""

    amount_minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    """The name in JSON, in the header of CSV and over the table."""
    kind: Kind = Kind.TEXT

    @property
    def is_number(self) -> bool:
        """Stands on the right in a table."""
        return self.kind in (Kind.NUMBER, Kind.DURATION, Kind.MONEY)


@dataclass(frozen=True, slots=True)
class Total:
    """One number below the rows, named like the column that it was made of."""

    key: str
    kind: Kind
    value: object


Row = Sequence[object] | Mapping[str, object]
"""Values in the order of the columns, or by their keys."""


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Rows grouped by one value, for a picture: the key, how many rows, and what else was counted of them."""

    key: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[object]]
    parts: tuple[str, ...] = ()
    """Columns that tell the rows of a group apart; what none of them counts is left over."""
