"""Offers: versions in lanes, and what an acceptance accepts."""

from __future__ import annotations

from typing import Any

import pytest

from models.errors import Refused
from models.rules.act import Verb
from models.vocabulary import Outcome, Party, PartyAct, Payer, Remedy, State
from tests.rules.story import SECOND, Story, day, in_review


def refusal_of(story: Story, move: PartyAct, days: float, party: str = "buyer", **facts: Any) -> Refused:
    with pytest.raises(Refused) as refusal:
        getattr(story, party)(move, day(days), **facts)
    return refusal.value


def test_the_claim_is_the_buyers_first_offer() -> None:
    (offer,) = Story().case.offers
    assert (offer.number, offer.lane, offer.amount_minor, offer.expires_at) == (1, Party.BUYER, 10_000, None)


def test_a_new_version_supersedes_the_lanes_last() -> None:
    case = Story().seller(PartyAct.OFFER, day(1)).seller(PartyAct.OFFER, day(2), amount_minor=6_000).case
    assert [(offer.lane, offer.version, offer.ended) for offer in case.offers] == [
        (Party.BUYER, 1, ""),
        (Party.SELLER, 1, "superseded"),
        (Party.SELLER, 2, ""),
    ]


def test_accepting_without_a_number_takes_the_live_one() -> None:
    case = Story().seller(PartyAct.OFFER, day(1)).buyer(PartyAct.ACCEPT, day(2)).case
    assert (case.state, case.outcome, case.refund_minor, case.payer) == (
        State.RESOLVED,
        Outcome.PARTIAL_REFUND,
        4_000,
        Payer.SELLER,
    )
    assert (case.decided_at, case.decided_by, case.is_ruled) == (day(2), "", False)


def test_the_seller_accepts_the_claim() -> None:
    case = Story().seller(PartyAct.ACCEPT, day(1)).case
    assert (case.outcome, case.refund_minor) == (Outcome.FULL_REFUND, 10_000)


def test_a_stale_version_is_refused_with_the_difference_and_changes_nothing() -> None:
    story = Story().seller(PartyAct.OFFER, day(1)).seller(PartyAct.OFFER, day(2), amount_minor=6_000)
    refusal = refusal_of(story, PartyAct.ACCEPT, 2, offer_number=2)
    assert refusal.rule == "stale_offer"
    assert "60.00 USD" in str(refusal) and "40.00 USD" in str(refusal)
    assert story.case.state is State.NEGOTIATION


def test_an_offer_can_be_accepted_up_to_the_instant_it_expires() -> None:
    def offered() -> Story:
        return Story().seller(PartyAct.OFFER, day(1))

    assert offered().buyer(PartyAct.ACCEPT, day(4)).case.state is State.RESOLVED
    with pytest.raises(Refused):
        offered().buyer(PartyAct.ACCEPT, day(4) + SECOND)
    assert offered().buyer(PartyAct.ACCEPT, day(3), recorded_at=day(9)).case.state is State.RESOLVED


def test_an_offer_can_be_accepted_after_a_counter_request() -> None:
    story = Story().seller(PartyAct.OFFER, day(1)).buyer(PartyAct.REQUEST, day(2), amount_minor=8_000)
    assert story.buyer(PartyAct.ACCEPT, day(3)).case.refund_minor == 4_000


def test_an_offer_is_not_accepted_before_it_was_made() -> None:
    story = Story().seller(PartyAct.OFFER, day(3))
    assert refusal_of(story, PartyAct.ACCEPT, 2, offer_number=2, recorded_at=day(4)).rule == "stale_offer"


def test_nobody_accepts_their_own_offer() -> None:
    story = Story().seller(PartyAct.OFFER, day(1))
    assert refusal_of(story, PartyAct.ACCEPT, 2, offer_number=1).rule == "offer"
    assert refusal_of(story, PartyAct.ACCEPT, 2, offer_number=9).rule == "offer"


