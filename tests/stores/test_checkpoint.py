"""SQLite's log is written back after a write, while others write, and stays small however long nobody closes."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import apsw
import pytest

from models import checkpoint, database
from models.operations.transaction import writing
from models.tables import Meta
from models.tables import database as tables
from models.ticket import ticket_path, writer_ticket

PATIENCE_SECONDS = 20


@pytest.fixture
def path(sqlite_url: str) -> Iterator[Path]:
    place = database.open_store(sqlite_url)
    assert place.path is not None
    yield place.path
    database.close_store()


def test_the_log_stays_small_beside_whoever_has_the_store_open(path: Path) -> None:
    with _other(path) as other:
        for number in range(40):
            with writing():
                _put(number, pages=150)
            assert _log(other)[0] < checkpoint.PAGES + 300
        assert other.execute("SELECT COUNT(*) FROM meta WHERE key LIKE 'page%'").fetchall() == [(40 * 150,)]


def test_a_commit_writes_nothing_back(path: Path) -> None:
    with _other(path) as other:
        with writer_ticket(path), tables.atomic():
            _put(0, pages=2 * checkpoint.PAGES)
        written, written_back = _log(other)
        assert written > checkpoint.PAGES
        assert written_back == 0


def test_it_is_written_back_while_somebody_else_holds_the_ticket(path: Path) -> None:
    with _other(path) as other:
        with writer_ticket(path), tables.atomic():
            _put(0, pages=2 * checkpoint.PAGES)
        written = _log(other)[0]
        with _held(path):
            back = Thread(target=_write_back, args=(path,))
            back.start()
            _until(lambda: _log(other) == (written, written))
            other.execute("UPDATE meta SET value = 'written meanwhile' WHERE key = 'page 0 0'")
        back.join(PATIENCE_SECONDS)
        assert not back.is_alive()
        assert _log(other)[0] == _log(other)[1], "what came meanwhile was left in the log"
        with writing():
            _put(1, pages=1)
        assert _log(other)[0] < 20, "the log did not begin anew"


def test_a_reader_keeps_the_log_until_they_have_read(path: Path) -> None:
    with _other(path) as other:
        with writing():
            _put(0, pages=10)
        reading = other.execute("SELECT key FROM meta WHERE key LIKE 'page%' ORDER BY key")
        next(reading)
        for number in range(1, 50):
            with writing():
                _put(number, pages=100)
        assert len(reading.fetchall()) == 9, "of what was there when they began"
        assert _log(other)[0] > checkpoint.PAGES
        for number in range(50, 52):
            with writing():
                _put(number, pages=1)
        assert _log(other)[0] < 20


def test_a_write_stands_whatever_becomes_of_the_log(path: Path) -> None:
    """Somebody is at the same at this moment, or this connection still reads."""
    with _other(path) as other:
        reading = tables.execute_sql("SELECT key FROM meta")
        next(reading)
        with writing():
            _put(0, pages=2 * checkpoint.PAGES)
        assert other.execute("SELECT COUNT(*) FROM meta WHERE key LIKE 'page%'").fetchall() == [(2 * checkpoint.PAGES,)]


def test_it_waits_for_locks_as_long_as_before(path: Path) -> None:
    with _other(path):
        with writing():
            _put(0, pages=2 * checkpoint.PAGES)
        assert tables.execute_sql("PRAGMA busy_timeout").fetchone() == (database.LOCK_TIMEOUT_SECONDS * 1000,)


def _put(number: int, *, pages: int) -> None:
    """A row for each page of the store."""
    rows = [{"key": f"page {number} {page}", "value": "x" * 3_000} for page in range(pages)]
    Meta.insert_many(rows).execute()


@contextmanager
def _other(path: Path) -> Iterator[apsw.Connection]:
    """Another process's connection, for all that SQLite knows."""
    with closing(apsw.Connection(str(path))) as connection:
        connection.wal_autocheckpoint(0)
        yield connection


def _log(connection: apsw.Connection) -> tuple[int, int]:
    """Pages in the log, and how many of them are written back."""
    connection.execute("SELECT COUNT(*) FROM meta").fetchall()
    return connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_NOOP)


@contextmanager
def _held(path: Path) -> Iterator[None]:
    """Somebody else has the ticket."""
    descriptor = os.open(ticket_path(path), os.O_RDWR)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)


def _write_back(path: Path) -> None:
    tables.connect()
    try:
        checkpoint.write_back(path)
    finally:
        tables.close()


def _until(holds: object) -> None:
    assert callable(holds)
    end = monotonic() + PATIENCE_SECONDS
    while not holds():
        assert monotonic() < end
        sleep(0.001)
