"""Who follows a case, and when it comes back to whom."""

from __future__ import annotations

from peewee import SQL, AutoField, ForeignKeyField, IntegerField, TextField

from models.tables.base import InstantField, Table
from models.tables.dispute import Dispute


class Watch(Table):
    """As `rules.case.Watch`."""

    id = AutoField()
    dispute = ForeignKeyField(Dispute, backref="+", index=False, on_delete="RESTRICT")
    number = IntegerField()
    login = TextField()
    since = InstantField()
    stopped_at = InstantField(null=True)

    class Meta:
        table_name = "watch"
        indexes = ((("dispute", "number"), True),)


class Reminder(Table):
    """As `rules.case.Reminder`; its words are a message of the case."""

    id = AutoField()
    dispute = ForeignKeyField(Dispute, backref="+", index=False, on_delete="RESTRICT")
    number = IntegerField()
    login = TextField()
    due_at = InstantField()
    done_at = InstantField(null=True)

    class Meta:
        table_name = "reminder"
        indexes = ((("dispute", "number"), True),)


Watch.add_index(Watch.login, where=SQL("stopped_at IS NULL"))  # `is:watched`
Reminder.add_index(Reminder.login, Reminder.due_at, where=SQL("done_at IS NULL"))  # view `reminders`
