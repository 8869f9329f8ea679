"""What a report adds up: the same of all its rows and of each group of them, as the rows pass by once."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import field
from datetime import datetime
from typing import Protocol

from models.columns import Column, Kind, Money
from models.dataclass import dataclass

Values = Sequence[object]
"""A row's, in the order of its columns."""
Place = Callable[[str], int]
"""Where a column stands in a row."""


class Sum(Protocol):
    """Being added up."""

    def add(self, row: Values) -> None: ...

    def found(self) -> list[list[object]]:
        """For each column of its measure what was found: one value, of money one for each currency, or none."""
        ...


class Measure(Protocol):
    @property
    def columns(self) -> tuple[Column, ...]:
        """One for each number it finds; rows that are grouped have them."""
        ...

    def begin(self, place: Place) -> Sum: ...


@dataclass(frozen=True, slots=True)
class Rows:
    """How many rows."""

    key: str

    @property
    def columns(self) -> tuple[Column, ...]:
        return (Column(self.key, Kind.NUMBER),)

    def begin(self, place: Place) -> Sum:
        return _Tally(None, ())


@dataclass(frozen=True, slots=True)
class Having:
    """How many rows have one of these values in a column."""

    key: str
    of: str
    values: tuple[object, ...] = (True,)

    @property
    def columns(self) -> tuple[Column, ...]:
        return (Column(self.key, Kind.NUMBER),)

    def begin(self, place: Place) -> Sum:
        return _Tally(place(self.of), self.values)


@dataclass(frozen=True, slots=True)
class Together:
    """A column's numbers added up."""

    of: str

    @property
    def columns(self) -> tuple[Column, ...]:
        return (Column(self.of, Kind.NUMBER),)

    def begin(self, place: Place) -> Sum:
        return _Numbers(place(self.of))


@dataclass(frozen=True, slots=True)
class InMoney:
    """A column's money added up, each currency for itself."""

    of: str

    @property
    def columns(self) -> tuple[Column, ...]:
        return (Column(self.of, Kind.MONEY),)

    def begin(self, place: Place) -> Sum:
        return _Currencies(place(self.of))


@dataclass(frozen=True, slots=True)
class Earliest:
    """The earliest instant of a column."""

    of: str

    @property
    def columns(self) -> tuple[Column, ...]:
        return (Column(self.of, Kind.INSTANT),)

    def begin(self, place: Place) -> Sum:
        return _First(place(self.of))


@dataclass(frozen=True, slots=True)
class Spread:
    """Percentiles of a column's seconds, by nearest rank: the least value that so many percent do not exceed."""

    of: str
    percents: tuple[int, ...] = (50, 90, 99)

    @property
    def columns(self) -> tuple[Column, ...]:
        return tuple(Column(f"{self.of}_p{percent}", Kind.DURATION) for percent in self.percents)

    def begin(self, place: Place) -> Sum:
        return _Ranks(place(self.of), self.percents)


@dataclass(slots=True)
class _Tally:
    at: int | None
    values: tuple[object, ...]
    count: int = 0

    def add(self, row: Values) -> None:
        if self.at is None or row[self.at] in self.values:
            self.count += 1

    def found(self) -> list[list[object]]:
        return [[self.count]]


@dataclass(slots=True)
class _Numbers:
    at: int
    total: int = 0

    def add(self, row: Values) -> None:
        value = row[self.at]
        if isinstance(value, int):
            self.total += value

    def found(self) -> list[list[object]]:
        return [[self.total]]


@dataclass(slots=True)
class _Currencies:
    at: int
    totals: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, row: Values) -> None:
        value = row[self.at]
        if isinstance(value, Money):
            self.totals[value.currency] += value.amount_minor

    def found(self) -> list[list[object]]:
        return [[Money(minor, currency) for currency, minor in sorted(self.totals.items())]]


@dataclass(slots=True)
class _First:
    at: int
    first: datetime | None = None

    def add(self, row: Values) -> None:
        value = row[self.at]
        if isinstance(value, datetime) and (self.first is None or value < self.first):
            self.first = value

    def found(self) -> list[list[object]]:
        return [[] if self.first is None else [self.first]]


@dataclass(slots=True)
class _Ranks:
    at: int
    percents: tuple[int, ...]
    seconds: array[int] = field(default_factory=lambda: array("q"))
    """Eight bytes a row, however many there are."""

    def add(self, row: Values) -> None:
        value = row[self.at]
        if isinstance(value, int):
            self.seconds.append(value)

    def found(self) -> list[list[object]]:
        ordered, count = sorted(self.seconds), len(self.seconds)
        return [[ordered[-(-count * percent // 100) - 1]] if count else [] for percent in self.percents]
