"""The present instant, from one place: the store's own time, so that what is due does not depend on whose host asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

_ahead = timedelta()
"""By how much this host's clock is ahead of the store's."""


def _host_time() -> datetime:
    return datetime.now(UTC)


def _store_time() -> datetime:
    return _host_time() - _ahead


_source: Callable[[], datetime] = _store_time


def now() -> datetime:
    """The present instant: aware, UTC, whole seconds."""
    return _source().astimezone(UTC).replace(microsecond=0)


def follow(store_time: datetime | None) -> None:
    """From now on go by a store's clock, which shows `store_time` at this moment; None for a store on this host.

    It cannot be more exact than the way to the store is short.
    """
    global _ahead
    _ahead = timedelta() if store_time is None else _host_time() - store_time


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
