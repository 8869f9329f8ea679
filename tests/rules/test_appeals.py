"""Objections to a ruling: who may, until when, who hears them, and what they change of the money."""

from __future__ import annotations

from typing import Any

import pytest

from models.actor import Actor
from models.errors import NotAllowed, Refused
from models.rules import appeals
from models.rules.act import Verb
from models.vocabulary import (
    AppealGround,
    AppealResult,
    Ball,
    ClockEnd,
    ClockKind,
    ClosedAs,
    Outcome,
    Party,
    PartyAct,
    Payer,
    RefundState,
    ReturnStep,
    Role,
    State,
)  # fmt: skip
from tests.rules.story import ANNA, SECOND, SUE, Story, day, in_review

TOM = Actor("tom", Role.SUPERVISOR)
NONE: dict[str, Any] = {
    "outcome": Outcome.NO_REFUND,
    "amount_minor": 0,
    "payer": None,
    "findings": ("defect_not_shown",),
}
PART: dict[str, Any] = {
    "outcome": Outcome.PARTIAL_REFUND, "amount_minor": 3_000, "payer": Payer.SELLER, "findings": ("defect_shown",),
    "basis": ("value_loss=30%",),
}  # fmt: skip


def ruled(**facts: Any) -> Story:
    return in_review().decide(day(7), **facts)


def appeal(story: Story, party: Party = Party.SELLER, at: float = 10, **facts: Any) -> Story:
    return story.do(Verb.APPEAL, day(at), **{"party": party, "ground": AppealGround.FACTS_WRONG, "note": True, **facts})


def hear(story: Story, result: AppealResult, at: float = 12, actor: Actor = SUE, **facts: Any) -> Story:
    if not story.case.assignee:
        story.claim(day(at), actor)
    return story.do(Verb.RULE, day(at), actor=actor, **{"result": result, "hash": "0123456789", "note": True, **facts})


def approved(story: Story, at: float = 13) -> Story:
    return story.do(Verb.APPROVE, day(at), actor=TOM, hash="0123456789")


def rule_against(story: Story, **facts: Any) -> str:
    with pytest.raises(Refused) as refusal:
        appeal(story, **facts)
    return refusal.value.rule


def test_an_appeal_opens_the_case_for_somebody_who_was_not_involved() -> None:
    story = appeal(ruled().refund(RefundState.INSTRUCTED, day(8)))
    case = story.case
    assert (case.state, case.ball, case.assignee, case.ended_at) == (State.IN_APPEAL, Ball.PLATFORM, "", None)
    assert story.clock(ClockKind.APPEAL_REVIEW).due_at == day(17)
    assert story.clock(ClockKind.APPEAL_WINDOW).due_at == day(37)
    assert case.barred == ["anna"]
    assert story.replayed() == case


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"party": Party.PLATFORM}, "party"),
        ({"ground": None}, "ground"),
        ({"ground": AppealGround.NEW_EVIDENCE}, "new_evidence"),
        ({"note": False}, "text"),
        ({"at": 37.01}, "appeal_window"),
    ],
)
def test_what_is_no_appeal_is_refused_by_name(facts: dict[str, Any], rule: str) -> None:
    assert rule_against(ruled(), **facts) == rule


def test_the_last_second_of_the_window_is_in_and_new_evidence_opens_its_ground() -> None:
    assert appeal(ruled(), at=37).case.state is State.IN_APPEAL
    assert appeal(ruled(), ground=AppealGround.NEW_EVIDENCE, has_new_evidence=True).case.state is State.IN_APPEAL


def test_an_agreement_cannot_be_appealed() -> None:
    assert rule_against(Story().seller(PartyAct.ACCEPT, day(1))) == "ruling"


def test_each_party_appeals_once() -> None:
    story = hear(appeal(ruled(**NONE), Party.BUYER), AppealResult.UPHELD)
    assert rule_against(story, party=Party.BUYER, at=13) == "appealed"
    assert appeals.until(story.case) == day(37)
    hear(appeal(story, Party.SELLER, at=14), AppealResult.INADMISSIBLE, at=15, actor=TOM)
    assert appeals.until(story.case) is None
    assert story.do(Verb.CLOSE, day(16), closed_as=ClosedAs.DECIDED).case.state is State.CLOSED


@pytest.mark.parametrize("result", [AppealResult.UPHELD, AppealResult.INADMISSIBLE])
def test_a_ruling_that_is_left_stands_at_once(result: AppealResult) -> None:
    story = hear(appeal(ruled(**PART)), result)
    case = story.case
    assert (case.state, case.outcome, case.refund_minor) == (State.RESOLVED, Outcome.PARTIAL_REFUND, 3_000)
    assert (case.decided_at, case.decided_by, case.ended_at) == (day(7), "anna", day(12))
    assert [ruling.standing for ruling in case.rulings] == ["issued", result]
    assert story.clock(ClockKind.APPEAL_REVIEW).end is ClockEnd.MET
    assert story.replayed() == case


@pytest.mark.parametrize("result", [AppealResult.VARIED, AppealResult.REVERSED])
def test_another_ruling_waits_for_a_second_person_and_the_first_stands_until_then(result: AppealResult) -> None:
    story = hear(appeal(ruled(**NONE), Party.BUYER), result, **PART)
    case = story.case
    assert (case.state, case.outcome, case.decided_by) == (State.PENDING_APPROVAL, Outcome.NO_REFUND, "anna")
    for actor, kind in ((SUE, Refused), (ANNA, NotAllowed)):
        with pytest.raises(kind):
            story.do(Verb.APPROVE, day(13), actor=actor, hash="0123456789")
    approved(story)
    assert (case.state, case.outcome, case.refund_minor) == (State.RESOLVED, Outcome.PARTIAL_REFUND, 3_000)
    assert (case.decided_at, case.decided_by, case.approved_by) == (day(13), "sue", "tom")
    assert [ruling.standing for ruling in case.rulings] == ["replaced", "issued"]
    assert (case.appeals[0].result, case.appeals[0].ruled_at) == (result, day(13))
    assert story.clock(ClockKind.REFUND).due_at == day(16)
    assert appeals.until(case) == day(43), "the other side has not appealed yet"
    assert story.replayed() == case


