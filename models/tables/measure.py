"""Doubts about a party, and what was done about them."""

from __future__ import annotations

from peewee import SQL, AutoField, BooleanField, ForeignKeyField, IntegerField, TextField

from models.tables.base import InstantField, Table
from models.tables.dispute import Dispute
from models.tables.people import Party


class Measure(Table):
    """A supervisor's note, warning or suspension. A suspension ends by its own date.

    Only an erasure empties the note.
    """

    id = AutoField()
    party = ForeignKeyField(Party, backref="+", index=False, on_delete="RESTRICT")
    kind = TextField()
    """note, warning or suspension."""
    until_at = InstantField(null=True)
    """The end of a suspension."""
    is_grave = BooleanField(default=False)
    """A grave forgery: no warning was needed before."""
    note = TextField()
    made_at = InstantField()
    made_by = TextField()

    class Meta:
        table_name = "measure"
        indexes = ((("party", "made_at"), False),)  # a party's record, and whether they are suspended


class Flag(Table):
    """As `rules.case.Flag`; its words are a message of the case."""

    id = AutoField()
    dispute = ForeignKeyField(Dispute, backref="+", index=False, on_delete="RESTRICT")
    number = IntegerField()
    party = TextField()
    """buyer or seller."""
    raised_by = TextField()
    raised_at = InstantField()
    review = TextField(default="")
    """dismissed, noted, warned or suspended; empty while it waits."""
    reviewed_by = TextField(default="")
    reviewed_at = InstantField(null=True)

    class Meta:
        table_name = "flag"
        indexes = ((("dispute", "number"), True),)


Flag.add_index(
    Flag.party, where=SQL("reviewed_at IS NULL"), name="flag_waiting"
)  # a party's flags that wait: a decision asks for them
