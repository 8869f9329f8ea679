"""The present instant, from one place, so that tests and the demonstration can set it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime


def _system_time() -> datetime:
    return datetime.now(UTC)


_source: Callable[[], datetime] = _system_time


def now() -> datetime:
    """The present instant: aware, UTC, whole seconds."""
    return _source().astimezone(UTC).replace(microsecond=0)


@contextmanager
def stands_at(instant: datetime) -> Iterator[None]:
    """Within the block the present is `instant`; for tests and for making a demonstration's past."""
    global _source
    before = _source
    _source = lambda: instant  # noqa: E731
    try:
        yield
    finally:
        _source = before
