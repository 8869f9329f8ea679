"""Views that people save."""

from __future__ import annotations

from peewee import AutoField, TextField

from models.tables.base import InstantField, Table


class SavedView(Table):
    """A query with a name and an order."""

    id = AutoField()
    login = TextField()
    """Whose it is; empty for a view of the whole desk."""
    name = TextField()
    text = TextField()
    sort = TextField()
    saved_at = InstantField()
    saved_by = TextField()

    class Meta:
        table_name = "saved_view"
        indexes = ((("login", "name"), True),)  # the views that somebody can open
