"""SQLite's log of what was written: it is written back to the store by whoever wrote, when others can write again."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import apsw

from models.errors import StoreUnavailable
from models.tables import database
from models.ticket import writer_ticket

PAGES = 2_000
"""Not yet written back; from so many on it is done: after fewer than one write in a hundred."""
WAIT_SECONDS = 0.01
"""For those who are reading in the log, so that it can begin anew."""


def write_back(store: Path) -> None:
    """Write the log back once it has grown. What was committed stays so, whatever becomes of this.

    Most of it is done while others write; only what they add meanwhile is written back under the ticket, a few pages,
    so that nothing stands in the log alone and the next write begins it anew. Whoever reads for long keeps it growing,
    and somebody who is at it already is left to it.
    """
    connection: apsw.Connection = database.connection()
    with suppress(apsw.Error, StoreUnavailable):
        if _waiting(connection, apsw.SQLITE_CHECKPOINT_NOOP) < PAGES:
            return
        if _waiting(connection, apsw.SQLITE_CHECKPOINT_PASSIVE) >= PAGES // 2:
            return
        with writer_ticket(store):
            connection.set_busy_timeout(int(WAIT_SECONDS * 1000))
            try:
                connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_RESTART)
            finally:
                connection.set_busy_timeout(int(database.timeout * 1000))


def _waiting(connection: apsw.Connection, mode: int) -> int:
    """Pages that stand in the log alone, after `mode`."""
    written, written_back = connection.wal_checkpoint(mode=mode)
    return written - written_back
