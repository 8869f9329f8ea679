"""The instant at which a promise is due, and every second that did not count on the way there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from models.dataclass import dataclass
from models.errors import Misused
from models.rules.calendars import Calendar, Stretch
from models.rules.offsets import END_YEAR, FIRST_YEAR, new_year
from models.rules.spans import Span, merged

END_OF_TIME = new_year(END_YEAR)


@dataclass(frozen=True, slots=True)
class Skipped:
    """From `from_at` to before `to_at` nothing was counted."""

    from_at: datetime
    to_at: datetime
    why: str
    """closed, holiday (with its name where one is known), or the pause's own word."""


@dataclass(frozen=True, slots=True)
class Due:
    """`start_at`, the seconds counted and the seconds skipped add up to `due_at`."""

    start_at: datetime
    due_at: datetime
    counted_seconds: int
    skipped: tuple[Skipped, ...]
    """In order; none touches another with the same reason, none is empty, and none lies at or after `due_at`."""

    def steps(self) -> Iterator[tuple[datetime, datetime, str | None]]:
        """All time from start to due: from, to, and why it was skipped, None where it was counted."""
        at = self.start_at
        for each in self.skipped:
            if at < each.from_at:
                yield at, each.from_at, None
            yield each.from_at, each.to_at, each.why
            at = each.to_at
        if at < self.due_at:
            yield at, self.due_at, None


def due(start: datetime, target: timedelta, calendar: Calendar | None = None, pauses: Iterable[Span] = ()) -> Due:
    """Where the time that counts reaches `target`, in whole seconds; what is left of one is dropped.

    With a calendar its open time counts; without one every second does, so that daylight saving never moves the
    instant. A pause takes away only what would have counted. Where the target is reached at closing time, that is the
    instant, not the next morning. Raises Misused for a negative target and for what would be due after the last year.
    """
    counted, at = int(target.total_seconds()), int(start.timestamp())
    if counted < 0 or not FIRST_YEAR <= start.astimezone(UTC).year < END_YEAR:
        raise Misused(f"A promise starts between {FIRST_YEAR} and {END_YEAR - 1} and lasts zero seconds or more.")
    all_time = calendar.stretches(at) if calendar else iter([Stretch(at, END_OF_TIME, None)])
    skipped: list[Stretch] = []
    due_at = _walked(_paused(all_time, merged(pauses)), at, counted, skipped)
    spans = tuple(Skipped(_instant(each.start), _instant(each.end), str(each.why)) for each in skipped)
    return Due(_instant(at), _instant(due_at), counted, spans)


def _walked(stretches: Iterator[Stretch], at: int, left: int, skipped: list[Stretch]) -> int:
    """The second at which `left` seconds without a reason have passed; what has one is added to `skipped`."""
    while left > 0:
        stretch = next(stretches, None)
        if stretch is None:
            raise Misused(f"The promise would be due after {END_YEAR - 1}: make it shorter, or its pauses.")
        if stretch.why is None:
            at = min(stretch.end, stretch.start + left)
            left -= at - stretch.start
        elif skipped and (skipped[-1].end, skipped[-1].why) == (stretch.start, stretch.why):
            skipped[-1] = skipped[-1]._replace(end=stretch.end)
        else:
            skipped.append(stretch)
    return at


def _paused(stretches: Iterator[Stretch], pauses: list[Stretch]) -> Iterator[Stretch]:
    """The same time with open stretches cut where a pause lies on them."""
    waiting = iter(pauses)
    pause = next(waiting, None)
    for stretch in stretches:
        at = stretch.start
        while stretch.why is None and pause is not None and pause.start < stretch.end:
            begins = max(pause.start, at)
            ends = min(pause.end, stretch.end)
            if begins < ends:
                if at < begins:
                    yield Stretch(at, begins, None)
                yield Stretch(begins, ends, pause.why)
                at = ends
            if pause.end > stretch.end:
                break
            pause = next(waiting, None)
        if at < stretch.end:
            yield Stretch(at, stretch.end, stretch.why)


def _instant(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)
