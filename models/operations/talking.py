"""What is said in a case: acts of the parties that we write down, our messages to them, notes among ourselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from models import clock
from models.actor import Actor
from models.operations.change import Change, Words, carry_out
from models.rules.act import Act, Verb
from models.rules.case import Case
from models.rules.talks import accepted_offer
from models.vocabulary import Audience, Party, PartyAct, Remedy


def respond(
    actor: Actor,
    *,
    case: int,
    party: Party,
    move: PartyAct,
    offer: int | None = None,
    amount_minor: int | None = None,
    remedy: Remedy | None = None,
    text: str = "",
    occurred_at: datetime | None = None,
    seen_version: int | None = None,
) -> Change:
    """Record one of the eight acts of the parties, on the party's behalf; `occurred_at` is when the party acted."""
    act = Act(
        verb=Verb.RESPOND,
        occurred_at=occurred_at or clock.now(),
        party=party,
        move=move,
        offer_number=offer,
        amount_minor=amount_minor,
        remedy=remedy,
    )
    words = Words(text, author=party, audience=Audience.BOTH)
    return carry_out(actor, case, act, words=words, seen_version=seen_version, prepare=name_offer)


def note(actor: Actor, *, case: int, text: str, seen_version: int | None = None) -> Change:
    """A note among ourselves; it starts and stops nothing."""
    act = Act(verb=Verb.NOTE, occurred_at=clock.now())
    return carry_out(actor, case, act, words=Words(text), seen_version=seen_version)


def message(actor: Actor, *, case: int, audience: Audience, text: str, seen_version: int | None = None) -> Change:
    """A message of ours to the buyer, the seller or both; it waits for whatever sends it."""
    act = Act(verb=Verb.MESSAGE, occurred_at=clock.now())
    return carry_out(actor, case, act, words=Words(text, audience=audience), seen_version=seen_version)


def name_offer(case: Case, act: Act) -> Act:
    """What an event says must not depend on a later reading: an acceptance names its offer, a remedy its amount."""
    if act.move is PartyAct.ACCEPT and act.offer_number is None and act.party in (Party.BUYER, Party.SELLER):
        offer = accepted_offer(case, act)
        return replace(act, offer_number=offer.number) if offer else act
    if act.verb is Verb.PROPOSE or act.move in (PartyAct.OFFER, PartyAct.REQUEST):
        remedy = act.remedy or _remedy_of(case, act)
        amount = act.amount_minor
        if amount is None and remedy in (Remedy.FULL_REFUND, Remedy.RETURN_AND_REFUND):
            amount = case.refundable_minor
        return replace(act, remedy=remedy, amount_minor=amount)
    return act


def _remedy_of(case: Case, act: Act) -> Remedy:
    """What an amount alone means: a part of the money, all of it, or the claim's own remedy."""
    amount, most = act.amount_minor, case.refundable_minor
    if amount is not None and 0 < amount < most:
        return Remedy.PARTIAL_REFUND
    is_all = amount is not None and amount == most and case.remedy is Remedy.PARTIAL_REFUND
    return Remedy.FULL_REFUND if is_all else case.remedy
