"""When a promise starts, when it is due, and how it ends."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.rules.act import Verb
from models.vocabulary import ClockEnd, ClockKind, PartyAct, State
from tests.rules.story import ANNA, OPENED, SECOND, Story, day, in_review

SELLER, CAP = ClockKind.SELLER_RESPONSE, ClockKind.NEGOTIATION_CAP
BUYER, RESOLUTION, REVIEW = ClockKind.BUYER_REPLY, ClockKind.RESOLUTION, ClockKind.REVIEW


def test_opening_starts_the_resolution_and_the_cap() -> None:
    story = Story(is_notified=False)
    assert {clock.kind: clock.due_at for clock in story.case.clocks} == {RESOLUTION: day(15), CAP: day(10)}


def test_the_seller_has_five_days_from_the_notification() -> None:
    assert Story(is_notified=False).notify(day(1)).clock(SELLER).due_at == day(6)


def test_a_due_instant_that_is_given_wins_over_the_policy_and_says_so() -> None:
    clock = Story(is_notified=False).notify(OPENED, due_at=day(2)).clock(SELLER)
    assert (clock.due_at, clock.is_given) == (day(2), True)


def test_where_nothing_was_promised_no_clock_runs() -> None:
    story = Story(is_notified=False, has_no_resolution_clock=True).notify(OPENED, has_no_clock=True)
    assert [clock.kind for clock in story.case.clocks] == [CAP]


@pytest.mark.parametrize(
    ("answered", "end"),
    [(day(5) - SECOND, ClockEnd.MET), (day(5), ClockEnd.MET), (day(5) + SECOND, ClockEnd.MISSED)],
)
def test_a_stop_at_the_due_instant_is_met_and_a_second_later_missed(answered: object, end: ClockEnd) -> None:
    clock = Story().seller(PartyAct.REPLY, answered).clock(SELLER)  # type: ignore[arg-type]
    assert (clock.stopped_at, clock.end) == (answered, end)


def test_a_clock_is_overdue_strictly_after_its_due_instant() -> None:
    clock = Story().clock(SELLER)
    assert not clock.is_overdue(day(5)) and clock.is_overdue(day(5) + SECOND)
    assert not clock.is_breached(day(5)) and clock.is_breached(day(5) + SECOND)


def test_an_act_in_time_that_is_written_down_after_the_breach_clears_it_and_hides_nothing() -> None:
    clock = Story().seller(PartyAct.REPLY, day(4), recorded_at=day(6)).clock(SELLER)
    assert clock.end is ClockEnd.MET_LATE_RECORDED
    assert clock.is_breached(day(7))


def test_an_act_in_time_that_is_written_down_at_the_due_instant_is_met() -> None:
    assert Story().seller(PartyAct.REPLY, day(4), recorded_at=day(5)).clock(SELLER).end is ClockEnd.MET


@pytest.mark.parametrize(("days", "end"), [(4, ClockEnd.MET), (6, ClockEnd.MISSED)])
def test_clocks_that_arrive_together_with_their_end_are_judged_by_when_it_happened(days: int, end: ClockEnd) -> None:
    clock = Story().clock(SELLER)
    clock.entered_at = day(60)
    clock.stop(day(days), day(60))
    assert clock.end is end


def test_the_sellers_next_answers_have_three_days_from_the_oldest_unanswered_act() -> None:
    story = Story().seller(PartyAct.REPLY, day(1))
    story.buyer(PartyAct.REQUEST, day(2)).buyer(PartyAct.REPLY, day(3))
    assert (story.clock(SELLER).started_at, story.clock(SELLER).due_at) == (day(2), day(5))
    assert len([clock for clock in story.case.clocks if clock.kind is SELLER]) == 2


def test_the_sellers_first_window_is_not_shortened_by_the_buyer() -> None:
    story = Story().buyer(PartyAct.REQUEST, day(1))
    assert story.clock(SELLER).due_at == day(5)
    story.seller(PartyAct.REPLY, day(2))
    assert story.case.running(SELLER) is None, "the answer came after everything the buyer had said"


def test_an_answer_written_down_late_answers_nothing_that_came_after_it() -> None:
    story = Story().buyer(PartyAct.REQUEST, day(2)).seller(PartyAct.REPLY, day(1), recorded_at=day(3))
    first, second = (clock for clock in story.case.clocks if clock.kind is SELLER)
    assert (first.stopped_at, first.end) == (day(1), ClockEnd.MET)
    assert (second.started_at, second.due_at, second.is_running) == (day(2), day(5), True)


def test_an_answer_leaves_what_was_said_later_unanswered() -> None:
    story = Story().seller(PartyAct.REPLY, day(1)).buyer(PartyAct.REQUEST, day(2)).buyer(PartyAct.REPLY, day(4))
    story.seller(PartyAct.REPLY, day(3), recorded_at=day(4))
    assert (story.clock(SELLER).started_at, story.clock(SELLER).due_at) == (day(4), day(7))


def test_an_act_written_down_late_that_was_answered_since_awaits_nothing() -> None:
    story = Story().seller(PartyAct.REPLY, day(3)).buyer(PartyAct.REPLY, day(2), recorded_at=day(4))
    assert story.case.running(SELLER) is None
    assert story.case.ball == "buyer"


def test_an_offer_gives_the_buyer_three_days_and_a_newer_one_its_own() -> None:
    story = Story().seller(PartyAct.REPLY, day(1)).seller(PartyAct.OFFER, day(3))
    assert (story.clock(BUYER).started_at, story.clock(BUYER).due_at) == (day(3), day(6))
    story.seller(PartyAct.OFFER, day(5))
    ends = [(clock.due_at, clock.end) for clock in story.case.clocks if clock.kind is BUYER]
    assert ends == [(day(6), ClockEnd.CANCELLED), (day(8), None)]


def test_the_buyers_act_stops_their_clock() -> None:
    story = Story().seller(PartyAct.OFFER, day(1)).buyer(PartyAct.REQUEST, day(2))
    assert (story.clock(BUYER).stopped_at, story.clock(BUYER).end) == (day(2), ClockEnd.MET)


def test_the_cap_lasts_as_long_as_the_sellers_running_time() -> None:
    story = Story().seller(PartyAct.REPLY, day(1)).buyer(PartyAct.REQUEST, day(6))
    assert story.clock(CAP).due_at == day(10)
    story.seller(PartyAct.REPLY, day(7)).buyer(PartyAct.REQUEST, day(8))
    assert story.clock(CAP).due_at == day(11)


@pytest.mark.parametrize(("answered", "due"), [(9, 10), (10.5, 10.5), (12, 11)])
def test_the_cap_no_longer_waits_once_the_seller_has_answered(answered: float, due: float) -> None:
    story = Story().seller(PartyAct.REPLY, day(1)).buyer(PartyAct.REQUEST, day(8))
    assert story.seller(PartyAct.REPLY, day(answered)).clock(CAP).due_at == day(due)


def test_escalation_starts_the_review_and_ends_talks() -> None:
    story = Story().seller(PartyAct.OFFER, day(1)).escalate(day(6))
    assert (story.clock(REVIEW).due_at, story.clock(RESOLUTION).is_running) == (day(11), True)
    assert story.clock(CAP).end is ClockEnd.MET
    assert story.clock(BUYER).end is ClockEnd.MISSED


def test_leaving_talks_cancels_what_is_not_late_and_misses_what_is() -> None:
    early = Story().do(Verb.WITHDRAW, day(2), note=True)
    late = Story().do(Verb.WITHDRAW, day(6), note=True)
    assert (early.clock(SELLER).end, late.clock(SELLER).end) == (ClockEnd.CANCELLED, ClockEnd.MISSED)
    assert late.clock(SELLER).stopped_at == day(6)
    assert not [clock for clock in early.case.clocks if clock.is_running]


def test_a_late_seller_is_heard_in_review_and_stops_no_clock_there() -> None:
    story = Story().escalate(day(6)).seller(PartyAct.REPLY, day(7))
    assert story.case.state is State.IN_REVIEW
    assert (story.case.responded_at, story.clock(SELLER).end) == (day(7), ClockEnd.MISSED)
    assert not [clock for clock in story.case.clocks if clock.is_running and clock.kind in (SELLER, BUYER, CAP)]


def test_an_agreement_keeps_the_resolution_promise() -> None:
    story = Story().seller(PartyAct.ACCEPT, day(4))
    assert (story.clock(RESOLUTION).end, story.clock(RESOLUTION).stopped_at) == (ClockEnd.MET, day(4))


@pytest.mark.parametrize(("decided", "end"), [(11, ClockEnd.MET), (16, ClockEnd.MISSED)])
def test_a_decision_ends_review_and_resolution(decided: int, end: ClockEnd) -> None:
    story = in_review().decide(day(decided))
    assert {story.clock(RESOLUTION).end, story.clock(REVIEW).end} == {end}


def test_the_review_runs_on_while_a_decision_waits_for_approval() -> None:
    assert in_review().decide(day(7), needs_second_person=True).clock(REVIEW).is_running


def test_notes_and_our_own_messages_start_and_stop_nothing() -> None:
    story = Story().seller(PartyAct.OFFER, day(1))
    before = [(clock.number, clock.due_at, clock.end) for clock in story.case.clocks]
    story.do(Verb.NOTE, day(2), note=True).do(Verb.MESSAGE, day(2), note=True)
    assert [(clock.number, clock.due_at, clock.end) for clock in story.case.clocks] == before


def test_a_clock_is_due_soon_at_four_fifths_or_a_day_before() -> None:
    clock = Story().clock(RESOLUTION)
    assert clock.standing(day(12) - SECOND) == "running"
    assert clock.standing(day(12)) == "due_soon"
    short = Story(is_notified=False).notify(OPENED, due_at=OPENED + timedelta(hours=30)).clock(SELLER)
    assert (short.standing(OPENED + timedelta(hours=5)), short.standing(OPENED + timedelta(hours=6))) == (
        "running",
        "due_soon",
    )
    assert clock.standing(day(15)) == "due_soon"
    assert clock.standing(day(15) + SECOND) == "breached"


def test_who_wrote_an_act_down_moves_no_clock() -> None:
    assert Story().seller(PartyAct.REPLY, day(2), actor=ANNA, recorded_at=day(3)).clock(SELLER).stopped_at == day(2)