def test_a_declined_offer_no_longer_stands() -> None:
    story = Story().seller(PartyAct.OFFER, day(1)).buyer(PartyAct.DECLINE, day(2))
    assert story.case.offers[-1].ended == "declined"
    assert refusal_of(story, PartyAct.ACCEPT, 2).rule == "offer"


def test_a_rejection_leaves_the_claim_to_be_accepted_later() -> None:
    assert Story().seller(PartyAct.REJECT, day(1)).seller(PartyAct.ACCEPT, day(2)).case.state is State.RESOLVED


def test_an_acceptance_in_review_makes_an_agreement() -> None:
    story = in_review().seller(PartyAct.OFFER, day(7)).buyer(PartyAct.ACCEPT, day(8))
    assert (story.case.state, story.case.refund_minor, story.case.is_ruled) == (State.RESOLVED, 4_000, False)


def test_an_agreed_return_waits_for_the_goods() -> None:
    story = Story().seller(PartyAct.OFFER, day(1), remedy=Remedy.RETURN_AND_REFUND, amount_minor=10_000)
    case = story.buyer(PartyAct.ACCEPT, day(2)).case
    assert (case.state, case.ball, case.ended_at) == (State.AWAITING_RETURN, "buyer", None)


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"amount_minor": 10_001}, "amount"),
        ({"amount_minor": -1}, "amount"),
        ({"amount_minor": None}, "amount"),
        ({"amount_minor": 10_000}, "amount"),
        ({"amount_minor": 0}, "amount"),
        ({"remedy": Remedy.FULL_REFUND, "amount_minor": 9_999}, "amount"),
        ({"remedy": None}, "remedy"),
    ],
)
def test_an_unsound_offer_is_refused_by_name(facts: dict[str, Any], rule: str) -> None:
    assert refusal_of(Story(), PartyAct.OFFER, 1, "seller", **facts).rule == rule


def test_a_return_is_offered_only_where_goods_can_go_back() -> None:
    story = Story(reason="not_received/lost")
    assert refusal_of(story, PartyAct.OFFER, 1, "seller", remedy=Remedy.RETURN_AND_REFUND).rule == "remedy"


@pytest.mark.parametrize("move", [PartyAct.REJECT, PartyAct.DECLINE, PartyAct.REPLY])
def test_a_refusal_or_reply_has_words(move: PartyAct) -> None:
    story = Story().seller(PartyAct.OFFER, day(1))
    party = Party.BUYER if move is PartyAct.DECLINE else Party.SELLER
    with pytest.raises(Refused) as refusal:
        story.do(Verb.RESPOND, day(1), party=party, move=move)
    assert refusal.value.rule == "text"


@pytest.mark.parametrize("move", [PartyAct.ACCEPT, PartyAct.DECLINE])
def test_until_the_seller_answers_the_buyer_can_only_ask(move: PartyAct) -> None:
    assert refusal_of(Story(), move, 1).rule == "state"


@pytest.mark.parametrize(
    ("told", "ball"),
    [
        ([], "seller"),
        ([("seller", PartyAct.REPLY, 1)], "buyer"),
        ([("seller", PartyAct.OFFER, 1), ("buyer", PartyAct.REQUEST, 2)], "seller"),
        ([("seller", PartyAct.OFFER, 1), ("buyer", PartyAct.DECLINE, 2)], "buyer"),
        ([("seller", PartyAct.REJECT, 1)], "buyer"),
        # Both wait: the oldest unanswered act decides.
        ([("buyer", PartyAct.REQUEST, 1), ("seller", PartyAct.REPLY, 2), ("buyer", PartyAct.REPLY, 3)], "seller"),
    ],
)
def test_the_ball_is_with_the_party_that_has_the_oldest_act_to_answer(told: list[Any], ball: str) -> None:
    story = Story()
    for party, move, days in told:
        getattr(story, party)(move, day(days))
    assert story.case.ball == ball
