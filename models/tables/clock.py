"""The promises of cases."""

from __future__ import annotations

from peewee import SQL, AutoField, BooleanField, ForeignKeyField, IntegerField, TextField

from models.tables.base import InstantField, Table
from models.tables.dispute import Dispute


class Timer(Table):
    """One clock of one case, as `rules.clocks.Clock`; due instants are stored for sorting and derived from events."""

    id = AutoField()
    dispute = ForeignKeyField(Dispute, backref="+", index=False, on_delete="RESTRICT")
    number = IntegerField()
    kind = TextField()
    started_at = InstantField()
    due_at = InstantField()
    is_given = BooleanField()
    entered_at = InstantField()
    stopped_at = InstantField(null=True)
    ended_as = TextField(null=True)
    pauses = TextField(default="[]")
    """The spans in which it stood still, as JSON: why, from, until, to; `due_at` has them in it."""
    paused_at = InstantField(null=True)
    """Since when it stands still; none once it runs again."""
    paused_until = InstantField(null=True)
    """When that ends by itself; none for a hold, and then the due instant is only the one it had."""

    class Meta:
        table_name = "timer"
        indexes = ((("dispute", "number"), True),)  # a case's clocks


Timer.add_index(Timer.kind, Timer.due_at, where=SQL("stopped_at IS NULL"))  # `overdue:`, `clock:`
Timer.add_index(Timer.due_at)  # promises of some weeks, whatever became of them: breaches, the room
