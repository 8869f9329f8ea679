"""When the clocks of a time zone change: spans of time through which its offset from UTC is one and the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from functools import lru_cache

from models.dataclass import dataclass

FIRST_YEAR = 1970
END_YEAR = 2200
"""Instants lie before it; what lies outside is a typing error or a placeholder such as 9999-12-31."""

DAY = 86_400


@dataclass(frozen=True, slots=True)
class Segment:
    """From `start` to before `end`, epoch seconds. The wall clock reads an instant plus `offset`, in seconds."""

    start: int
    end: int
    offset: int


def new_year(year: int) -> int:
    """The first second of a year in UTC."""
    return int(datetime(year, 1, 1, tzinfo=UTC).timestamp())


def segments(zone: tzinfo, start: int) -> Iterator[Segment]:
    """One after the other, without gaps, from `start` to the end of the last year. Neighbours may share an offset."""
    at, offset = start, _offset(zone, start)
    for year in range(datetime.fromtimestamp(start, UTC).year, END_YEAR):
        for changed_at, after in _changes(zone, year):
            if changed_at > at:
                yield Segment(at, changed_at, offset)
                at, offset = changed_at, after
        # Each year ends a segment, so that a zone without changes is not searched to the end of all years.
        if (end := new_year(year + 1)) > at:
            yield Segment(at, end, offset)
            at = end


@lru_cache(maxsize=4096)
def _changes(zone: tzinfo, year: int) -> tuple[tuple[int, int], ...]:
    """The seconds of a year, up to the next one's first, from which on another offset holds, and that offset.

    A zone can only be asked for its offset at an instant. Since 1970 no zone changed twice within six days, so a look
    at each day misses nothing.
    """
    found = []
    before = _offset(zone, new_year(year))
    for day_start in range(new_year(year), new_year(year + 1), DAY):
        after = _offset(zone, day_start + DAY)
        if after != before:
            found.append((_first_second_of(zone, after, day_start, day_start + DAY), after))
        before = after
    return tuple(found)


def _first_second_of(zone: tzinfo, offset: int, low: int, high: int) -> int:
    """Between `low`, which has another offset, and `high`, which has this one."""
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(zone, middle) == offset:
            high = middle
        else:
            low = middle
    return high


def _offset(zone: tzinfo, second: int) -> int:
    offset = datetime.fromtimestamp(second, zone).utcoffset()
    assert offset is not None  # a zone always has one
    return int(offset.total_seconds())
