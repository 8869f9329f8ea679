"""Spans of time that do not count against a promise, whoever paused it and however they lie."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from models.dataclass import dataclass
from models.errors import Misused
from models.rules.calendars import Stretch

PAUSE = "pause"


@dataclass(frozen=True, slots=True)
class Span:
    """From `from_at` to before `to_at`, and the word that stands where it is skipped."""

    from_at: datetime
    to_at: datetime
    why: str = PAUSE

    def __post_init__(self) -> None:
        if self.to_at < self.from_at:
            begins, ends = (each.astimezone(UTC).isoformat() for each in (self.from_at, self.to_at))
            raise Misused(f"A pause ends before it begins: from {begins[:19]}Z to {ends[:19]}Z.")


def merged(pauses: Iterable[Span]) -> list[Stretch]:
    """In order, without overlaps, whatever order they came in: what two pauses share belongs to the earlier one."""
    spans = sorted((int(each.from_at.timestamp()), int(each.to_at.timestamp()), each.why) for each in pauses)
    found: list[Stretch] = []
    end: int | None = None
    for begins, ends, why in spans:
        first = begins if end is None else max(begins, end)
        if first < ends:
            found.append(Stretch(first, ends, why))
            end = ends
    return found
