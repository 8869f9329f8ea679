"""When a desk closes for the day."""

from __future__ import annotations

from datetime import UTC, datetime

from models.errors import Misused
from models.rules.calendars import Calendar
from models.rules.policy import Policy
from models.vocabulary import ClockKind


def desk_calendar(rules: Policy) -> Calendar | None:
    """By whose hours the desk works: those in which an escalated case is to be taken; None where none are set."""
    name = rules.calendar_of.get(ClockKind.FIRST_TOUCH) or next(iter(rules.calendars), None)
    return None if name is None else rules.calendar(name)


def end_of_shift(calendar: Calendar, now: datetime) -> datetime | None:
    """The last closing of the day on which the desk is open, or opens next; None where it never does.

    Hours that go on over midnight end at it: the night belongs to two days.
    """
    closes: datetime | None = None
    try:
        for stretch in calendar.stretches(int(now.timestamp())):
            if stretch.why is not None:
                continue
            opens = datetime.fromtimestamp(stretch.start, calendar.zone)
            if closes is not None and opens.date() != closes.date():
                break
            # Told by its last second: the end of a day that closes at midnight is in the next one.
            closes = datetime.fromtimestamp(stretch.end - 1, calendar.zone)
    except Misused:  # holidays are not known for ever
        return None
    return None if closes is None else datetime.fromtimestamp(int(closes.timestamp()) + 1, UTC)
