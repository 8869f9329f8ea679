"""Who had the ball for how long, and to whom a broken promise is booked."""

from __future__ import annotations

from datetime import datetime

import pytest

from models.rules.act import Verb
from models.rules.attribution import booked_to
from models.rules.ledger import Ledger, Turn, with_case
from models.rules.reach import out_of_reach, was_told_too_late
from models.vocabulary import (
    Ball,
    ClockKind,
    ClosedAs,
    FlagReview,
    Hold,
    Outcome,
    Party,
    PartyAct,
    RefundState,
    Remedy,
    ReturnStep,
)  # fmt: skip
from tests.rules.story import OPENED, SUE, Story, day, in_review
from tests.rules.sums import assert_every_second_is_booked

DAY = 86_400


def booked(story: Story, now: datetime) -> Ledger:
    return assert_every_second_is_booked(story.acts, story.case, now)


def days(story: Story, now: datetime) -> dict[str, float]:
    return {share.ball.value: share.seconds / DAY for share in booked(story, now).shares}


def turns(story: Story, now: datetime) -> list[tuple[Ball, float, float]]:
    return [(each.ball, since(each.from_at), since(each.to_at)) for each in booked(story, now).turns]


def since(at: datetime) -> float:
    """Days from the opening."""
    return (at - OPENED).total_seconds() / DAY


def owner_of(story: Story, kind: ClockKind, now: datetime) -> Party:
    case, found = with_case(story.acts, now)
    clock = case.latest(kind)
    assert clock is not None and clock.is_breached(now)
    return booked_to(clock, case, found, now)


def test_from_the_opening_to_the_ruling_each_turn_follows_the_last() -> None:
    story = Story().seller(PartyAct.OFFER, day(2)).buyer(PartyAct.REQUEST, day(3)).escalate(day(7)).claim(day(7))
    story.do(Verb.ASK, day(8), party=Party.BUYER, items=1, note=True)
    story.do(Verb.ANSWER, day(9), party=Party.BUYER, note=True).decide(day(10))
    assert turns(story, day(30)) == [
        (Ball.SELLER, 0, 2), (Ball.BUYER, 2, 3), (Ball.SELLER, 3, 7), (Ball.PLATFORM, 7, 8), (Ball.BUYER, 8, 9),
        (Ball.PLATFORM, 9, 10),
    ]  # fmt: skip
    assert days(story, day(30)) == {"seller": 6, "platform": 2, "buyer": 2}


def test_until_the_seller_is_told_the_platform_has_the_ball() -> None:
    story = Story(is_notified=False, promises_notice=True)
    assert days(story, day(1)) == {"platform": 1}
    story.notify(day(2))
    assert days(story, day(3)) == {"platform": 2, "seller": 1}


def test_what_was_written_down_late_counts_from_when_it_happened() -> None:
    story = Story().escalate(day(7))
    assert days(story, day(8)) == {"seller": 7, "platform": 1}
    story.seller(PartyAct.REPLY, day(4), recorded_at=day(8))
    assert turns(story, day(9)) == [(Ball.SELLER, 0, 4), (Ball.BUYER, 4, 7), (Ball.PLATFORM, 7, 9)]


def test_a_late_entry_between_two_others_does_not_take_their_time() -> None:
    story = Story().buyer(PartyAct.REQUEST, day(5)).seller(PartyAct.REPLY, day(3), recorded_at=day(6))
    assert turns(story, day(7)) == [(Ball.SELLER, 0, 3), (Ball.BUYER, 3, 5), (Ball.SELLER, 5, 7)]


def test_an_offer_keeps_its_number_where_an_earlier_one_was_written_down_late() -> None:
    story = Story().seller(PartyAct.OFFER, day(4))
    story.seller(PartyAct.OFFER, day(2), recorded_at=day(4.5)).buyer(PartyAct.ACCEPT, day(3), recorded_at=day(5),
                                                                     offer_number=3)  # fmt: skip
    assert turns(story, day(9)) == [(Ball.SELLER, 0, 2), (Ball.BUYER, 2, 3)]


