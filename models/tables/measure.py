"""What was done about a party that is not honest."""

from __future__ import annotations

from peewee import AutoField, BooleanField, ForeignKeyField, TextField

from models.tables.base import InstantField, Table
from models.tables.people import Party


class Measure(Table):
    """A supervisor's warning or suspension. It is never changed; a suspension ends by its own date."""

    id = AutoField()
    party = ForeignKeyField(Party, backref="+", index=False, on_delete="RESTRICT")
    kind = TextField()
    """warning or suspension."""
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
