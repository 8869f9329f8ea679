"""Whether a row of a file is a new case, adds to a known one, says nothing new, or contradicts what we know."""

from __future__ import annotations

from dataclasses import field
from datetime import datetime
from typing import Any

from models.dataclass import dataclass
from models.imported import ImportedCase
from models.operations import telling
from models.rules import money
from models.rules.act import Verb
from models.rules.case import Case
from models.rules.transitions import TRANSITIONS
from models.vocabulary import ClockKind, PartyAct, State


@dataclass(slots=True)
class Known:
    """What we have of a case under the row's reference."""

    dispute_id: int
    row_version: int
    order_ref: str
    buyer_ref: str
    seller_ref: str
    first_row: str
    """Where it came from, for the sentence of a rejection."""
    case: Case
    first_reason: str
    response: PartyAct | None
    """The seller's first."""
    digests: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """The first column in which the row does not agree with the case."""

    column: str
    told: str
    known: str


def contradiction(told: ImportedCase, known: Known) -> Contradiction | None:
    """Where the row denies what we know; later facts are no contradiction."""
    case = known.case
    seller_dues = [clock.due_at for clock in case.clocks if clock.kind is ClockKind.SELLER_RESPONSE]
    resolution_dues = [clock.due_at for clock in case.clocks if clock.kind is ClockKind.RESOLUTION]
    pairs: list[tuple[str, Any, list[Any]]] = [
        ("order_ref", told.order_ref, [known.order_ref]),
        ("buyer_ref", told.buyer_ref, [known.buyer_ref]),
        ("seller_ref", told.seller_ref, [known.seller_ref]),
        ("opened_at", told.opened_at, [case.opened_at]),
        ("reason", told.reason, [known.first_reason, case.reason]),
        ("currency", told.currency, [case.currency]),
        ("amount", told.amount_minor, [case.amount_minor]),
        ("remedy", told.remedy, [case.remedy]),
        ("requested_amount", told.requested_minor, [case.requested_minor]),
        ("seller_notified_at", told.notified_at, [case.notified_at]),
        ("seller_response", told.response, [PartyAct.ACCEPT, known.response or told.response]),
        ("seller_responded_at", told.responded_at, [case.responded_at or told.responded_at]),
        ("seller_due_at", told.seller_due_at, seller_dues or [told.seller_due_at]),
        ("resolution_due_at", told.resolution_due_at, resolution_dues or [told.resolution_due_at]),
        ("escalated_at", told.escalated_at, [case.escalated_at or told.escalated_at]),
        ("outcome", told.outcome, [case.outcome or told.outcome]),
        ("decided_at", told.decided_at, [case.decided_at or told.decided_at]),
        ("refund_amount", told.refund_minor, [case.refund_minor if case.outcome else told.refund_minor]),
    ]
    for column, value, accepted in pairs:
        if value is not None and value not in accepted:
            return Contradiction(column, _shown(value, case), _shown(accepted[-1], case))
    return _comes_too_late(told, case)


def _comes_too_late(told: ImportedCase, case: Case) -> Contradiction | None:
    """A file never moves a case that has left the state in which its news would have counted."""
    if case.state is State.DRAFT:
        return None
    here = f"none, and the case is {case.state}"
    if telling.has_answer(told) and case.responded_at is None and case.state not in TRANSITIONS[Verb.RESPOND].states:
        return Contradiction("seller_response", str(told.response or "reply"), here)
    if told.escalated_at and case.escalated_at is None and case.state not in telling.TALKS_OR_REVIEW:
        return Contradiction("escalated_at", _shown(told.escalated_at, case), here)
    return None


def _shown(value: Any, case: Case) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%M:%SZ}"
    return money.text(value, case.currency) if isinstance(value, int) else str(value)
