"""By which keys people come in."""

from __future__ import annotations

from peewee import SQL, AutoField, ForeignKeyField, TextField

from models.tables.base import InstantField, Table
from models.tables.people import Agent


class AgentKey(Table):
    """A public key of one person. A row is never taken away: a key that was replaced is not taken again."""

    id = AutoField()
    agent = ForeignKeyField(Agent, backref="+", index=False, on_delete="RESTRICT")
    kind = TextField()
    """Its type, such as ssh-ed25519."""
    blob = TextField()
    """Base64, as it stands in the key's file."""
    fingerprint = TextField(unique=True)
    comment = TextField()
    """What stood behind it in the file: anybody's words."""
    added_at = InstantField()
    added_by = TextField()
    ended_at = InstantField(null=True)
    """Since when it opens nothing; None for the one that does."""

    class Meta:
        table_name = "agent_key"


AgentKey.add_index(AgentKey.agent, where=SQL("ended_at IS NULL"), unique=True)  # one key opens for one person
