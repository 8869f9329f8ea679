"""An import takes the ticket for few rows at a time while others write, and for many while nobody does."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from models import database
from models.operations.importing import CHUNK, import_cases
from models.tables import Dispute
from models.tables import database as tables
from models.ticket import ticket_path
from tests.operations.desk import FILE, SUE, on_day, people, row, told


@pytest.fixture
def path(sqlite_url: str) -> Iterator[Path]:
    place = database.open_store(sqlite_url)
    assert place.path is not None
    people()
    yield place.path
    database.close_store()


def test_an_import_takes_fewer_rows_at_a_time_while_others_write(path: Path) -> None:
    alone = _commits("A", path, is_beside_others=False)
    beside = _commits("B", path, is_beside_others=True)
    assert alone == 4, "one for its beginning, two for its rows, one for its end"
    assert beside > alone
    assert Dispute.select().count() == 4 * CHUNK


def _commits(ref: str, path: Path, *, is_beside_others: bool) -> int:
    """How many an import of two chunks makes."""
    seen = 0

    def committed(*_: object) -> int:
        nonlocal seen
        seen += 1
        if is_beside_others:  # another process writes before our next turn
            descriptor = os.open(ticket_path(path), os.O_RDWR)
            os.pwrite(descriptor, b"1".ljust(20), 0)
            os.close(descriptor)
        return 0

    tables.connection().set_wal_hook(committed)
    with on_day(20):
        rows = (row(told(ref=f"{ref}-{number}", order_ref=f"{ref}-{number}"), number) for number in range(2 * CHUNK))
        import_cases(SUE, FILE, rows)
    tables.connection().set_wal_hook(None)
    return seen
