"""A case as a file tells it: one row, read, checked by itself, and not yet compared with the store."""

from __future__ import annotations

from datetime import UTC, datetime
from operator import attrgetter
from typing import Any

from models.dataclass import dataclass
from models.vocabulary import Outcome, PartyAct, Payer, Remedy, State


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedCase:
    """Every value is absent (None, or empty for text) where the file says nothing.

    Instants are aware UTC in whole seconds; money is in minor units of `currency`.
    """

    source: str
    ref: str
    order_ref: str
    opened_at: datetime
    buyer_ref: str
    seller_ref: str
    reason: str
    """`family/sub`, one of `vocabulary.REASON_CODES`."""
    needs_triage: bool = False
    amount_minor: int
    currency: str
    remedy: Remedy | None = None
    requested_minor: int | None = None
    state: State | None = None
    notified_at: datetime | None = None
    seller_due_at: datetime | None = None
    seller_has_no_clock: bool = False
    """The file says `none`: nothing was promised."""
    responded_at: datetime | None = None
    response: PartyAct | None = None
    """accept, offer, reject or reply."""
    response_text: str = ""
    """What the seller wrote with it."""
    response_translated: str = ""
    automatic_reply_at: datetime | None = None
    """A machine of the seller's wrote then; it is no answer."""
    escalated_at: datetime | None = None
    resolution_due_at: datetime | None = None
    resolution_has_no_clock: bool = False
    outcome: Outcome | None = None
    refund_minor: int | None = None
    payer: Payer | None = None
    decided_at: datetime | None = None
    decided_by: str = ""
    decision_note: str = ""
    paid_minor: int | None = None
    ordered_at: datetime | None = None
    shipped_at: datetime | None = None
    promised_by: datetime | None = None
    delivered_at: datetime | None = None
    completed_at: datetime | None = None
    protection_ends_at: datetime | None = None
    carrier: str = ""
    tracking_no: str = ""
    buyer_name: str = ""
    seller_name: str = ""
    buyer_country: str = ""
    seller_country: str = ""
    seller_tier: str = ""
    """The marketplace's own word, such as `gold`."""
    buyer_email: str = ""
    buyer_phone: str = ""
    ship_address: str = ""
    language: str = ""
    item_title: str = ""
    description: str = ""
    description_translated: str = ""
    """The same in a language that the desk reads; `language` is the original's."""
    assignee: str = ""
    tags: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    """What reading had to settle, such as `opened_at: an hour that happens twice, read as its first pass`."""


def values_of(told: ImportedCase) -> tuple[Any, ...]:
    """Everything that is told, in the order of the fields; instants as seconds since 1970."""
    return tuple([int(each.timestamp()) if each.__class__ is datetime else each for each in _values(told)])


def from_values(told: tuple[Any, ...]) -> ImportedCase:
    """What `values_of` was given."""
    given: dict[str, Any] = {
        name: datetime.fromtimestamp(value, UTC) if is_instant and value is not None else value
        for (name, is_instant), value in zip(_FIELDS, told, strict=True)
    }
    return ImportedCase(**given)


_FIELDS = tuple((name, "datetime" in kind) for name, kind in ImportedCase.__annotations__.items())
_values = attrgetter(*(name for name, _ in _FIELDS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """Why a row, or a part of it, was not taken."""

    row: int
    """Row number in the file's data: 1 is the first row below the header; for JSON Lines, the line's number."""
    column: str
    rule: str
    """One word with underscores, such as `unknown_reason` or `repeated_reference`."""
    value: str
    message: str
    """One sentence: what is wrong, and what would be right."""


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as the file holds it, before anything was understood; it is kept in the store."""

    number: int
    """As in `Reject.row`."""
    values: dict[str, object]
    """The input's own column names and values; text for CSV, JSON values for JSON Lines."""


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row read: its raw values and what became of them."""

    raw: RawRow
    case: ImportedCase | None
    """None where the row was rejected."""
    reject: Reject | None
