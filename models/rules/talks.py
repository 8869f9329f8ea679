"""Talks between the parties: offers in lanes, whose answer is awaited, and when a case may leave them."""

from __future__ import annotations

from datetime import datetime, timedelta

from models.rules import asking
from models.rules.act import Act
from models.rules.case import EXPIRED, Case, Offer, pause_of
from models.rules.clocks import KINDS, Clock
from models.rules.policy import policy
from models.rules.policy_in_time import by_policy
from models.vocabulary import Ball, ClockKind, Party, PartyAct, Remedy, State

STATES = frozenset({State.AWAITING_SELLER, State.NEGOTIATION})
HEARD = STATES | {State.IN_REVIEW, State.AWAITING_PARTY}
"""Where a party is heard, and an offer can be accepted."""
MOVES: dict[Party, tuple[PartyAct, ...]] = {
    Party.SELLER: (PartyAct.ACCEPT, PartyAct.OFFER, PartyAct.REJECT, PartyAct.REPLY),
    Party.BUYER: (PartyAct.ACCEPT, PartyAct.REQUEST, PartyAct.DECLINE, PartyAct.REPLY),
}
"""The eight acts of the parties."""
CLOCK_OF = {Party.BUYER: ClockKind.BUYER_REPLY, Party.SELLER: ClockKind.SELLER_RESPONSE}
"""The promise to answer of each party."""
OF_PARTIES = (*CLOCK_OF.values(), ClockKind.NEGOTIATION_CAP)
"""What the parties promise while they talk."""
ASKS = frozenset({PartyAct.OFFER, PartyAct.REQUEST, PartyAct.REPLY})
"""What awaits an answer."""
OTHER = {Party.BUYER: Party.SELLER, Party.SELLER: Party.BUYER}


def add_offer(
    case: Case, lane: Party, remedy: Remedy, amount_minor: int, made_at: datetime, *, expires_at: datetime | None
) -> Offer:
    """A new version in the lane; it supersedes the lane's last."""
    version = 1
    for earlier in case.offers:
        if earlier.lane is lane:
            version = earlier.version + 1
            if not earlier.ended or earlier.is_live(made_at):
                earlier.ended = "superseded"
    offer = Offer(len(case.offers) + 1, lane, version, remedy, amount_minor, made_at, expires_at)
    case.offers.append(offer)
    return offer


def accepted_offer(case: Case, act: Act) -> Offer | None:
    """The offer that an `accept` names; without a number, the one that stands, if only one does."""
    if act.offer_number is not None:
        return next((offer for offer in case.offers if offer.number == act.offer_number), None)
    standing = standing_offers(case, act)
    return standing[0] if len(standing) == 1 else None


def standing_offers(case: Case, act: Act) -> list[Offer]:
    """What the party could accept: the other party's live version, and the platform's."""
    assert act.party is not None
    lanes = (OTHER[act.party], Party.PLATFORM)
    return [offer for lane in lanes if (offer := case.live_offer(lane, act.occurred_at)) is not None]


def answer(case: Case, act: Act, recorded_at: datetime) -> None:
    """A party's act: it answers what the other side awaited, and may ask for an answer in turn."""
    assert act.party is not None and act.move is not None
    party, at = act.party, act.occurred_at
    _answer_asks(case, party, at, recorded_at)
    case.acted_at[party] = max(at, case.acted_at.get(party, at))
    if party is Party.SELLER and case.responded_at is None:
        case.responded_at = at
    if act.move in (PartyAct.OFFER, PartyAct.REQUEST):
        expires_at = at + policy(case.policy_version).offer_lives
        add_offer(case, party, act.remedy or case.remedy, act.amount_minor or 0, at, expires_at=expires_at)
    elif act.move in (PartyAct.REJECT, PartyAct.DECLINE):
        _refuse(case, party, at)
    if case.state in STATES:
        _go_on(case, act, recorded_at)
    question = case.open_question()
    if question is not None and question.party is party and at >= question.asked_at:
        asking.end(case, "answered", at, recorded_at)


def _answer_asks(case: Case, party: Party, at: datetime, recorded_at: datetime) -> None:
    """An act answers what came before it. One that is written down late answers nothing that came after it."""
    case.asks[party] = [asked_at for asked_at in case.asks.get(party, ()) if asked_at > at]
    clock = case.running(CLOCK_OF[party])
    is_first_answer = party is Party.SELLER and case.responded_at is None
    if clock is not None and (is_first_answer or at >= clock.started_at):
        clock.stop(at, recorded_at)
        if party is Party.SELLER:
            give_cap_back(case, at)


