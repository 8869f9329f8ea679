"""What the platform decides, and the money that follows."""

from __future__ import annotations

from peewee import AutoField, ForeignKeyField, IntegerField, TextField

from models.tables.base import InstantField, MoneyField, Table
from models.tables.dispute import Dispute


class Decision(Table):
    """A ruling, or what a file tells of one. `standing` is as of `rules.case.Ruling`, or agreed."""

    id = AutoField()
    dispute = ForeignKeyField(Dispute, backref="+", index=False, on_delete="RESTRICT")
    number = IntegerField()
    outcome = TextField()
    refund_minor = MoneyField()
    payer = TextField(null=True)
    freight = TextField(null=True)
    """buyer, seller or platform: who pays for the way back, where goods go back."""
    findings = TextField(default="")
    points = TextField(default="")
    """The grid as JSON: a list of point, claimed, answered, shown, found."""
    basis = TextField(default="")
    """The lines of a partial ruling's amount as JSON."""
    note = TextField(default="")
    to_buyer = TextField(default="")
    to_seller = TextField(default="")
    built = TextField(null=True)
    """Whose statement was built from the findings, as words; the others somebody wrote. None: not known."""
    maker = TextField(default="")
    """A login, or the name that a file gives."""
    approver = TextField(default="")
    hash = TextField(default="")
    standing = TextField()
    lacking = TextField(null=True)
    """What either side's evidence lacked, a word each; None where nobody judged it."""
    proposed_at = InstantField()
    issued_at = InstantField(null=True)
    result = TextField(default="")
    """Of a ruling on an appeal: upheld, varied, reversed or inadmissible."""

    class Meta:
        table_name = "decision"
        indexes = ((("dispute", "number"), True),)


class Appeal(Table):
    """As `rules.case.Appeal`."""

    id = AutoField()
    dispute = ForeignKeyField(Dispute, backref="+", index=False, on_delete="RESTRICT")
    number = IntegerField()
    party = TextField()
    ground = TextField()
    filed_at = InstantField()
    against = IntegerField()
    result = TextField(default="")
    ruled_at = InstantField(null=True)

    class Meta:
        table_name = "appeal"
        indexes = ((("dispute", "number"), True),)


class Refund(Table):
    """One instruction to pay the buyer. An instruction is not a confirmation."""

    id = AutoField()
    dispute = ForeignKeyField(Dispute, backref="+", index=False, on_delete="RESTRICT")
    number = IntegerField()
    amount_minor = MoneyField()
    state = TextField()
    ref = TextField(default="")
    instructed_at = InstantField()
    settled_at = InstantField(null=True)

    class Meta:
        table_name = "refund"
        indexes = ((("dispute", "number"), True),)


class Goodwill(Table):
    """As `rules.case.Goodwill`. No sum of refunds counts it."""

    id = AutoField()
    dispute = ForeignKeyField(Dispute, backref="+", index=False, on_delete="RESTRICT")
    number = IntegerField()
    amount_minor = MoneyField()
    state = TextField()
    ref = TextField(default="")
    given_by = TextField()
    given_at = InstantField()
    settled_at = InstantField(null=True)

    class Meta:
        table_name = "goodwill"
        indexes = ((("dispute", "number"), True),)
