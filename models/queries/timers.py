"""The clocks of a batch of cases, as of an instant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import field
from datetime import datetime
from typing import Any

from models.dataclass import dataclass
from models.queries import facts
from models.queries.among import among
from models.queries.standpoint import Standpoint
from models.tables import Timer


@dataclass(frozen=True, slots=True)
class Started:
    """A clock that had started."""

    kind: str
    due_at: datetime
    is_running: bool
    is_held: bool
    """It has no due instant to go by."""


@dataclass(slots=True)
class Timers:
    """Of one case, in the order in which they began."""

    started: list[Started] = field(default_factory=list)

    def upcoming(self) -> tuple[str | None, datetime | None]:
        """The earliest clock that runs, and when it is due."""
        running = (each for each in self.started if each.is_running and not each.is_held)
        first = min(running, key=lambda each: each.due_at, default=None)
        return (first.kind, first.due_at) if first else (None, None)

    def overdue(self, point: Standpoint) -> list[Started]:
        """The longest overdue first."""
        counting = (each for each in self.started if each.is_running and not each.is_held)
        late = (each for each in counting if each.due_at < point.at)
        return sorted(late, key=lambda each: each.due_at)

    def latest_due_at(self, kind: str) -> datetime | None:
        return next((each.due_at for each in reversed(self.started) if each.kind == kind), None)


def timers_of(ids: Sequence[int], point: Standpoint) -> defaultdict[int, Timers]:
    """The clocks by case: of the present only those that run, of a given instant all that had started. One select."""
    found: defaultdict[int, Timers] = defaultdict(Timers)
    if not ids:
        return found
    which = Timer.started_at <= point.second if point.is_given else facts.runs(point)
    rows: Any = (
        Timer.select(Timer.dispute, Timer.kind, Timer.due_at, Timer.stopped_at, Timer.paused_at, Timer.paused_until)
        .where(among(Timer.dispute, ids) & which)
        .order_by(Timer.dispute, Timer.number)
        .tuples()
    )
    for dispute_id, kind, due_at, stopped_at, paused_at, paused_until in rows:
        is_running = stopped_at is None or (point.is_given and stopped_at > point.at)
        found[dispute_id].started.append(
            Started(kind, due_at, is_running, paused_at is not None and paused_until is None)
        )
    return found
