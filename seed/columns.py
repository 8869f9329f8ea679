"""The columns of a file of cases: one table for matching headers, reading values and writing about them."""

from __future__ import annotations

from models.dataclass import dataclass
from models.vocabulary import Outcome, Payer, Remedy, State
from seed import values
from seed.values import Reader, text

_REF = text(200)
_NAME = text(1_000)


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    """As files write it, with `_` for blanks and dashes."""
    read: Reader
    field: str
    """The field of `ImportedCase` that it fills."""
    aliases: tuple[str, ...] = ()
    """In the order in which they are tried, where a file has several and not the name itself."""
    is_required: bool = False
    is_money: bool = False
    """Read by the decimals of the row's currency."""


def _column(name: str, read: Reader, *aliases: str, field: str = "", is_required: bool = False) -> Column:
    return Column(name, read, field or name, aliases, is_required, is_money=read is values.amount)


COLUMNS: tuple[Column, ...] = (
    _column("case_ref", _REF, "dispute_id", "issue_id", "id", "ref", "case", field="ref", is_required=True),
    _column("order_ref", _REF, "order_no", "order_id", "order", is_required=True),
    _column("opened_at", values.when, "created", "created_at", is_required=True),
    _column("buyer_ref", _REF, "buyer", "buyer_id", is_required=True),
    _column("seller_ref", _REF, "seller", "seller_id", is_required=True),
    _column("reason", values.why, "type", is_required=True),
    # Before the amounts, which are read by its decimals.
    _column("currency", values.currency, is_required=True),
    _column("amount", values.amount, "disputed_amount", field="amount_minor", is_required=True),
    _column("remedy", values.one_of(Remedy)),
    _column("requested_amount", values.amount, "refund_requested", field="requested_minor"),
    _column("state", values.one_of(State), "status"),
    _column("seller_notified_at", values.when, field="notified_at"),
    _column("seller_due_at", values.due),
    _column("seller_responded_at", values.when, field="responded_at"),
    _column("seller_response", values.one_of(values.Answer), field="response"),
    _column("seller_response_text", values.prose, "response_text", field="response_text"),
    _column("seller_response_translated", values.prose, "response_translated", field="response_translated"),
    _column("escalated_at", values.when),
    _column("resolution_due_at", values.due),
    _column("outcome", values.one_of(Outcome)),
    _column("refund_amount", values.amount, field="refund_minor"),
    _column("payer", values.one_of(Payer)),
    _column("decided_at", values.when),
    _column("decided_by", _NAME, "agent"),
    _column("decision_note", values.prose, "note"),
    _column("paid_total", values.amount, field="paid_minor"),
    _column("ordered_at", values.when),
    _column("shipped_at", values.when),
    _column("promised_by", values.when),
    _column("delivered_at", values.when),
    _column("completed_at", values.when),
    _column("protection_ends_at", values.when),
    _column("carrier", _NAME),
    _column("tracking_no", _NAME),
    _column("buyer_name", _NAME),
    _column("seller_name", _NAME),
    _column("buyer_country", _NAME),
    _column("seller_country", _NAME),
    _column("seller_tier", values.tier),
    _column("buyer_email", _NAME),
    _column("buyer_phone", _NAME),
    _column("ship_address", values.prose),
    _column("language", _NAME),
    _column("item_title", _NAME),
    _column("description", values.prose, "text"),
    _column("description_translated", values.prose, "text_translated", "translation"),
    _column("assignee", _NAME),
    _column("tags", values.tags),
    _column("source", values.source),
)

BY_NAME = {column.name: column for column in COLUMNS}

REJECT_COLUMNS = ("reject_column", "reject_rule", "reject_reason")
"""What a file of rejected rows adds to the input's columns; reading such a file passes over them."""
