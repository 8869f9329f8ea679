"""One verb, one transaction: the writer's ticket, then the engine's own lock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from models.checkpoint import write_back
from models.database import current, translated
from models.tables import database
from models.ticket import writer_ticket


@contextmanager
def writing() -> Iterator[None]:
    """Everything inside is committed together or not at all. Drivers' errors come out as StoreUnavailable.

    Within another one it is a part of that, and stands or falls with it.
    """
    place = current()
    if database.in_transaction():
        yield
        return
    with translated(place):
        if place.path is None:
            with database.atomic():
                yield
        else:
            with writer_ticket(place.path), database.atomic():
                yield
            write_back(place.path)
