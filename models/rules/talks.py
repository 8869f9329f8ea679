"""Talks between the parties: offers in lanes, whose answer is awaited, and when a case may leave them."""

from __future__ import annotations

from datetime import datetime

from models.rules.act import Act
from models.rules.case import Case, Offer
from models.rules.clocks import KINDS
from models.rules.policy import policy
from models.vocabulary import Ball, ClockKind, Party, PartyAct, Remedy, State

STATES = frozenset({State.AWAITING_SELLER, State.NEGOTIATION})
MOVES: dict[Party, tuple[PartyAct, ...]] = {
    Party.SELLER: (PartyAct.ACCEPT, PartyAct.OFFER, PartyAct.REJECT, PartyAct.REPLY),
    Party.BUYER: (PartyAct.ACCEPT, PartyAct.REQUEST, PartyAct.DECLINE, PartyAct.REPLY),
}
"""The eight acts of the parties."""
OTHER = {Party.BUYER: Party.SELLER, Party.SELLER: Party.BUYER}


def add_offer(
    case: Case, lane: Party, remedy: Remedy, amount_minor: int, made_at: datetime, *, expires_at: datetime | None
) -> Offer:
    """A new version in the lane; it supersedes the lane's last."""
    version = 1
    for earlier in case.offers:
        if earlier.lane is lane:
            version = earlier.version + 1
            earlier.ended = earlier.ended or "superseded"
    offer = Offer(len(case.offers) + 1, lane, version, remedy, amount_minor, made_at, expires_at)
    case.offers.append(offer)
    return offer


def accepted_offer(case: Case, act: Act) -> Offer | None:
    """The offer that an `accept` names; without a number, the live one in the other party's lane."""
    if act.offer_number is not None:
        return next((offer for offer in case.offers if offer.number == act.offer_number), None)
    assert act.party is not None
    return case.live_offer(OTHER[act.party], act.occurred_at)


def answer(case: Case, act: Act, recorded_at: datetime) -> None:
    """A party's act: it answers what the other side awaited, and may ask for an answer in turn."""
    assert act.party is not None and act.move is not None
    party, at = act.party, act.occurred_at
    case.awaited_since.pop(party, None)
    _stop(case, ClockKind.SELLER_RESPONSE if party is Party.SELLER else ClockKind.BUYER_REPLY, at, recorded_at)
    if party is Party.SELLER and case.responded_at is None:
        case.responded_at = at
    if act.move in (PartyAct.OFFER, PartyAct.REQUEST):
        expires_at = at + policy(case.policy_version).offer_lives
        add_offer(case, party, act.remedy or case.remedy, act.amount_minor or 0, at, expires_at=expires_at)
    elif act.move in (PartyAct.REJECT, PartyAct.DECLINE):
        _refuse(case, party, at)
    if case.state in STATES:
        _go_on(case, act, recorded_at)


def _refuse(case: Case, party: Party, at: datetime) -> None:
    case.refused_at[party] = at
    refused = case.live_offer(OTHER[party], at)
    if refused is not None and refused.expires_at is not None:
        refused.ended = "declined"


def _go_on(case: Case, act: Act, recorded_at: datetime) -> None:
    assert act.party is not None
    if act.party is Party.SELLER:
        case.state = State.NEGOTIATION
    asks = act.move in (PartyAct.OFFER, PartyAct.REQUEST, PartyAct.REPLY)
    if asks:
        _await(case, OTHER[act.party], act, recorded_at)
    if case.awaited_since:
        case.ball = Ball(min(case.awaited_since, key=lambda party: case.awaited_since[party]))
    elif case.state is State.NEGOTIATION:
        case.ball = Ball.BUYER


def _await(case: Case, party: Party, act: Act, recorded_at: datetime) -> None:
    case.awaited_since.setdefault(party, act.occurred_at)
    since, rules = case.awaited_since[party], policy(case.policy_version)
    if party is Party.SELLER:
        if case.state is State.NEGOTIATION and case.running(ClockKind.SELLER_RESPONSE) is None:
            due_at = since + rules.seller_response_again
            case.start(ClockKind.SELLER_RESPONSE, since, due_at, recorded_at)
            move_cap(case)
    elif act.move is PartyAct.OFFER and case.running(ClockKind.BUYER_REPLY) is None:
        case.start(ClockKind.BUYER_REPLY, since, since + rules.clocks[ClockKind.BUYER_REPLY], recorded_at)


def move_cap(case: Case) -> None:
    """Talks last at least as long as the seller's running time: due = max(open + 10 d, the running seller due)."""
    cap, seller = case.running(ClockKind.NEGOTIATION_CAP), case.running(ClockKind.SELLER_RESPONSE)
    if cap is not None and seller is not None:
        cap.due_at = max(case.opened_at + policy(case.policy_version).clocks[ClockKind.NEGOTIATION_CAP], seller.due_at)


def leave(case: Case, at: datetime, recorded_at: datetime) -> None:
    """The case leaves talks: the parties' running clocks end here, missed if already late, else cancelled."""
    for clock in case.clocks:
        if clock.is_running and KINDS[clock.kind].is_talks:
            if clock.kind is ClockKind.NEGOTIATION_CAP:
                clock.stop(at, recorded_at)
            else:
                clock.cut(at)
    case.awaited_since.clear()


def may_escalate_by_time_at(case: Case) -> datetime | None:
    """max(seller due, notified + 5 d); None outside talks and before the seller was told."""
    if case.state not in STATES or case.notified_at is None:
        return None
    at = case.notified_at + policy(case.policy_version).may_escalate_after
    seller = case.latest(ClockKind.SELLER_RESPONSE)
    return at if seller is None else max(at, seller.due_at)


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
    """When silence makes the escalation automatic; the seller never has less than the whole window."""
    if case.state not in STATES or case.notified_at is None:
        return None
    at = case.notified_at + policy(case.policy_version).auto_escalate_after
    seller = case.latest(ClockKind.SELLER_RESPONSE)
    return at if seller is None else max(at, seller.due_at)


def offer_waits_until(case: Case) -> datetime | None:
    """When the offer that stands before the buyer expires, by its own date, whether that has passed or not."""
    if case.state not in STATES:
        return None
    waiting = (offer for offer in case.offers if offer.lane is not Party.BUYER and not offer.ended)
    return max((offer.expires_at for offer in waiting if offer.expires_at), default=None)


def _stop(case: Case, kind: ClockKind, at: datetime, recorded_at: datetime) -> None:
    clock = case.running(kind)
    if clock is not None:
        clock.stop(at, recorded_at)