def test_what_leaves_the_ball_is_not_asked_where_something_was_written_down_late() -> None:
    story = Story().do(Verb.FLAG, day(1), party=Party.BUYER, note=True)
    story.do(Verb.UNFLAG, day(2), actor=SUE, party=Party.BUYER, flag_review=FlagReview.DISMISSED, note=True)
    story.do(Verb.GOODWILL, day(3), actor=SUE, refund=RefundState.INSTRUCTED, amount_minor=100, note=True)
    story.do(Verb.GOODWILL, day(4), actor=SUE, refund=RefundState.CONFIRMED)
    story.seller(PartyAct.REPLY, day(0.5), recorded_at=day(5))
    assert turns(story, day(6)) == [(Ball.SELLER, 0, 0.5), (Ball.BUYER, 0.5, 6)]


def test_a_hold_is_shown_and_stays_with_whoever_has_the_ball() -> None:
    story = Story().do(Verb.HOLD, day(1), actor=SUE, hold=Hold.LEGAL, note=True).do(Verb.UNHOLD, day(3), actor=SUE)
    whole = booked(story, day(4))
    assert [(each.ball, each.hold) for each in whole.turns] == [
        (Ball.SELLER, None), (Ball.SELLER, Hold.LEGAL), (Ball.SELLER, None),
    ]  # fmt: skip
    (share,) = whole.shares
    assert (share.seconds, share.held_seconds) == (4 * DAY, 2 * DAY)
    assert whole.seconds_of(Ball.SELLER, without=Hold.LEGAL) == 2 * DAY
    assert whole.ball_at(day(2)) is Ball.SELLER and whole.ball_at(day(4)) is None


def test_a_reopened_case_was_nobodys_while_it_was_closed() -> None:
    story = in_review().decide(day(7), outcome=Outcome.NO_REFUND, amount_minor=0)
    story.do(Verb.CLOSE, day(40), closed_as=ClosedAs.DECIDED)
    assert days(story, day(50)) == {"seller": 6, "platform": 1}
    story.do(Verb.REOPEN, day(50), actor=SUE, note=True).claim(day(50))
    assert days(story, day(60)) == {"seller": 6, "platform": 1}, "what was decided first stands until it is replaced"
    story.decide(day(60), needs_second_person=True)
    story.do(Verb.APPROVE, day(61), actor=SUE, hash="0123456789abcdef")
    assert days(story, day(70)) == {"none": 43, "platform": 12, "seller": 6}


def test_a_return_that_fails_goes_on_to_the_next_outcome() -> None:
    story = Story().seller(PartyAct.OFFER, day(1), remedy=Remedy.RETURN_AND_REFUND).buyer(PartyAct.ACCEPT, day(2))
    assert days(story, day(9)) == {"seller": 1, "buyer": 1}, "the outcome stands while the goods are on their way"
    story.do(Verb.RETURN, day(4), step=ReturnStep.SHIPPED).do(Verb.RETURN, day(7), step=ReturnStep.EMPTY)
    assert days(story, day(9)) == {"seller": 4, "buyer": 3, "platform": 2}


def test_a_case_that_ends_without_an_outcome_ends_its_ledger() -> None:
    story = Story().do(Verb.MERGE, day(4), other=2)
    assert booked(story, day(9)).is_over
    assert days(story, day(9)) == {"seller": 4}
    assert booked(Story(), day(0)).turns == ()


@pytest.mark.parametrize(("answered", "party"), [(9, Party.SELLER), (1, Party.BUYER)])
def test_a_broken_resolution_is_booked_to_who_had_the_ball_longest(answered: float, party: Party) -> None:
    story = Story().do(Verb.EXTEND, day(0.5), actor=SUE, clock=ClockKind.SELLER_RESPONSE, seconds=9 * DAY, note=True)
    story.seller(PartyAct.OFFER, day(answered)).escalate(day(15), party=Party.SELLER).claim(day(15)).decide(day(17))
    assert owner_of(story, ClockKind.RESOLUTION, day(30)) is party


def test_a_review_that_dragged_on_is_the_platforms() -> None:
    story = in_review()
    assert owner_of(story, ClockKind.RESOLUTION, day(16)) is Party.PLATFORM
    assert owner_of(story, ClockKind.REVIEW, day(16)) is Party.PLATFORM
    assert owner_of(story, ClockKind.SELLER_RESPONSE, day(16)) is Party.SELLER