def _refuse(case: Case, party: Party, at: datetime) -> None:
    case.refused_at[party] = at
    for lane in (OTHER[party], Party.PLATFORM):
        refused = case.live_offer(lane, at)
        if refused is not None and refused.expires_at is not None:
            refused.ended = "declined"


def _go_on(case: Case, act: Act, recorded_at: datetime) -> None:
    assert act.party is not None
    other, at = OTHER[act.party], act.occurred_at
    if act.party is Party.SELLER:
        case.state = State.NEGOTIATION
    if act.move in ASKS and at >= case.acted_at.get(other, at):
        case.asks.setdefault(other, []).append(at)
        if act.move is PartyAct.OFFER:
            _promise_reply(case, at, recorded_at)
    _promise_answer(case, recorded_at)
    awaited = {party: min(asked_at) for party, asked_at in case.asks.items() if asked_at}
    if awaited:
        case.ball = Ball(min(awaited, key=lambda party: awaited[party]))
    elif case.state is State.NEGOTIATION:
        case.ball = Ball.BUYER


def _promise_answer(case: Case, recorded_at: datetime) -> None:
    """Once the seller has answered, their time runs from the oldest act of the buyer that they have not."""
    asked_at = min(case.asks.get(Party.SELLER, ()), default=None)
    if asked_at is None or case.state is not State.NEGOTIATION or case.running(ClockKind.SELLER_RESPONSE):
        return
    terms = policy(case.policy_version).next_answer
    case.promise(ClockKind.SELLER_RESPONSE, asked_at, recorded_at, terms=terms)
    move_cap(case)


def _promise_reply(case: Case, at: datetime, recorded_at: datetime) -> None:
    """The buyer's time to reply is that of the offer; a newer offer brings its own."""
    earlier = case.running(ClockKind.BUYER_REPLY)
    if earlier is not None:
        if at < earlier.started_at:
            return
        earlier.cut(at)
    case.promise(ClockKind.BUYER_REPLY, at, recorded_at)


def move_cap(case: Case) -> None:
    """Talks last at least as long as the seller's running time: due = max(open + 10 d, the running seller due)."""
    cap, seller = case.running(ClockKind.NEGOTIATION_CAP), case.running(ClockKind.SELLER_RESPONSE)
    if cap is not None:
        own = cap.with_pauses(_cap_at(cap))
        cap.due_at = max(own, cap.due_at if seller is None else seller.due_at)


def give_cap_back(case: Case, at: datetime) -> None:
    """The seller's time ended at `at`: the cap no longer waits for it, and is never moved before that instant."""
    cap = case.running(ClockKind.NEGOTIATION_CAP)
    if cap is not None:
        cap.due_at = max(cap.with_pauses(_cap_at(cap)), min(cap.due_at, at))


def _cap_at(cap: Clock) -> datetime:
    """What the cap promised by itself; kept, because the seller's time moves its due instant to and fro."""
    cap.promised_at = cap.promise
    return cap.promised_at


def leave(case: Case, at: datetime, recorded_at: datetime) -> None:
    """The case leaves talks: the parties' running clocks end here, missed if already late, else cancelled."""
    for clock in case.clocks:
        if clock.end is None and KINDS[clock.kind].is_talks:
            if clock.kind is ClockKind.NEGOTIATION_CAP:
                clock.stop(at, recorded_at)
            else:
                clock.cut(at)
    case.asks.clear()


def may_escalate_by_time_at(case: Case) -> datetime | None:
    """max(seller due, notified + 5 d); None outside talks, before the seller was told, and while that is on hold."""
    if case.state not in STATES or case.notified_at is None:
        return None
    return _after_seller(case, by_policy(case, case.notified_at, lambda rules: rules.may_escalate_after))


def _after_seller(case: Case, at: datetime) -> datetime | None:
    """`at`, but not before the seller's time is up; None while that stands still and nobody knows until when."""
    seller = case.latest(ClockKind.SELLER_RESPONSE)
    if seller is None:
        return at
    return None if seller.is_held else max(at, seller.due_at)


