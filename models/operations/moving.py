"""Where a case goes without a ruling: told to the seller, re-coded, escalated, withdrawn, closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from models import clock
from models.actor import Actor
from models.operations import notices
from models.operations.change import Change, Words, carry_out
from models.queries.sellers import facts_of_case
from models.queries.surroundings import surroundings
from models.rules.act import Act, Verb
from models.rules.case import Case
from models.rules.outcomes import closed_as
from models.rules.withdrawal import warnings
from models.vocabulary import Party


def notify(actor: Actor, *, case: int, occurred_at: datetime | None = None, seen_version: int | None = None) -> Change:
    """The seller was told; their time begins, and what tells both sides waits to be sent."""

    def tell(change: Change) -> None:
        notices.opened(case, actor.login, clock.now())

    at = occurred_at or clock.now()

    def know_seller(before: Case, act: Act) -> Act:
        return replace(act, **facts_of_case(case, at).told())

    act = Act(verb=Verb.NOTIFY, occurred_at=at)
    return carry_out(actor, case, act, seen_version=seen_version, prepare=know_seller, record=tell)


def recode(actor: Actor, *, case: int, reason: str, note: str, seen_version: int | None = None) -> Change:
    """Give the case its right reason; both codes stay visible in its history."""
    act = Act(verb=Verb.RECODE, occurred_at=clock.now(), reason=reason)
    return carry_out(actor, case, act, words=Words(note), seen_version=seen_version)


def escalate(
    actor: Actor,
    *,
    case: int,
    party: Party,
    cause: str,
    note: str,
    occurred_at: datetime | None = None,
    seen_version: int | None = None,
) -> Change:
    """The platform steps in: at a party's wish, or because an agent sees that talks are over."""
    act = Act(verb=Verb.ESCALATE, occurred_at=occurred_at or clock.now(), party=party, cause=cause)
    return carry_out(actor, case, act, words=Words(note), seen_version=seen_version)


def withdraw(
    actor: Actor, *, case: int, note: str, occurred_at: datetime | None = None, seen_version: int | None = None
) -> Change:
    """The buyer takes the case back. Final. What they should have been warned of stands in the event."""
    at = occurred_at or clock.now()
    act = Act(verb=Verb.WITHDRAW, occurred_at=at, party=Party.BUYER)

    def warn(before: Case, act: Act) -> Act:
        return replace(act, warnings=warnings(before, surroundings(case), at) or None)

    return carry_out(actor, case, act, words=Words(note), seen_version=seen_version, prepare=warn)


def reopen(actor: Actor, *, case: int, note: str, seen_version: int | None = None) -> Change:
    """Look at a closed case again; its next decision needs a second person."""
    act = Act(verb=Verb.REOPEN, occurred_at=clock.now())
    return carry_out(actor, case, act, words=Words(note), seen_version=seen_version)


def close(actor: Actor, *, case: int, seen_version: int | None = None) -> Change:
    """Nothing is left to do: the refund is confirmed or none is due, and no appeal is possible any more."""
    act = Act(verb=Verb.CLOSE, occurred_at=clock.now())
    return carry_out(actor, case, act, seen_version=seen_version, prepare=_close_as)


def _close_as(case: Case, act: Act) -> Act:
    return replace(act, closed_as=closed_as(case))
