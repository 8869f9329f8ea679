"""What the marketplace chose, version by version."""

from __future__ import annotations

from peewee import AutoField, ForeignKeyField, IntegerField, TextField

from models.tables.base import InstantField, Table


class PolicyVersion(Table):
    """One policy. Gapless from 1, and never changed: cases are derived by it for as long as they are kept."""

    version = IntegerField(primary_key=True)
    body = TextField()
    """TOML, as it was written."""
    made_at = InstantField(null=True)
    """None for the first, which the program brought."""
    made_by = TextField(default="")

    class Meta:
        table_name = "policy_version"


class PolicyActivation(Table):
    """From when on new cases pin which version; the last one counts."""

    id = AutoField()
    policy = ForeignKeyField(PolicyVersion, backref="+", index=False, on_delete="RESTRICT")
    activated_at = InstantField()
    activated_by = TextField()
    note = TextField()

    class Meta:
        table_name = "policy_activation"