def test_what_was_asked_is_booked_to_the_asked_party() -> None:
    story = in_review().do(Verb.ASK, day(7), party=Party.BUYER, items=1, note=True)
    assert owner_of(story, ClockKind.INFO, day(11)) is Party.BUYER


def test_the_end_of_talks_is_booked_to_who_had_the_ball_then() -> None:
    story = Story().seller(PartyAct.REPLY, day(4))
    assert owner_of(story, ClockKind.NEGOTIATION_CAP, day(11)) is Party.BUYER
    assert story.sweep(day(11)) == ["auto-escalate"]
    assert owner_of(story, ClockKind.NEGOTIATION_CAP, day(11)) is Party.BUYER, "the platform has it from there on"


def test_a_seller_told_late_keeps_the_window_and_the_platform_the_blame() -> None:
    story = Story(is_notified=False, promises_notice=True)
    assert out_of_reach(story.case, day(10)) is None, "five days are left"
    unsaid = out_of_reach(story.case, day(10.5))
    assert unsaid is not None and (unsaid.free_at, unsaid.is_told_late) == (day(15.5), True)
    story.notify(day(11))
    told = out_of_reach(story.case, day(11))
    assert told is not None and (told.due_at, told.free_at, told.is_told_late) == (day(15), day(16), True)
    assert out_of_reach(story.case, day(15.5)) is None, "then it is simply late"
    story.escalate(day(17)).claim(day(17)).decide(day(18))
    assert days(story, day(30)) == {"platform": 12, "seller": 6}
    assert owner_of(story, ClockKind.RESOLUTION, day(30)) is Party.PLATFORM


def test_who_was_told_late_but_in_time_may_still_be_to_blame() -> None:
    story = Story(is_notified=False, promises_notice=True).notify(day(3))
    assert not was_told_too_late(story.case, day(4))
    story.escalate(day(15), party=Party.PLATFORM).claim(day(15)).decide(day(16))
    assert owner_of(story, ClockKind.RESOLUTION, day(30)) is Party.SELLER


def test_talks_can_put_the_promise_out_of_reach_without_a_late_notice() -> None:
    story = Story().seller(PartyAct.REPLY, day(4)).buyer(PartyAct.REQUEST, day(13))
    found = out_of_reach(story.case, day(13))
    assert found is not None and (found.free_at, found.is_told_late) == (day(16), False)
    story.seller(PartyAct.REJECT, day(13.5))
    assert out_of_reach(story.case, day(14)) is None, "a refusal opens the way"


def test_an_offer_that_waits_past_the_promise_does_not_put_it_out_of_reach_where_talks_end_before() -> None:
    story = Story().seller(PartyAct.REPLY, day(1)).buyer(PartyAct.DECLINE, day(2)).seller(PartyAct.OFFER, day(13))
    assert story.case.offers[-1].expires_at == day(16)
    assert out_of_reach(story.case, day(14)) is None, "the sweep steps in at the end of talks"
    story.do(Verb.EXTEND, day(14), actor=SUE, clock=ClockKind.NEGOTIATION_CAP, seconds=9 * DAY, note=True)
    found = out_of_reach(story.case, day(14))
    assert found is not None and (found.free_at, found.is_told_late) == (day(16), False)


def test_a_hold_for_risk_opens_the_way_and_a_legal_one_stops_the_promise() -> None:
    for why in (Hold.RISK, Hold.LEGAL):
        story = Story(is_notified=False, promises_notice=True).notify(day(11))
        story.do(Verb.HOLD, day(12), actor=SUE, hold=why, note=True)
        assert out_of_reach(story.case, day(12)) is None


def test_a_case_that_promises_nothing_has_nothing_to_lose() -> None:
    story = Story(is_notified=False, promises_notice=True, has_no_resolution_clock=True).notify(day(20))
    assert out_of_reach(story.case, day(21)) is None and not was_told_too_late(story.case, day(21))


def test_turns_know_their_length() -> None:
    assert Turn(day(1), day(2.5), Ball.BUYER).seconds == 1.5 * DAY
