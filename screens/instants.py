"""Instants and durations as people type them into a dialog: in their own time zone, unless they say another."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo

from models import clock
from models.errors import Misused
from models.queries.terms import Takes
from models.queries.values import Duration, Span, Unreadable, read


def ahead(text: str, zone: tzinfo = UTC) -> datetime | None:
    """An instant, a day, or a duration from now; None where nothing is written. Raises Misused."""
    return _instant(text, zone, 1) if text.strip() else None


def ago(text: str, zone: tzinfo = UTC) -> datetime | None:
    """An instant, a day, or how long ago; None where nothing is written. Raises Misused."""
    return _instant(text, zone, -1) if text.strip() else None


def span(text: str) -> timedelta:
    """`12h` or `2d`. Raises Misused."""
    try:
        found = read(text.strip(), Takes.DURATION, now=clock.now())
    except Unreadable:
        found = None
    if not isinstance(found, Duration):
        raise Misused(f"'{text}' is no duration: write 30m, 24h, 3d or 2w.")
    return timedelta(seconds=found.seconds)


def _instant(text: str, zone: tzinfo, direction: int) -> datetime:
    try:
        found = read(text.strip(), Takes.INSTANT, now=clock.now(), zone=zone)
    except Unreadable:
        found = None
    if isinstance(found, Duration):
        return clock.now() + direction * timedelta(seconds=found.seconds)
    if isinstance(found, Span):
        return datetime.fromtimestamp(found.first, UTC)
    raise Misused(f"'{text}' is no instant: write 3d, 2026-03-01 or 2026-03-01T09:00:00Z.")
