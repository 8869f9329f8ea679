"""The case. Its row is what its events add up to, kept for sorting and searching."""

from __future__ import annotations

from peewee import SQL, AutoField, BooleanField, ForeignKeyField, IntegerField, TextField, fn

from models.tables.base import InstantField, MoneyField, Table
from models.tables.orders import Order
from models.tables.people import Agent, Party


class Dispute(Table):
    """People say "case"; the table is `Dispute` because `Case` is taken by Peewee and by SQL."""

    id = AutoField()
    source = TextField()
    ref = TextField()
    order = ForeignKeyField(Order, backref="+", index=False, on_delete="RESTRICT")
    buyer = ForeignKeyField(Party, backref="+", index=False, on_delete="RESTRICT")
    seller = ForeignKeyField(Party, backref="+", index=False, on_delete="RESTRICT")
    policy_version = IntegerField()
    state = TextField()
    ball = TextField()
    is_open = BooleanField()
    reason = TextField()
    needs_triage = BooleanField(default=False)
    lines = TextField(default="")
    """Numbers of the disputed lines of the order, joined by a space; empty for all of them."""
    amount_minor = MoneyField()
    currency = TextField()
    is_high_value = BooleanField(default=False)
    opened_at = InstantField()
    notified_at = InstantField(null=True)
    responded_at = InstantField(null=True)
    escalated_at = InstantField(null=True)
    decided_at = InstantField(null=True)
    ended_at = InstantField(null=True)
    """Since when it is no longer open."""
    closed_at = InstantField(null=True)
    closed_as = TextField(null=True)
    outcome = TextField(null=True)
    refund_minor = MoneyField(null=True)
    confirmed_minor = MoneyField(default=0)
    payer = TextField(null=True)
    is_ruled = BooleanField(default=False)
    hold = TextField(null=True)
    """legal, outage or risk."""
    is_flagged = BooleanField(default=False)
    chasers = IntegerField(default=0)
    """How often the seller was reminded."""
    assignee = ForeignKeyField(Agent, backref="+", index=False, null=True, on_delete="RESTRICT")
    seller_due_at = InstantField(null=True)
    """Of the seller's latest clock, running or not."""
    seller_awaited_due_at = InstantField(null=True)
    """Of the seller's running clock only."""
    resolution_due_at = InstantField(null=True)
    next_clock = TextField(null=True)
    next_due_at = InstantField(null=True)
    may_escalate_at = InstantField(null=True)
    auto_escalate_at = InstantField(null=True)
    offer_waits_until = InstantField(null=True)
    moves_at = InstantField(null=True)
    """When time makes something due, should nobody act before; 0 where nobody has looked yet, none where nothing is."""
    tags = TextField(default="")
    language = TextField(default="")
    marks = TextField(default="")
    """What reading the case from a file had to settle, a line each."""
    row_version = IntegerField(default=1)
    """Counts the writes of this row; a write names the version it has read."""

    class Meta:
        table_name = "dispute"


# These stand in the text of each index and query: PostgreSQL cannot use a partial index for a parameter.
IS_OPEN = SQL("is_open")
NEEDS_TRIAGE = SQL("needs_triage")
IS_FLAGGED = SQL("is_flagged")
ON_HOLD = SQL("hold IS NOT NULL")
OWES_REFUND = SQL("refund_minor > confirmed_minor")
MOVES = SQL("moves_at IS NOT NULL")

Dispute.add_index(Dispute.source, Dispute.ref, unique=True)  # the import, and `CASE` written as source:ref
Dispute.add_index(fn.LOWER(Dispute.ref), name="dispute_ref_any_case")  # `ref:`
Dispute.add_index(Dispute.order)  # other cases of the order
Dispute.add_index(Dispute.seller, Dispute.opened_at)  # `seller:`, a seller's record
Dispute.add_index(Dispute.buyer, Dispute.opened_at)  # `buyer:`, a buyer's record
Dispute.add_index(Dispute.opened_at, Dispute.id)  # view `all`, sort key `opened`
Dispute.add_index(Dispute.amount_minor, Dispute.id)  # sort key `amount`
Dispute.add_index(Dispute.currency, Dispute.amount_minor)  # the money of all cases
Dispute.add_index(Dispute.decided_at, Dispute.id, where=SQL("decided_at IS NOT NULL"))  # report decisions
Dispute.add_index(Dispute.next_due_at, Dispute.id, where=SQL("next_due_at IS NOT NULL"))  # sort key `due`, `due-today`
Dispute.add_index(Dispute.state, Dispute.next_due_at, Dispute.id, where=IS_OPEN)  # in-review, approvals
Dispute.add_index(
    Dispute.seller_awaited_due_at, Dispute.id, where=SQL("seller_awaited_due_at IS NOT NULL")
)  # home: overdue seller responses
Dispute.add_index(Dispute.assignee, Dispute.next_due_at, Dispute.id, where=IS_OPEN)  # mine, unassigned, next
Dispute.add_index(
    Dispute.opened_at, Dispute.id, where=SQL("is_open AND needs_triage"), name="dispute_in_triage"
)  # view `triage`
Dispute.add_index(Dispute.opened_at, Dispute.id, where=ON_HOLD, name="dispute_on_hold")  # `is:held`
Dispute.add_index(Dispute.opened_at, Dispute.id, where=IS_FLAGGED, name="dispute_flagged")  # `is:flagged`
Dispute.add_index(Dispute.decided_at, Dispute.id, where=OWES_REFUND, name="dispute_owes_refund")  # view `refunds`
Dispute.add_index(Dispute.opened_at, Dispute.id, where=IS_OPEN, name="dispute_open_by_opened")  # `is:open`, by `opened`
Dispute.add_index(Dispute.amount_minor, Dispute.id, where=IS_OPEN, name="dispute_open_by_amount")  # and by `amount`
Dispute.add_index(Dispute.id, where=IS_OPEN, name="dispute_open_by_case")  # and by `case`
Dispute.add_index(
    Dispute.id, where=SQL("decided_at IS NULL"), name="dispute_undecided"
)  # the end of sort key `decided`
Dispute.add_index(Dispute.moves_at, Dispute.id, where=MOVES)  # the sweep
