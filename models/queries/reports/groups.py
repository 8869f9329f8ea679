"""Rows of a report that share a value, with what they add up to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import tzinfo

from models.columns import Column, Total
from models.queries.reports.measures import Having, Rows, Sum, Values
from models.queries.reports.report import Key, Report, Row

CURRENCY = "currency"


class Groups:
    """Adds up what passes by, for each set of values of the keys; without keys for all rows together.

    Money of two currencies is never added: where a report has money, each group has one currency. `is_count` counts
    rows and leaves the rest.
    """

    def __init__(self, report: Report, by: Sequence[str], zone: tzinfo, *, is_count: bool = False) -> None:
        named = {key.name: key for key in report.keys}
        self.by = tuple(by)
        if self.by and not is_count and report.is_in_money and CURRENCY not in self.by:
            self.by = (*self.by, CURRENCY)
        self._measures = [each for each in report.measures if not is_count or isinstance(each, Rows | Having)]
        self._values = [_value(named[name], report, zone) for name in self.by]
        self._report = report
        self._sums: dict[tuple[object, ...], list[Sum]] = {}

    @property
    def columns(self) -> tuple[Column, ...]:
        own = {each.key: each.kind for each in self._report.columns}
        keyed = tuple(Column(name, own[name]) if name in own else Column(name) for name in self.by)
        return keyed + self._measured

    @property
    def _measured(self) -> tuple[Column, ...]:
        return tuple(column for measure in self._measures for column in measure.columns)

    def add(self, row: Values) -> None:
        key = tuple([value(row) for value in self._values])
        sums = self._sums.get(key)
        if sums is None:
            sums = self._sums[key] = [each.begin(self._report.place) for each in self._measures]
        for each in sums:
            each.add(row)

    def rows(self) -> list[Row]:
        """The largest group first; days and months in their order."""
        found = [key + _numbers(sums) for key, sums in self._sums.items()]
        if self.by[:1] in (("day",), ("month",)):
            return sorted(found, key=lambda row: _sortable(row[: len(self.by)]))
        count = len(self.by)
        return sorted(found, key=lambda row: (-int(str(row[count])), _sortable(row[:count])))

    def totals(self) -> list[Total]:
        """Of all groups together, named like the columns; of money one for each currency."""
        sums = self._sums.get(()) or [each.begin(self._report.place) for each in self._measures]
        values = [found for each in sums for found in each.found()]
        return [
            Total(column.key, column.kind, value)
            for column, found in zip(self._measured, values, strict=True)
            for value in found
        ]


def _value(key: Key, report: Report, zone: tzinfo) -> Callable[[Values], object]:
    place, derived = report.place(key.of), key.derived
    if derived is None:
        return lambda row: row[place]
    return lambda row: None if row[place] is None else derived(row[place], zone)


def _numbers(sums: Sequence[Sum]) -> Row:
    return tuple(found[0] if found else None for each in sums for found in each.found())


def _sortable(values: Sequence[object]) -> list[tuple[bool, str]]:
    return [(value is None, str(value)) for value in values]
