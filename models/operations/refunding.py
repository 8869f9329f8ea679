"""Money back to the buyer. An instruction is not a confirmation, and nothing is instructed twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from models import clock
from models.actor import Actor
from models.operations import journal
from models.operations.change import Change, carry_out
from models.rules.act import Act, Verb
from models.rules.case import Case
from models.tables import Refund
from models.vocabulary import RefundState


def refund(
    actor: Actor,
    *,
    case: int,
    state: RefundState,
    ref: str = "",
    occurred_at: datetime | None = None,
    seen_version: int | None = None,
) -> Change:
    """Record that the refund was instructed, confirmed or has failed; `ref` is the payment's own number."""
    act = Act(
        verb=Verb.REFUND,
        occurred_at=occurred_at or clock.now(),
        refund=state,
        refund_ref_digest=journal.keyed_digest(ref) if ref else None,
    )

    def keep_ref(change: Change) -> None:
        if ref:
            number = change.after.refunds[-1].number
            Refund.update(ref=ref).where((Refund.dispute == case) & (Refund.number == number)).execute()

    return carry_out(actor, case, act, seen_version=seen_version, prepare=_amount_due, record=keep_ref)


def _amount_due(case: Case, act: Act) -> Act:
    if act.refund is RefundState.INSTRUCTED:
        return replace(act, amount_minor=max(0, case.due_minor))
    return replace(act, amount_minor=case.underway_minor)
