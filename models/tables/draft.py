"""What somebody has typed and not yet sent."""

from __future__ import annotations

from peewee import AutoField, TextField

from models.tables.base import InstantField, Table


class Draft(Table):
    """Half-written text or form of one person, kept so that a dropped line loses nothing."""

    id = AutoField()
    login = TextField()
    place = TextField()
    """What it belongs to, such as `note:C12` or `decide:C12`, or the console's own place `desk`."""
    body = TextField()
    """JSON of the fields by name."""
    saved_at = InstantField()

    class Meta:
        table_name = "draft"
        indexes = ((("login", "place"), True),)
