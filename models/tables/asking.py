"""What the platform asked the parties for."""

from __future__ import annotations

from peewee import AutoField, ForeignKeyField, IntegerField, TextField

from models.tables.base import InstantField, Table
from models.tables.dispute import Dispute


class Ask(Table):
    """As `rules.case.Ask`."""

    id = AutoField()
    dispute = ForeignKeyField(Dispute, backref="+", index=False, on_delete="RESTRICT")
    number = IntegerField()
    party = TextField()
    asked_at = InstantField()
    due_at = InstantField()
    ended_at = InstantField(null=True)
    ended_as = TextField(default="")
    items = TextField(default="")
    """Their words as a JSON list; they stand in no event."""

    class Meta:
        table_name = "ask"
        indexes = ((("dispute", "number"), True),)
