"""Due instants the slow way: look at the wall clock at every tick, and count. Shares nothing with the fast way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

Skip = tuple[int, int, str]


@dataclass(frozen=True)
class Desk:
    zone: str
    open_minutes: tuple[tuple[tuple[int, int], ...], ...]
    """Of each day from Monday: from, to."""
    holidays: frozenset[date]

    def why_closed(self, second: int) -> str | None:
        shown = datetime.fromtimestamp(second, ZoneInfo(self.zone))
        spans = self.open_minutes[shown.weekday()]
        if spans and shown.date() in self.holidays:
            return "holiday"
        minute = shown.hour * 60 + shown.minute
        return None if any(begins <= minute < ends for begins, ends in spans) else "closed"

    @property
    def text(self) -> str:
        names = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
        return "; ".join(
            f"{name} " + " ".join(f"{a // 60:02}:{a % 60:02}-{b // 60:02}:{b % 60:02}" for a, b in spans)
            for name, spans in zip(names, self.open_minutes, strict=True)
            if spans
        )


def slow_due(
    start: datetime,
    target: int,
    desk: Desk | None,
    pauses: list[tuple[int, int]],
    *,
    tick: int,
    until: int,
) -> tuple[datetime, list[Skip]] | None:
    """Exact where every edge lies on a tick. None where the target is not reached before the second `until`."""
    second = int(start.timestamp())
    skips: list[Skip] = []
    while target > 0:
        if second >= until:
            return None
        why = desk.why_closed(second) if desk else None
        if why is None and any(begins <= second < ends for begins, ends in pauses):
            why = "pause"
        if why is None:
            target -= tick
        elif skips and skips[-1][1:] == (second, why):
            skips[-1] = (skips[-1][0], second + tick, why)
        else:
            skips.append((second, second + tick, why))
        second += tick
    return datetime.fromtimestamp(second, UTC), skips
