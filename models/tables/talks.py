"""What the parties say and offer."""

from __future__ import annotations

from peewee import AutoField, BooleanField, ForeignKeyField, IntegerField, TextField

from models.tables.base import InstantField, MoneyField, Table
from models.tables.dispute import Dispute


class Claim(Table):
    """Reason, facts and requested remedy as the buyer states them; versioned, never overwritten."""

    id = AutoField()
    dispute = ForeignKeyField(Dispute, backref="+", index=False, on_delete="RESTRICT")
    version = IntegerField()
    reason = TextField()
    remedy = TextField()
    requested_minor = MoneyField()
    text = TextField(default="")
    translation = TextField(null=True)
    """The text in a language that the desk reads, where a file brings both."""
    made_at = InstantField()
    recorded_at = InstantField()
    recorded_by = TextField()

    class Meta:
        table_name = "claim"
        indexes = ((("dispute", "version"), True),)


class Offer(Table):
    """As `rules.case.Offer`."""

    id = AutoField()
    dispute = ForeignKeyField(Dispute, backref="+", index=False, on_delete="RESTRICT")
    number = IntegerField()
    lane = TextField()
    version = IntegerField()
    remedy = TextField()
    amount_minor = MoneyField()
    made_at = InstantField()
    expires_at = InstantField(null=True)
    ended = TextField(default="")
    accepted_by = TextField(default="")
    """Who has accepted a proposal of the platform, as words."""

    class Meta:
        table_name = "offer"
        indexes = ((("dispute", "number"), True),)


class Message(Table):
    """A text of a case: what a party said, what we wrote to them, or a note among ourselves."""

    id = AutoField()
    dispute = ForeignKeyField(Dispute, backref="+", index=False, on_delete="RESTRICT")
    author = TextField()
    """buyer, seller or platform."""
    audience = TextField()
    """buyer, seller, both or internal."""
    kind = TextField()
    """The verb that it came with."""
    text = TextField()
    translation = TextField(null=True)
    """As of a claim."""
    language = TextField(default="")
    is_automatic = BooleanField(default=False)
    occurred_at = InstantField()
    recorded_at = InstantField()
    recorded_by = TextField()

    class Meta:
        table_name = "message"
        indexes = ((("dispute", "occurred_at"), False),)  # a case's timeline


class Evidence(Table):
    """A piece that a side shows; its bytes lie beside the store under their SHA-256."""

    id = AutoField()
    dispute = ForeignKeyField(Dispute, backref="+", index=False, on_delete="RESTRICT")
    number = IntegerField()
    lane = TextField()
    kind = TextField()
    state = TextField()
    title = TextField(default="")
    note = TextField(default="")
    sha256 = TextField(null=True, index=True)  # the same file in another case
    """None where it is requested only, or was erased: then its type is still known."""
    size_bytes = IntegerField(null=True)
    file_type = TextField(null=True)
    captured_at = InstantField(null=True)
    recorded_at = InstantField()
    recorded_by = TextField()

    class Meta:
        table_name = "evidence"
        indexes = ((("dispute", "number"), True),)
