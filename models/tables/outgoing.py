"""What waits to be sent to buyers and sellers. The console sends nothing itself."""

from __future__ import annotations

from peewee import SQL, AutoField, ForeignKeyField, TextField

from models.tables.base import InstantField, Table
from models.tables.dispute import Dispute
from models.tables.people import Party


class Outgoing(Table):
    """One text for one party; it waits until whatever sends it says that it has."""

    id = AutoField()
    dispute = ForeignKeyField(Dispute, backref="+", index=False, null=True, on_delete="RESTRICT")
    """None where it is about the party alone: a warning, a suspension."""
    audience = TextField()
    """buyer or seller."""
    party = ForeignKeyField(Party, backref="+", index=False, on_delete="RESTRICT")
    language = TextField(default="")
    """Of the text."""
    template = TextField(default="")
    """The template that it was made from, or `decision`; empty for a text that somebody wrote."""
    text = TextField()
    made_at = InstantField()
    made_by = TextField()
    sent_at = InstantField(null=True)
    sent_by = TextField(default="")

    class Meta:
        table_name = "outgoing"


Outgoing.add_index(Outgoing.id, where=SQL("sent_at IS NULL"), name="outgoing_waiting")  # `outbox`
Outgoing.add_index(Outgoing.dispute)  # what a case has sent
