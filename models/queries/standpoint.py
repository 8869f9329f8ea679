"""From when and by whom the store is looked at."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo

from models import clock
from models.dataclass import dataclass


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

    @property
    def second(self) -> int:
        """The instant as the store counts it."""
        return int(self.at.timestamp())


def standpoint(at: datetime | None = None, login: str = "", zone: tzinfo = UTC) -> Standpoint:
    """The present, or the instant `at`."""
    return Standpoint(clock.now() if at is None else at, at is not None, login, zone)
