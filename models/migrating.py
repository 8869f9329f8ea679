"""Bringing a store to the shape that this program knows, by command only."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from models.errors import Outdated, StoreUnavailable
from models.tables import database
from models.ticket import writer_ticket

if TYPE_CHECKING:
    from playhouse.migrations import Runner

    from models.database import Location

MIGRATIONS = Path(__file__).parent / "migrations"
MIGRATION_LOCK = 44535054


def migrate(place: Location) -> list[str]:
    """Bring the open store to the present shape, after a copy of the file; the names of what was applied."""
    with alone(place):
        missing = pending()
        if missing and place.path is not None:
            _back_up(place.path, missing[0])
        return apply_all() if missing else []


def pending() -> list[str]:
    """The migrations that the open store has not had."""
    return [each.name for each in _runner().status() if each.path is not None and not each.applied]


def check_version(place: Location) -> None:
    """Raise StoreUnavailable, or Outdated, unless the open store has exactly the shape that this program knows."""
    known = {name.removesuffix(".py") for name in os.listdir(MIGRATIONS) if name[0].isdigit()}
    had = {row[0] for row in database.execute_sql("SELECT name FROM schema_migration").fetchall()}
    if had - known:
        raise Outdated(f"The store {place.shown} is of a newer version: use the newer 'disputes'.")
    if known - had:
        raise StoreUnavailable(f"The store {place.shown} is of an older version: run 'disputes migrate'.")


def apply_all() -> list[str]:
    """Apply what is missing; the caller is `alone`."""
    return list(_runner().up())


@contextmanager
def alone(place: Location) -> Iterator[None]:
    """Two starters at once: the second waits here, and then finds nothing to do."""
    if place.path is not None:
        with writer_ticket(place.path):
            yield
        return
    database.execute_sql("SELECT pg_advisory_lock(%s)", (MIGRATION_LOCK,))
    try:
        yield
    finally:
        database.execute_sql("SELECT pg_advisory_unlock(%s)", (MIGRATION_LOCK,))


def _runner() -> Runner:
    # Peewee's runner brings a command line of its own, and most processes only compare names.
    from models.migration_runner import HistoryRunner

    return HistoryRunner(database.obj, str(MIGRATIONS))


def _back_up(path: Path, name: str) -> Path:
    copy = path.with_name(f"{path.name}.before-{name}")
    copy.unlink(missing_ok=True)
    database.execute_sql("VACUUM INTO ?", (str(copy),))
    copy.chmod(0o600)
    return copy
