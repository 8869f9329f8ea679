"""One verb, one transaction: the writer's ticket, then the engine's own lock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from peewee import _savepoint as savepoint

from models.database import current, translated
from models.tables import database
from models.ticket import writer_ticket


@contextmanager
def writing() -> Iterator[None]:
    """Everything inside is committed together or not at all. Drivers' errors come out as StoreUnavailable."""
    place = current()
    with translated(place):
        if place.path is None:
            with _step():
                yield
        else:
            with writer_ticket(place.path), _step():
                yield


def _step() -> Any:
    """A transaction, or a part of one that can fail alone.

    Parts within parts may have one name on both engines; by new ones each time no driver would know a statement again.
    """
    return savepoint(database, sid="part") if database.in_transaction() else database.atomic()
