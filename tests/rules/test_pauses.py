"""Clocks that stand still: only time that counted is given back, once, and never more than is allowed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from models.rules.act import Verb
from models.rules.clocks import Clock
from models.rules.pauses import Why
from models.vocabulary import ClockEnd, ClockKind, Hold, Party, PartyAct, Remedy, State
from tests.rules.story import SECOND, SUE, Story, day, in_review, verdict_of

AT_MOST = timedelta(hours=72)


def a_clock(kind: ClockKind = ClockKind.REVIEW) -> Clock:
    """Runs from day 0 to day 5."""
    return Clock(1, kind, day(0), day(5), False, day(0))


def test_a_pause_moves_the_due_instant_by_what_it_lasted() -> None:
    clock = a_clock()
    clock.pause(Why.PARTY, day(2), at_most=AT_MOST)
    assert clock.due_at == day(8), "with all that is allowed"
    assert clock.standing(day(3)) == "paused"
    clock.resume(Why.PARTY, day(3))
    assert clock.due_at == day(6)
    assert clock.standing(day(3)) == "running"


def test_pauses_for_parties_are_bounded_in_all() -> None:
    clock = a_clock()
    clock.pause(Why.PARTY, day(1), at_most=AT_MOST)
    clock.resume(Why.PARTY, day(3))
    clock.pause(Why.PARTY, day(4), at_most=AT_MOST)
    assert (clock.is_paused(day(4.9)), clock.is_paused(day(5))) == (True, False), "one day is left of three"
    clock.resume(Why.PARTY, day(7))
    assert clock.due_at == day(8)
    clock.pause(Why.PARTY, day(7), at_most=AT_MOST)
    clock.resume(Why.PARTY, day(7.5))
    assert clock.due_at == day(8)


def test_overlapping_pauses_are_merged_before_they_count() -> None:
    clock = a_clock()
    clock.pause(Why.PARTY, day(1), at_most=AT_MOST)
    clock.pause(Why.LEGAL, day(2))
    clock.resume(Why.PARTY, day(3))
    clock.resume(Why.LEGAL, day(4))
    assert clock.due_at == day(8), "from day 1 to day 4"


def test_time_that_had_run_out_is_not_given_back() -> None:
    clock = a_clock()
    clock.pause(Why.LEGAL, day(6))
    assert clock.standing(day(7)) == "breached"
    clock.resume(Why.LEGAL, day(8))
    assert (clock.due_at, clock.is_breached(day(9))) == (day(5), True)


def test_a_hold_has_no_end_until_it_is_lifted() -> None:
    clock = a_clock()
    clock.pause(Why.LEGAL, day(4))
    assert (clock.is_held, clock.is_overdue(day(50)), clock.is_breached(day(50))) == (True, False, False)
    clock.resume(Why.LEGAL, day(20))
    assert (clock.due_at, clock.is_held) == (day(21), False)


def test_what_ends_a_paused_clock_closes_its_pause_first() -> None:
    kept, dropped = a_clock(), a_clock()
    for clock in (kept, dropped):
        clock.pause(Why.LEGAL, day(4))
    kept.stop(day(6), day(6))
    dropped.cut(day(6))
    for clock, end in ((kept, ClockEnd.MET), (dropped, ClockEnd.CANCELLED)):
        assert (clock.end, clock.due_at, clock.pauses[0].ended_at) == (end, day(7), day(6))


def test_an_ask_pauses_the_review_alone_and_runs_the_partys_own_clock() -> None:
    story = in_review()
    due, resolution = story.clock(ClockKind.REVIEW).due_at, story.clock(ClockKind.RESOLUTION).due_at
    story.do(Verb.ASK, day(7), party=Party.BUYER, items=1, note=True)
    assert (story.case.state, story.case.ball) == (State.AWAITING_PARTY, "buyer")
    assert story.clock(ClockKind.INFO).due_at == day(10)
    story.do(Verb.ANSWER, day(8), party=Party.BUYER, note=True)
    assert (story.case.state, story.case.ball) == (State.IN_REVIEW, "platform")
    assert story.clock(ClockKind.REVIEW).due_at == due + timedelta(days=1)
    assert story.clock(ClockKind.RESOLUTION).due_at == resolution
    assert story.clock(ClockKind.INFO).end is ClockEnd.MET
    assert story.replayed() == story.case


def test_silence_lapses_only_after_the_due_instant() -> None:
    story = in_review().do(Verb.ASK, day(7), party=Party.SELLER, items=1, due_at=day(9), note=True)
    assert story.sweep(day(9)) == []
    assert story.sweep(day(9) + SECOND) == ["lapse"]
    assert story.case.questions[-1].ended_as == "lapsed"
    assert story.clock(ClockKind.INFO).end is ClockEnd.MISSED
    assert story.case.state is State.IN_REVIEW


def test_a_partys_act_answers_what_it_was_asked_and_nobody_elses() -> None:
    story = in_review().do(Verb.ASK, day(7), party=Party.SELLER, items=1, note=True)
    story.buyer(PartyAct.REPLY, day(7.5))
    assert story.case.state is State.AWAITING_PARTY
    story.seller(PartyAct.REPLY, day(8))
    assert (story.case.state, story.case.questions[-1].ended_as) == (State.IN_REVIEW, "answered")


def test_a_legal_hold_stops_every_clock_and_an_outage_the_parties_alone() -> None:
    for why, held in (
        (Hold.LEGAL, {ClockKind.RESOLUTION, ClockKind.SELLER_RESPONSE, ClockKind.NEGOTIATION_CAP}),
        (Hold.OUTAGE, {ClockKind.SELLER_RESPONSE, ClockKind.NEGOTIATION_CAP}),
        (Hold.RISK, set()),
    ):
        story = Story().do(Verb.HOLD, day(1), actor=SUE, hold=why, note=True)
        assert {clock.kind for clock in story.case.clocks if clock.is_held} == held
        story.do(Verb.UNHOLD, day(4), actor=SUE)
        assert story.clock(ClockKind.SELLER_RESPONSE).due_at == day(8 if held else 5)
        assert story.clock(ClockKind.NEGOTIATION_CAP).due_at == day(13 if held else 10)
        assert story.clock(ClockKind.RESOLUTION).due_at == day(18 if why is Hold.LEGAL else 15)
        assert story.replayed() == story.case


def test_a_promise_that_begins_during_a_hold_stands_still_at_once() -> None:
    story = Story().do(Verb.HOLD, day(1), actor=SUE, hold=Hold.OUTAGE, note=True)
    story.seller(PartyAct.REPLY, day(2)).buyer(PartyAct.REQUEST, day(2))
    clock = story.clock(ClockKind.SELLER_RESPONSE)
    assert clock.is_held
    story.do(Verb.UNHOLD, day(5), actor=SUE)
    assert clock.due_at == day(8), "three days after the hold"


def test_nobody_escalates_while_the_sellers_time_stands_still_but_we_do_at_risk() -> None:
    story = Story().do(Verb.HOLD, day(1), actor=SUE, hold=Hold.OUTAGE, note=True)
    facts: dict[str, Any] = {"party": Party.BUYER, "cause": "seller_silent"}
    assert verdict_of(story.case, Verb.ESCALATE, day(20), **facts) == "held"
    risky = Story().do(Verb.HOLD, day(1), actor=SUE, hold=Hold.RISK, note=True)
    assert verdict_of(risky.case, Verb.ESCALATE, day(2), **facts) == "may_escalate_at"
    risky.escalate(day(2), Party.PLATFORM)
    assert risky.case.state is State.IN_REVIEW


def test_more_time_moves_what_depends_on_it() -> None:
    story = Story().do(Verb.EXTEND, day(4), actor=SUE, clock=ClockKind.SELLER_RESPONSE, seconds=7 * 86_400, note=True)
    assert story.clock(ClockKind.SELLER_RESPONSE).due_at == day(12)
    assert story.clock(ClockKind.NEGOTIATION_CAP).due_at == day(12)


def test_a_broken_promise_stays_broken_when_it_is_extended() -> None:
    story = Story().do(Verb.EXTEND, day(6), actor=SUE, clock=ClockKind.SELLER_RESPONSE, seconds=3 * 86_400, note=True)
    ends = [clock.end for clock in story.case.clocks if clock.kind is ClockKind.SELLER_RESPONSE]
    assert ends == [ClockEnd.MISSED, None]
    assert story.clock(ClockKind.SELLER_RESPONSE).due_at == day(8)


def test_a_waived_promise_is_neither_kept_nor_broken() -> None:
    story = Story().do(Verb.WAIVE, day(6), actor=SUE, clock=ClockKind.SELLER_RESPONSE, note=True)
    clock = story.clock(ClockKind.SELLER_RESPONSE)
    assert (clock.end, clock.is_breached(day(9)), story.case.has_override) == (ClockEnd.WAIVED, False, True)


def test_a_proposal_is_an_agreement_when_both_have_accepted_the_same_version() -> None:
    story = in_review().do(Verb.PROPOSE, day(7), remedy=Remedy.PARTIAL_REFUND, amount_minor=3_000)
    number = story.case.offers[-1].number
    story.buyer(PartyAct.ACCEPT, day(8), offer_number=number)
    assert (story.case.state, story.case.offers[-1].accepted_by) == (State.IN_REVIEW, (Party.BUYER,))
    again = in_review().do(Verb.PROPOSE, day(7), remedy=Remedy.PARTIAL_REFUND, amount_minor=3_000)
    again.buyer(PartyAct.ACCEPT, day(8), offer_number=number)
    again.do(Verb.PROPOSE, day(8), remedy=Remedy.PARTIAL_REFUND, amount_minor=4_000)
    again.seller(PartyAct.ACCEPT, day(9), offer_number=again.case.offers[-1].number)
    assert again.case.state is State.IN_REVIEW, "the buyer had accepted another version"
    story.seller(PartyAct.ACCEPT, day(9), offer_number=number)
    assert (story.case.state, story.case.refund_minor) == (State.RESOLVED, 3_000)
    assert story.replayed() == story.case


def test_an_acceptance_names_its_offer_where_two_stand() -> None:
    story = in_review().do(Verb.PROPOSE, day(7), remedy=Remedy.PARTIAL_REFUND, amount_minor=3_000)
    facts: dict[str, Any] = {"party": Party.SELLER, "move": PartyAct.ACCEPT}
    assert verdict_of(story.case, Verb.RESPOND, day(8), **facts) == "which_offer"
    assert verdict_of(story.case, Verb.RESPOND, day(10) + SECOND, offer_number=2, **facts) == "stale_offer"
    story.buyer(PartyAct.ACCEPT, day(8), offer_number=2)
    assert verdict_of(story.case, Verb.RESPOND, day(8), offer_number=2, **{**facts, "party": Party.BUYER}) == "accepted"
