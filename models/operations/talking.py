"""What is said in a case: acts of the parties that we write down, our messages to them, notes among ourselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from models import clock
from models.actor import Actor
from models.operations import notices
from models.operations.change import Change, Words, carry_out, check_possible
from models.operations.notices import Letter
from models.rules.act import Act, Verb
from models.rules.case import Case
from models.rules.talks import accepted_offer
from models.rules.templates import check_filled
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
    translation: str = "",
    occurred_at: datetime | None = None,
    seen_version: int | None = None,
) -> Change:
    """Record one of the eight acts of the parties, on the party's behalf; `occurred_at` is when the party acted.

    `translation` is the text in a language that the desk reads; what the party wrote is always the text.
    """
    act = Act(
        verb=Verb.RESPOND,
        occurred_at=occurred_at or clock.now(),
        party=party,
        move=move,
        offer_number=offer,
        amount_minor=amount_minor,
        remedy=remedy,
    )
    words = Words(text, author=party, audience=Audience.BOTH, translation=translation)
    return carry_out(
        actor, case, act, words=words, seen_version=seen_version, prepare=name_offer, record=notices.goes_back
    )


def note(actor: Actor, *, case: int, text: str, seen_version: int | None = None) -> Change:
    """A note among ourselves; it starts and stops nothing."""
    act = Act(verb=Verb.NOTE, occurred_at=clock.now())
    return carry_out(actor, case, act, words=Words(text), seen_version=seen_version)


def message(
    actor: Actor,
    *,
    case: int,
    audience: Audience,
    text: str = "",
    template: str = "",
    seen_version: int | None = None,
) -> Change:
    """A message of ours to buyer, seller or both, written or from a template; it waits for whatever sends it."""
    if template:
        check_possible(actor, case, Verb.MESSAGE)
        letters = notices.from_template(case, template, audience)
    else:
        check_filled(text)
        letters = tuple(Letter(side, text) for side in notices.SIDES[audience])
    first = letters[0] if letters else Letter(audience, text)
    words = Words(first.text, audience=audience, language=first.language)

    def send(change: Change) -> None:
        notices.put(case, letters, change.act.by, change.act.occurred_at)

    act = Act(verb=Verb.MESSAGE, occurred_at=clock.now())
    return carry_out(actor, case, act, words=words, seen_version=seen_version, record=send)


def automatic_reply(
    actor: Actor,
    *,
    case: int,
    party: Party,
    text: str,
    translation: str = "",
    occurred_at: datetime | None = None,
) -> Change:
    """A machine of the party's answered: it is kept and marked, and starts and stops nothing."""
    act = Act(verb=Verb.MESSAGE, occurred_at=occurred_at or clock.now(), party=party, is_automatic=True)
    words = Words(text, author=party, audience=Audience.BOTH, translation=translation, is_automatic=True)
    return carry_out(actor, case, act, words=words)


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
