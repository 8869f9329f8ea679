"""Promises in business hours: so much open time of a calendar, from a start, with pauses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from models.dataclass import dataclass
from models.errors import Misused
from models.rules.calendars import Calendar
from models.rules.due import Due, due
from models.rules.pauses import Pause
from models.rules.spans import Span


@dataclass(frozen=True, slots=True)
class OpenTime:
    calendar: Calendar
    length: timedelta
    """How much open time is promised."""

    def walked(self, start: datetime, pauses: Sequence[Pause] = ()) -> Due:
        """From `start` to where it is used up. A skipped pause is told by its place among `pauses`.

        A pause counts as far as its end is known. Raises Misused for what lies outside the calendar's years.
        """
        return due(start, self.length, self.calendar, numbered(pauses))

    def due_at(self, start: datetime, pauses: Sequence[Pause] = ()) -> datetime:
        return self.walked(start, pauses).due_at

    def longer(self, by: timedelta) -> OpenTime:
        return replace(self, length=self.length + by)

    def reaching(self, start: datetime, end: datetime) -> OpenTime:
        """As much open time as lies between the two."""
        found = timedelta()
        for stretch in self.calendar.stretches(int(start.timestamp())):
            if stretch.start >= end.timestamp():
                break
            if stretch.why is None:
                found += timedelta(seconds=min(stretch.end, int(end.timestamp())) - stretch.start)
        return replace(self, length=found)

    def can_begin_at(self, start: datetime) -> bool:
        """Whether the calendar knows the time from `start` on: neither zones nor holidays are known for all years."""
        try:
            self.due_at(start)
        except Misused:
            return False
        return True


def numbered(pauses: Sequence[Pause]) -> list[Span]:
    """Those whose ends are known, each with its place as its word."""
    return [
        Span(pause.started_at, pause.end, str(place)) for place, pause in enumerate(pauses) if pause.end is not None
    ]
