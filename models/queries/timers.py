"""The clocks of a batch of cases, as of an instant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import field
from datetime import datetime
from typing import Any

from models.dataclass import dataclass
from models.prepared import Slot, prepared
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
    for row in _begun_by.rows(ids, point.second) if point.is_given else _running.rows(ids):
        is_running = row.stopped_at is None or (point.is_given and row.stopped_at > point.at)
        found[row.dispute_id].started.append(_started(row, is_running))
    return found


def running(rows: Iterable[Any]) -> Timers:
    """Of the present, where all rows of a case's clocks are at hand."""
    return Timers([_started(row, True) for row in rows if row.stopped_at is None])


def _started(row: Any, is_running: bool) -> Started:
    return Started(row.kind, row.due_at, is_running, row.paused_at is not None and row.paused_until is None)


@prepared
def _running(ids: Slot) -> Any:
    return _of(ids).where(Timer.stopped_at.is_null())


@prepared
def _begun_by(ids: Slot, second: Slot) -> Any:
    return _of(ids).where(Timer.started_at <= second)


def _of(ids: Slot) -> Any:
    columns = (Timer.dispute, Timer.kind, Timer.due_at, Timer.stopped_at, Timer.paused_at, Timer.paused_until)
    return Timer.select(*columns).where(among(Timer.dispute, ids)).order_by(Timer.dispute, Timer.number)
