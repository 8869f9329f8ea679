"""When a decision needs a second person, who that may be, and what they sign."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from models.errors import Refused
from models.rules import approval
from models.rules.act import Verb
from models.rules.approval import RulingDraft
from models.rules.policy import policy
from models.vocabulary import Outcome, PartyAct, Payer, Role, State
from tests.rules.story import BEN, SUE, Story, day, in_review

FULL = RulingDraft(outcome=Outcome.FULL_REFUND, payer=Payer.SELLER)
PARTIAL = RulingDraft(outcome=Outcome.PARTIAL_REFUND, payer=Payer.SELLER)
NONE = RulingDraft(outcome=Outcome.NO_REFUND)


def needs_two(draft: RulingDraft, refund: int, *, amount: int = 0, currency: str = "USD", decided: int = 0) -> bool:
    """Of a case that needs no evidence."""
    case = Story(amount_minor=max(amount, refund), currency=currency, reason="payment/duplicate").case
    return bool(approval.triggers(case, draft, refund, decided))


@pytest.mark.parametrize(
    ("currency", "line"),
    [
        ("USD", 20_000), ("EUR", 20_000), ("GBP", 20_000), ("PLN", 80_000), ("BRL", 100_000), ("ILS", 75_000),
        ("RUB", 1_800_000), ("JPY", 30_000), ("KRW", 270_000), ("CLP", 180_000), ("KWD", 60_000),
    ],
)  # fmt: skip
def test_a_refund_at_the_line_of_its_currency_needs_two(currency: str, line: int) -> None:
    assert policy(1).high_value_minor(currency) == line
    assert needs_two(FULL, line, currency=currency)
    assert not needs_two(FULL, line - 1, currency=currency)


def test_a_currency_without_a_line_always_needs_two() -> None:
    assert needs_two(FULL, 1, currency="SEK")
    assert needs_two(NONE, 0, currency="SEK")


def test_without_a_refund_the_disputed_amount_is_weighed() -> None:
    assert needs_two(NONE, 0, amount=20_000)
    assert not needs_two(NONE, 0, amount=19_999)


def test_a_partial_ruling_needs_two_above_half_the_line() -> None:
    assert needs_two(PARTIAL, 10_001, amount=15_000)
    assert not needs_two(PARTIAL, 10_000, amount=15_000)


@pytest.mark.parametrize("payer", [Payer.PLATFORM, Payer.SPLIT])
def test_the_platforms_money_needs_two(payer: Payer) -> None:
    assert needs_two(replace(FULL, payer=payer), 1)
    assert not needs_two(replace(NONE, payer=payer), 0, amount=1)


def test_the_third_case_of_one_buyer_within_a_week_is_the_makers_last_alone() -> None:
    assert not needs_two(FULL, 1, decided=2)
    assert needs_two(FULL, 1, decided=3)


def test_what_waits_is_no_outcome_yet() -> None:
    case = in_review().decide(day(7), needs_second_person=True).case
    assert (case.state, case.outcome, case.decided_at, case.ball) == (State.PENDING_APPROVAL, None, None, "platform")


def test_another_supervisor_signs_what_they_have_read() -> None:
    story = in_review().decide(day(7), needs_second_person=True)
    case = story.do(Verb.APPROVE, day(8), actor=SUE, hash="01234567").case
    assert (case.state, case.decided_by, case.approved_by, case.decided_at) == (State.RESOLVED, "anna", "sue", day(8))


@pytest.mark.parametrize("read", ["", "0123", "fedcba9876543210", None])
def test_a_hash_that_is_short_or_another_is_refused(read: str | None) -> None:
    story = in_review().decide(day(7), needs_second_person=True)
    with pytest.raises(Refused) as refusal:
        story.do(Verb.APPROVE, day(8), actor=SUE, hash=read)
    assert refusal.value.rule == "hash"


def test_neither_the_maker_nor_whoever_held_the_case_approves() -> None:
    boss = replace(BEN, role=Role.SUPERVISOR)
    made = Story().escalate(day(6)).claim(day(6), boss).decide(day(7), boss, needs_second_person=True)
    held = Story().escalate(day(6)).claim(day(6), boss).do(Verb.RELEASE, day(6), actor=boss)
    held.claim(day(6)).decide(day(7), needs_second_person=True)
    for story in (made, held):
        with pytest.raises(Refused) as refusal:
            story.do(Verb.APPROVE, day(8), actor=boss, hash="01234567")
        assert refusal.value.rule == "second_person"


def test_a_recoded_claim_voids_what_waits() -> None:
    story = in_review().decide(day(7), needs_second_person=True)
    story.do(Verb.RECODE, day(7), reason="quality/poor_quality", note=True)
    assert (story.case.state, story.case.rulings[0].standing) == (State.IN_REVIEW, "sent_back")
    with pytest.raises(Refused):
        story.do(Verb.APPROVE, day(8), actor=SUE, hash="01234567")


def test_what_is_sent_back_can_be_decided_anew() -> None:
    story = in_review().decide(day(7), needs_second_person=True).do(Verb.SEND_BACK, day(8), actor=SUE, note=True)
    assert story.decide(day(8)).case.state is State.RESOLVED
    assert [ruling.standing for ruling in story.case.rulings] == ["sent_back", "issued"]


def test_a_withdrawal_leaves_nothing_to_approve() -> None:
    story = in_review().decide(day(7), needs_second_person=True).do(Verb.WITHDRAW, day(8), note=True)
    assert (story.case.state, story.case.proposed_ruling()) == (State.CLOSED, None)


DRAFT = RulingDraft(
    outcome=Outcome.PARTIAL_REFUND, payer=Payer.SELLER, findings=("defect_shown",), basis=("value_loss=30%",), note="n"
)


@pytest.mark.parametrize(
    "change",
    [
        {"note": "m"}, {"payer": Payer.PLATFORM}, {"findings": ("defect_not_shown",)}, {"basis": ("value_loss=50%",)},
        {"to_buyer": "x"}, {"to_seller": "x"}, {"points": (approval.Point("p"),)}, {"outcome": Outcome.NO_REFUND},
    ],
)  # fmt: skip
def test_the_hash_covers_everything_that_the_decision_says(change: dict[str, Any]) -> None:
    case = in_review().case
    assert approval.decision_hash(1, case, DRAFT, 3_000) != approval.decision_hash(
        1, case, replace(DRAFT, **change), 3_000
    )


def test_the_hash_covers_what_the_decision_rests_on() -> None:
    story = in_review()
    hashes = {approval.decision_hash(1, story.case, DRAFT, 3_000)}
    hashes.add(approval.decision_hash(2, story.case, DRAFT, 3_000))
    hashes.add(approval.decision_hash(1, story.case, DRAFT, 3_001))
    story.seller(PartyAct.OFFER, day(7))
    hashes.add(approval.decision_hash(1, story.case, DRAFT, 3_000))
    story.do(Verb.RECODE, day(7), reason="quality/poor_quality", note=True)
    hashes.add(approval.decision_hash(1, story.case, DRAFT, 3_000))
    assert len(hashes) == 5
