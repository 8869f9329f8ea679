"""Goods on their way back: whose turn it is, until when, and what follows when it goes wrong."""

from __future__ import annotations

from datetime import datetime

import pytest

from models.errors import Refused
from models.rules import returns
from models.rules.act import Verb
from models.vocabulary import (
    RETURN_PROBLEMS,
    Ball,
    ClockEnd,
    ClockKind,
    Outcome,
    PartyAct,
    RefundState,
    Remedy,
    ReturnStep,
    State,
)  # fmt: skip
from tests.rules.story import SECOND, Story, day, in_review

SHIPPED, DELIVERED, RECEIVED = ReturnStep.SHIPPED, ReturnStep.DELIVERED, ReturnStep.RECEIVED
GIVEN_BACK = {"remedy": Remedy.RETURN_AND_REFUND, "amount_minor": 10_000}


def agreed() -> Story:
    return Story().seller(PartyAct.OFFER, day(1), **GIVEN_BACK).buyer(PartyAct.ACCEPT, day(2))


def ruled() -> Story:
    return in_review().decide(day(7), outcome=Outcome.RETURN_AND_REFUND, amount_minor=10_000)


def step(story: Story, what: ReturnStep, at: datetime) -> Story:
    return story.do(Verb.RETURN, at, step=what)


def test_a_return_that_goes_well_ends_with_the_refund_due() -> None:
    story = agreed()
    assert (story.case.state, story.case.ball) == (State.AWAITING_RETURN, Ball.BUYER)
    assert story.clock(ClockKind.RETURN_SHIP).due_at == day(12)
    step(story, SHIPPED, day(12))
    assert story.case.ball is Ball.SELLER
    assert story.clock(ClockKind.RETURN_SHIP).end is ClockEnd.MET
    step(story, DELIVERED, day(15))
    assert story.clock(ClockKind.RETURN_CONFIRM).due_at == day(20)
    step(story, RECEIVED, day(20) + SECOND)
    assert (story.case.state, story.case.ball, story.case.due_minor) == (State.RESOLVED, Ball.NONE, 10_000)
    assert story.clock(ClockKind.RETURN_CONFIRM).end is ClockEnd.MISSED
    assert story.clock(ClockKind.REFUND).due_at == day(23) + SECOND
    assert story.replayed() == story.case


@pytest.mark.parametrize("problem", sorted(RETURN_PROBLEMS))
@pytest.mark.parametrize("is_ruled", [True, False])
def test_each_way_to_go_wrong_leads_to_another_review(problem: ReturnStep, is_ruled: bool) -> None:
    story = ruled() if is_ruled else agreed()
    step(step(story, SHIPPED, day(8)), DELIVERED, day(9))
    case = step(story, problem, day(10)).case
    assert (case.state, case.ball, case.ended_at) == (State.IN_REVIEW, Ball.PLATFORM, None)
    assert (case.outcome, case.refund_minor, case.decided_at) == (None, 0, None)
    assert [clock.kind for clock in case.clocks if clock.is_running] == [ClockKind.REVIEW]
    assert story.clock(ClockKind.REVIEW).due_at == day(15)
    assert [ruling.standing for ruling in case.rulings] == (["undone"] if is_ruled else [])
    if not is_ruled:
        story.claim(day(10))
    story.decide(day(11))
    assert case.state is State.RESOLVED
    assert story.replayed() == case


def test_goods_that_were_received_were_shipped_whatever_was_recorded() -> None:
    story = step(agreed(), RECEIVED, day(5))
    assert story.case.state is State.RESOLVED
    assert story.clock(ClockKind.RETURN_SHIP).end is ClockEnd.MET


@pytest.mark.parametrize(("told", "late"), [(SHIPPED, SHIPPED), (DELIVERED, SHIPPED), (DELIVERED, DELIVERED)])
def test_a_step_is_not_told_twice_or_after_the_next(told: ReturnStep, late: ReturnStep) -> None:
    story = step(agreed(), told, day(3))
    with pytest.raises(Refused) as refusal:
        step(story, late, day(4))
    assert refusal.value.rule == "step"


def test_a_step_does_not_come_before_the_one_that_it_follows() -> None:
    story = step(agreed(), SHIPPED, day(5))
    with pytest.raises(Refused) as refusal:
        story.do(Verb.RETURN, day(4), recorded_at=day(6), step=DELIVERED)
    assert refusal.value.rule == "occurred_at"


def test_it_is_known_until_when_goods_are_shipped_and_confirmed() -> None:
    assert (returns.not_shipped_at(agreed().case), returns.not_confirmed_at(agreed().case)) == (day(12), None)
    story = step(step(agreed(), SHIPPED, day(3)), DELIVERED, day(4))
    assert (returns.not_shipped_at(story.case), returns.not_confirmed_at(story.case)) == (None, day(9))


def test_no_refund_is_instructed_before_the_goods_are_back() -> None:
    with pytest.raises(Refused) as refusal:
        agreed().refund(RefundState.INSTRUCTED, day(3))
    assert refusal.value.rule == "state"


def test_a_withdrawal_ends_what_was_promised_of_the_return() -> None:
    case = agreed().do(Verb.WITHDRAW, day(3), note=True).case
    assert not [clock.kind for clock in case.clocks if clock.is_running]
