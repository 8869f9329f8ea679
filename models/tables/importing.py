"""Files that came in, row by row."""

from __future__ import annotations

from peewee import AutoField, ForeignKeyField, IntegerField, TextField

from models.tables.base import InstantField, Table
from models.tables.dispute import Dispute


class Import(Table):
    """One run over one file."""

    id = AutoField()
    file_name = TextField()
    sha256 = TextField()
    source = TextField()
    map_name = TextField(default="")
    started_at = InstantField()
    finished_at = InstantField(null=True)
    recorded_by = TextField()
    rows = IntegerField(default=0)
    created = IntegerField(default=0)
    updated = IntegerField(default=0)
    unchanged = IntegerField(default=0)
    rejected = IntegerField(default=0)

    class Meta:
        table_name = "import"


class ImportRow(Table):
    """A row as the file held it, and what became of it. Rows that changed nothing are counted, not kept again."""

    id = AutoField()
    run = ForeignKeyField(Import, backref="+", index=False, on_delete="RESTRICT")
    number = IntegerField()
    dispute = ForeignKeyField(Dispute, backref="+", index=False, null=True, on_delete="RESTRICT")
    verdict = TextField()
    digest = TextField()
    """SHA-256 of the case that the row told; the same row again is known by it."""
    raw_json = TextField()
    at_column = TextField(default="")
    rule = TextField(default="")

    class Meta:
        table_name = "import_row"
        indexes = ((("dispute", "digest"), False),)  # is this row known?
