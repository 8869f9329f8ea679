"""What was done, by whom, in an order that cannot be changed unnoticed."""

from __future__ import annotations

from peewee import SQL, ForeignKeyField, IntegerField, TextField

from models.tables.base import InstantField, Table
from models.tables.dispute import Dispute


class Event(Table):
    """One act of somebody on the store. Append-only: the store itself refuses to change or delete a row."""

    seq = IntegerField(primary_key=True)
    """Gapless from 1."""
    recorded_at = InstantField()
    occurred_at = InstantField()
    actor = TextField()
    session = TextField()
    verb = TextField()
    dispute = ForeignKeyField(Dispute, backref="+", index=False, null=True, on_delete="RESTRICT")
    body = TextField()
    """Canonical JSON of ids, codes, amounts and keyed digests; never a name, an address or a text."""
    previous_hash = TextField()
    hash = TextField()

    class Meta:
        table_name = "event"


Event.add_index(Event.dispute, Event.seq, where=SQL("dispute_id IS NOT NULL"))  # a case's timeline


class Meta(Table):
    """What the store says of itself."""

    key = TextField(primary_key=True)
    value = TextField()

    class Meta:
        table_name = "meta"