def may_escalate_at(case: Case) -> datetime | None:
    """From when somebody may ask the platform to step in: by time, or at once after a rejection or decline.

    While an offer waits for the buyer it is the instant at which that expires.
    """
    at = may_escalate_by_time_at(case)
    if at is None:
        return None
    if case.refused_at:
        at = min(at, *case.refused_at.values())
    waits_until = offer_waits_until(case)
    return at if waits_until is None else max(at, waits_until)


def auto_escalate_at(case: Case) -> datetime | None:
    """When the platform steps in by itself: at the seller's silence or at the end of talks, whichever comes first.

    Never before the seller has had the policy's least time from the notification. None outside talks, before the
    seller was told, and while a hold lets that stand still.
    """
    told_at = case.notified_at or case.responded_at
    if case.state not in STATES or told_at is None:
        return None
    cap = case.running(ClockKind.NEGOTIATION_CAP)
    ends_at = None if cap is None or cap.is_held else cap.due_at
    at = min((each for each in (silence_at(case), ends_at) if each is not None), default=None)
    if at is None:
        return None
    at = max(at, as_talks_count(case, by_policy(case, told_at, lambda rules: rules.seller_has_at_least)))
    return None if _stands_still(case, at) else at


def silence_at(case: Case) -> datetime | None:
    """From when a seller who owes an answer counts as silent: max(seller due, notified + 7 d), holds not counted.

    Where nothing was promised, or the promise was waived, no silence breaks it; the end of talks comes all the same.
    """
    seller = case.running(ClockKind.SELLER_RESPONSE)
    if case.state not in STATES or case.notified_at is None or seller is None or seller.is_held:
        return None
    at = by_policy(case, case.notified_at, lambda rules: rules.auto_escalate_after)
    return max(seller.due_at, as_talks_count(case, at))


def as_talks_count(case: Case, at: datetime) -> datetime:
    """`at`, later by what the talks stood still until then."""
    cap = case.running(ClockKind.NEGOTIATION_CAP)
    return at if cap is None else cap.with_pauses(at)


def offer_waits_until(case: Case) -> datetime | None:
    """When the offer that stands before the buyer expires, by its own date, whether that has passed or not."""
    if case.state not in STATES:
        return None
    waiting = (offer for offer in case.offers if offer.lane is not Party.BUYER and offer.ended in ("", EXPIRED))
    return max((offer.expires_at for offer in waiting if offer.expires_at), default=None)


def expiring(case: Case) -> tuple[datetime, Offer] | None:
    """The offer that expires first, and when: by its own date, or where the buyer's time to reply to it ran out.

    None where none stands that could be accepted, and while a hold lets the parties' time stand still.
    """
    if case.state not in HEARD:
        return None
    ends = [(_expires_at(case, offer), offer) for offer in case.offers if not offer.ended]
    known = [(at, offer) for at, offer in ends if at is not None and not _stands_still(case, at)]
    return min(known, key=lambda each: each[0], default=None)


def expire(case: Case, act: Act, recorded_at: datetime) -> None:
    """Nobody accepted it. The buyer still owes the reply that was promised, until they act or the talks end."""
    offer = next(each for each in case.offers if each.number == act.offer_number)
    assert offer.expires_at is not None
    offer.ended, offer.expires_at = EXPIRED, min(offer.expires_at, act.occurred_at)


def _expires_at(case: Case, offer: Offer) -> datetime | None:
    reply = _reply_to(case, offer)
    if offer.expires_at is None or reply is None or reply.is_held:
        return offer.expires_at
    return min(offer.expires_at, reply.due_at)


def _reply_to(case: Case, offer: Offer) -> Clock | None:
    """The buyer's running time to reply to this offer."""
    reply = case.running(ClockKind.BUYER_REPLY)
    is_its_own = reply is not None and offer.lane is Party.SELLER and reply.started_at == offer.made_at
    return reply if is_its_own else None


def _stands_still(case: Case, at: datetime) -> bool:
    is_paused = case.hold is not None and pause_of(case.hold, ClockKind.BUYER_REPLY) is not None
    return is_paused and case.held_at is not None and case.held_at < at


def prolong(case: Case, by: timedelta, since: datetime | None = None) -> None:
    """Offers live on as the buyer's time to reply does: after a hold that began at `since` all that stood then,
    after an extension the one that the buyer has more time for, even where it had expired.
    """
    for offer in case.offers:
        if offer.expires_at is None or offer.ended not in ("", EXPIRED):
            continue
        if _reply_to(case, offer) is not None if since is None else offer.expires_at > since and not offer.ended:
            offer.expires_at += by
            offer.ended = ""
