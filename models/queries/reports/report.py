"""What a report is: one definition, from which every format, the screen and the totals come."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, tzinfo
from typing import Any

from models.columns import Column
from models.dataclass import dataclass
from models.queries.facts import Node
from models.queries.reports.measures import InMoney, Measure
from models.queries.standpoint import Standpoint

Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """What rows can be grouped by: a column, or something that follows from one."""

    name: str
    of: str
    """The column."""
    derived: Callable[[Any, tzinfo], str] | None = None
    """From the column's value, in the zone of whoever asks; None where the value itself is meant."""


def family(reason: str, zone: tzinfo) -> str:
    return reason.partition("/")[0]


def day(at: datetime, zone: tzinfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d}"


def month(at: datetime, zone: tzinfo) -> str:
    return f"{at.astimezone(zone):%Y-%m}"


def keys(*columns: str, dated: str = "") -> tuple[Key, ...]:
    """Keys of these columns; `dated` gives the days and months of another one."""
    found = [Key(name, name) for name in columns]
    if "reason" in columns:
        found.append(Key("family", "reason", family))
    if dated:
        found += [Key("day", dated, day), Key("month", dated, month)]
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    name: str
    title: str
    says: str
    """A sentence for whoever reads it: what a row stands for, and what was counted how."""
    columns: tuple[Column, ...]
    """Of a row; the first is the case."""
    keys: tuple[Key, ...]
    measures: tuple[Measure, ...]
    """What is added up, the number of rows first."""
    dated: Node | None
    """The instant that `since` and `until` apply to; None where the report is of the present alone."""
    selected: Callable[[Standpoint], Any]
    """A select without columns of what has a row, in the report's order, joined to the case."""
    of: Node
    """The number that the select finds and `read` takes."""
    read: Callable[[Sequence[int], Standpoint], Iterable[tuple[int, Row]]]
    """Numbers with their rows, in any order; what is no longer so by the time it is read has none."""
    charts: tuple[str, ...] = ()
    """Keys with few values, whose numbers are worth a picture."""
    parts: tuple[str, ...] = ()
    """Measures that tell rows apart: no row counts in two of them."""
    needs_present: tuple[str, ...] = ()
    """Keys that are known of the present only."""

    @property
    def is_in_money(self) -> bool:
        return any(isinstance(each, InMoney) for each in self.measures)

    def place(self, column: str) -> int:
        return [each.key for each in self.columns].index(column)