def test_what_is_sent_back_is_heard_again_by_the_same_person() -> None:
    story = hear(appeal(ruled(**NONE), Party.BUYER), AppealResult.REVERSED, **PART)
    story.do(Verb.SEND_BACK, day(13), actor=TOM, note=True)
    assert story.case.state is State.IN_APPEAL
    assert hear(story, AppealResult.UPHELD, at=14).case.state is State.RESOLVED
    assert [ruling.standing for ruling in story.case.rulings] == ["issued", "sent_back", "upheld"]


def test_whoever_was_involved_does_not_hear_the_appeal() -> None:
    waits = in_review().decide(day(7), needs_second_person=True)
    for involved in (SUE, TOM):
        story = waits if involved is SUE else in_review()
        if involved is SUE:
            story.do(Verb.APPROVE, day(7), actor=SUE, hash="0123456789abcdef")
        else:
            story.decide(day(7), needs_second_person=True)
            story.do(Verb.SEND_BACK, day(7), actor=TOM, note=True).decide(day(7))
        with pytest.raises(Refused) as refusal:
            hear(appeal(story), AppealResult.UPHELD, actor=involved)
        assert refusal.value.rule == "involved"


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"result": None}, "result"),
        ({"result": AppealResult.UPHELD, "outcome": Outcome.NO_REFUND}, "result"),
        ({"result": AppealResult.UPHELD, "note": False}, "note"),
        ({"result": AppealResult.VARIED}, "outcome"),
        ({"result": AppealResult.VARIED, **PART, "basis": ()}, "basis"),
        ({"result": AppealResult.VARIED, **PART, "findings": ()}, "finding"),
        ({"result": AppealResult.REVERSED, **NONE}, "result"),
    ],
)
def test_an_unsound_ruling_on_an_appeal_is_refused_by_name(facts: dict[str, Any], rule: str) -> None:
    story = appeal(ruled(**NONE), Party.BUYER)
    with pytest.raises(Refused) as refusal:
        hear(story, **facts)
    assert refusal.value.rule == rule


def paid(story: Story, at: float = 8) -> Story:
    return story.refund(RefundState.INSTRUCTED, day(at)).refund(RefundState.CONFIRMED, day(at))


def test_only_the_difference_is_paid_after_an_appeal() -> None:
    story = approved(
        hear(appeal(paid(ruled(**PART)), Party.BUYER), AppealResult.VARIED, **{**PART, "amount_minor": 5_000})
    )
    assert (story.case.refund_minor, story.case.due_minor) == (5_000, 2_000)
    paid(story, at=14)
    assert [refund.amount_minor for refund in story.case.refunds] == [3_000, 2_000]
    assert story.clock(ClockKind.REFUND).end is ClockEnd.MET
    with pytest.raises(Refused) as refusal:
        story.refund(RefundState.INSTRUCTED, day(15))
    assert refusal.value.rule == "nothing_due"


def test_a_full_refund_on_appeal_is_all_that_the_buyer_can_get_and_not_that_again() -> None:
    full: dict[str, Any] = {"outcome": Outcome.FULL_REFUND, "payer": Payer.SELLER, "findings": ("defect_shown",)}
    story = appeal(paid(ruled(**PART)), Party.BUYER)
    with pytest.raises(Refused):
        hear(story, AppealResult.VARIED, **full, amount_minor=7_000)
    approved(hear(story, AppealResult.VARIED, **full, amount_minor=10_000))
    assert story.case.due_minor == 7_000


def test_what_was_paid_beyond_the_new_ruling_is_not_due_and_not_taken_back() -> None:
    story = approved(hear(appeal(paid(ruled())), AppealResult.REVERSED, **NONE))
    assert (story.case.state, story.case.due_minor) == (State.RESOLVED, -10_000)
    assert story.case.running(ClockKind.REFUND) is None
    story.do(Verb.CLOSE, day(44), closed_as=ClosedAs.DECIDED)


def test_a_reduction_before_the_payment_ends_what_was_due() -> None:
    story = approved(hear(appeal(ruled()), AppealResult.REVERSED, **NONE))
    assert story.case.running(ClockKind.REFUND) is None
    assert (story.case.state, story.case.due_minor) == (State.RESOLVED, 0)


def test_goods_that_are_back_are_not_sent_again() -> None:
    returned: dict[str, Any] = {
        "outcome": Outcome.RETURN_AND_REFUND,
        "payer": Payer.SELLER,
        "findings": ("defect_shown",),
    }
    story = ruled(**returned, amount_minor=10_000).do(Verb.RETURN, day(8), step=ReturnStep.RECEIVED)
    approved(hear(appeal(story), AppealResult.VARIED, **returned, amount_minor=8_000))
    assert (story.case.state, story.case.due_minor) == (State.RESOLVED, 8_000)


def test_a_window_is_never_late() -> None:
    window = ruled(**NONE).clock(ClockKind.APPEAL_WINDOW)
    assert [window.standing(at) for at in (day(8), day(37), day(37) + SECOND)] == ["running", "running", "met"]
    assert not window.is_overdue(day(50)) and not window.is_breached(day(50))
