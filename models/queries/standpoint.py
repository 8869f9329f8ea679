"""From when and by whom the store is looked at."""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo
from typing import Any

from models import clock
from models.dataclass import dataclass
from models.prepared import Slot


@dataclass(frozen=True, slots=True)
class Standpoint:
    at: datetime
    """The instant that everything is judged by."""
    is_given: bool = False
    """Somebody named the instant: the answer is by when things occurred, and not by how the rows stand now."""
    login: str = ""
    """Who `me` is."""
    zone: tzinfo = UTC
    """Whose days `today` and dates are."""
    slot: Slot | None = None
    """Stands for the second in a statement that is spelled once."""

    @property
    def second(self) -> int:
        """The instant as the store counts it."""
        slot: Any = self.slot
        return int(self.at.timestamp()) if slot is None else slot

    @property
    def day(self) -> date:
        """The day of the instant where `zone` is."""
        return self.at.astimezone(self.zone).date()


def standpoint(at: datetime | None = None, login: str = "", zone: tzinfo = UTC) -> Standpoint:
    """The present, or the instant `at`."""
    return Standpoint(clock.now() if at is None else at, at is not None, login, zone)


class _DayAlone:
    """All that a statement may know of the instant when it is spelled: it is not spelled again on the same day."""

    def __init__(self, day: date) -> None:
        self._day = day

    def astimezone(self, zone: tzinfo) -> _DayAlone:
        return self

    def date(self) -> date:
        return self._day


def whenever(second: Slot, day: date, login: str = "", zone: tzinfo = UTC) -> Standpoint:
    """The present on a day of `zone`, for a statement that is told the second each time it runs."""
    at: Any = _DayAlone(day)
    return Standpoint(at, login=login, zone=zone, slot=second)


PRESENT = Standpoint(datetime.max.replace(tzinfo=UTC))
"""For a statement that only needs to know that the present is meant."""
