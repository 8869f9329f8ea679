"""Money beyond what can be refunded, as a courtesy: paid by the platform, given by a supervisor, in no refund."""

from __future__ import annotations

from models import clock
from models.actor import Actor
from models.operations import journal, notices
from models.operations.change import Change, Words, carry_out
from models.rules import money
from models.rules.act import Act, Verb
from models.tables import Goodwill
from models.vocabulary import Audience, RefundState


def give_goodwill(
    actor: Actor, *, case: int, amount_minor: int | None, note: str, seen_version: int | None = None
) -> Change:
    """Instruct a payment of `amount_minor`, in the case's currency. An instruction is not a confirmation."""
    act = Act(verb=Verb.GOODWILL, occurred_at=clock.now(), refund=RefundState.INSTRUCTED, amount_minor=amount_minor)

    def tell(change: Change) -> None:
        paid = change.after.goodwill[-1]
        extra = {"extra": f"{money.text(paid.amount_minor, change.after.currency)} {change.after.currency}"}
        letters = notices.from_template(case, "goodwill", Audience.BUYER, extra)
        notices.put(case, letters, change.act.by, change.act.occurred_at)

    return carry_out(actor, case, act, words=Words(note), seen_version=seen_version, record=tell)


def settle_goodwill(
    actor: Actor, *, case: int, state: RefundState, ref: str = "", seen_version: int | None = None
) -> Change:
    """The payment was confirmed, or has failed; `ref` is its own number."""
    act = Act(
        verb=Verb.GOODWILL, occurred_at=clock.now(), refund=state,
        refund_ref_digest=journal.keyed_digest(ref) if ref else None,
    )  # fmt: skip

    def keep_ref(change: Change) -> None:
        underway = change.before.goodwill_underway()
        if ref and underway is not None:
            Goodwill.update(ref=ref).where((Goodwill.dispute == case) & (Goodwill.number == underway.number)).execute()

    return carry_out(actor, case, act, seen_version=seen_version, record=keep_ref)
