"""Who has which case open at this moment."""

from __future__ import annotations

from peewee import BooleanField, ForeignKeyField, TextField

from models.tables.base import InstantField, Table
from models.tables.dispute import Dispute


class Visit(Table):
    """One for each session that has a case open; no change of the case, so it writes no event."""

    session = TextField(primary_key=True)
    login = TextField()
    dispute = ForeignKeyField(Dispute, backref="+", index=False, on_delete="CASCADE")
    is_deciding = BooleanField()
    seen_at = InstantField()
    """By the store's time."""

    class Meta:
        table_name = "visit"
