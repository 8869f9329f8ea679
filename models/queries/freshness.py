"""Whether somebody else has changed the store since we last looked."""

from __future__ import annotations

from peewee import fn

from models import database
from models.tables import Event
from models.tables import database as connection


def mark() -> int:
    """A number that moves when another connection commits; compare it with an earlier one, nothing else.

    On SQLite it is the engine's own (the file's time does not move under WAL), on PostgreSQL the last event's number.
    """
    if database.is_sqlite():
        return int(connection.execute_sql("PRAGMA data_version").fetchone()[0])
    return int(Event.select(fn.MAX(Event.seq)).scalar() or 0)
