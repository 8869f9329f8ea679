"""Spans in which a clock stands still, and what they move its due instant by.

A pause counts only where it overlaps with time that counted; overlapping pauses are merged first. What a party was
asked pauses a clock for a limited time in all, a hold for as long as it lasts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from models.dataclass import dataclass

NEVER = timedelta(0)


class Why(StrEnum):
    """What stops a clock for a while."""

    PARTY = "party"
    """The platform waits for what it asked a party."""
    LEGAL = "legal"
    OUTAGE = "outage"
    HOLIDAY = "holiday"
    """Declared by the seller, or by the policy for their country."""


@dataclass(slots=True)
class Pause:
    why: Why
    started_at: datetime
    until: datetime | None = None
    """When its allowance is used up; None for a hold, whose end nobody knows."""
    ended_at: datetime | None = None

    @property
    def end(self) -> datetime | None:
        """Where it ends as far as is known; None for a hold that lasts."""
        return self.ended_at or self.until

    def stands_at(self, at: datetime) -> bool:
        return self.started_at <= at and (self.end is None or at < self.end)


def allowance_left(pauses: Iterable[Pause], at_most: timedelta) -> timedelta:
    """What is left of the time that parties may be waited for."""
    used = NEVER
    for start, end in merged(pause for pause in pauses if pause.why is Why.PARTY):
        used += end - start
    return max(NEVER, at_most - used)


def merged(pauses: Iterable[Pause]) -> list[tuple[datetime, datetime]]:
    """The spans whose ends are known, in order, none touching another."""
    spans: list[tuple[datetime, datetime]] = []
    for start, end in sorted((pause.started_at, pause.end) for pause in pauses if pause.end is not None):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def moved(promised_at: datetime, started_at: datetime, pauses: Sequence[Pause]) -> datetime:
    """The due instant of a promise with its pauses; one that lasts moves nothing until it has ended."""
    due_at = promised_at
    for start, end in merged(pauses):
        start = max(start, started_at)
        if start >= due_at:
            break  # the time had run out: nothing of it is given back
        due_at += max(NEVER, end - start)
    return due_at
