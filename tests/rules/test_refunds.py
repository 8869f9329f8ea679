"""Money back: an instruction is not a confirmation, and nothing is paid twice."""

from __future__ import annotations

import pytest

from models.errors import Refused
from models.rules.act import Verb
from models.vocabulary import ClockEnd, ClockKind, Outcome, PartyAct, RefundState, State
from tests.rules.story import Story, day, in_review

INSTRUCTED, CONFIRMED, FAILED = RefundState.INSTRUCTED, RefundState.CONFIRMED, RefundState.FAILED


def agreed() -> Story:
    return Story().seller(PartyAct.OFFER, day(1)).buyer(PartyAct.ACCEPT, day(2))


def rule_against(story: Story, state: RefundState) -> str:
    with pytest.raises(Refused) as refusal:
        story.refund(state, day(4))
    return refusal.value.rule


def test_an_instruction_leaves_the_money_due() -> None:
    case = agreed().refund(INSTRUCTED, day(3)).case
    assert (case.underway_minor, case.confirmed_minor, case.refundable_minor) == (4_000, 0, 10_000)


def test_a_confirmation_takes_it_from_what_is_refundable() -> None:
    case = agreed().refund(INSTRUCTED, day(3)).refund(CONFIRMED, day(4)).case
    assert (case.underway_minor, case.confirmed_minor, case.refundable_minor) == (0, 4_000, 6_000)


def test_nothing_is_instructed_twice() -> None:
    story = agreed().refund(INSTRUCTED, day(3))
    assert rule_against(story, INSTRUCTED) == "double_refund"
    assert rule_against(story.refund(CONFIRMED, day(4)), INSTRUCTED) == "nothing_due"


def test_after_a_failure_it_is_instructed_again() -> None:
    story = agreed().refund(INSTRUCTED, day(3)).refund(FAILED, day(3))
    assert rule_against(story, CONFIRMED) == "no_instruction"
    case = story.refund(INSTRUCTED, day(4)).refund(CONFIRMED, day(5)).case
    assert [refund.state for refund in case.refunds] == [FAILED, CONFIRMED]
    assert case.confirmed_minor == 4_000


def test_what_was_paid_limits_what_is_refunded() -> None:
    assert Story(paid_minor=7_500).case.refundable_minor == 7_500
    with pytest.raises(Refused) as refusal:
        Story(paid_minor=7_500).seller(PartyAct.ACCEPT, day(1))
    assert refusal.value.rule == "amount"


def test_nothing_is_due_without_a_refund() -> None:
    none = in_review().decide(day(7), outcome=Outcome.NO_REFUND, amount_minor=0, payer=None)
    assert rule_against(none, INSTRUCTED) == "nothing_due"


def test_a_case_is_not_closed_before_its_refund_is_confirmed() -> None:
    story = agreed()
    with pytest.raises(Refused) as refusal:
        story.do(Verb.CLOSE, day(3), closed_as="agreed")
    assert refusal.value.rule == "refund"
    story.refund(INSTRUCTED, day(3)).refund(CONFIRMED, day(3))
    assert story.do(Verb.CLOSE, day(4), closed_as="agreed").case.state is State.CLOSED


def test_a_refund_is_promised_within_three_days_and_a_failure_begins_them_again() -> None:
    story = agreed()
    assert story.clock(ClockKind.REFUND).due_at == day(5)
    story.refund(INSTRUCTED, day(3)).refund(FAILED, day(4))
    assert [(clock.due_at, clock.end) for clock in story.case.clocks if clock.kind is ClockKind.REFUND] == [
        (day(5), ClockEnd.CANCELLED),
        (day(7), None),
    ]
    story.refund(INSTRUCTED, day(6)).refund(CONFIRMED, day(7))
    assert story.clock(ClockKind.REFUND).end is ClockEnd.MET
    assert story.replayed() == story.case


def test_what_others_refund_for_the_same_order_is_taken_from_what_can_be_refunded() -> None:
    story = agreed()
    story.case.elsewhere_minor = 6_000
    assert story.case.refundable_minor == 4_000
    story.case.elsewhere_underway_minor = 1
    assert rule_against(story, INSTRUCTED) == "double_refund"
    story.case.elsewhere_underway_minor = 0
    assert story.refund(INSTRUCTED, day(4)).case.underway_minor == 4_000
