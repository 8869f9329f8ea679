"""Each ground on which a decision needs a second person, alone, in a case as it really stands in the store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from models.database import Location
from models.errors import Refused
from models.operations import appealing, assigning, deciding, following, holding, moving, opening
from models.rules.approval import Point, RulingDraft
from models.rules.intake import Intake
from models.vocabulary import (
    AppealGround,
    AppealResult,
    ClockKind,
    Outcome,
    Party,
    Payer,
    State,
)
from tests.operations.desk import ANNA, BEN, SUE, TOM, a_case, in_review, on_day, people, stored, take, told

FULL = RulingDraft(outcome=Outcome.FULL_REFUND, payer=Payer.SELLER, findings=("seller_silent",), note="No answer.")
NONE = RulingDraft(outcome=Outcome.NO_REFUND, findings=("evidence_equal",), note="Both say the same.")
LOW: dict[str, Any] = {"amount_minor": 1_000}


@pytest.fixture(autouse=True)
def _people(store: Location) -> None:
    people()


def because(case: int, ruling: RulingDraft = FULL, days: float = 7) -> tuple[str, ...]:
    with on_day(days):
        return deciding.preview_decision(ANNA, case=case, ruling=ruling).second_person_because


def partial(basis: str) -> RulingDraft:
    return replace(FULL, outcome=Outcome.PARTIAL_REFUND, basis=(basis,))


def with_override() -> int:
    take(told(ref="P-1", order_ref="O-9", paid_minor=9_000, protection_ends_at=told().opened_at, state=State.CLOSED,
              outcome=Outcome.NO_REFUND))  # fmt: skip
    with on_day(3):
        claim = Intake(
            order="O-9", reason="payment/duplicate", remedy="full_refund", amount="10.00", expected="e", actual="a",
            tried="t", overrides=("protection",), note="The seller asked us to.",
        )  # fmt: skip
        return moved_to_review(opening.open_case(SUE, intake=claim).dispute_id, 10)


def moved_to_review(case: int, days: float) -> int:
    with on_day(days):
        moving.escalate(ANNA, case=case, party=Party.BUYER, cause="seller_silent", note="n")
        assigning.claim(ANNA, case=case)
    return case


def waived() -> int:
    case = in_review(**LOW)
    with on_day(6):
        holding.waive(SUE, case=case, kind=ClockKind.RESOLUTION, note="n")
    return case


def reopened() -> int:
    case = a_case(reason="payment/wrong_amount", state=State.CLOSED, outcome=Outcome.NO_REFUND, **LOW)
    with on_day(6):
        moving.reopen(SUE, case=case, note="n")
        assigning.claim(ANNA, case=case)
    return case


def fourth_of_the_buyer() -> int:
    for number in range(3):
        case = in_review(ref=f"D-{number}", order_ref=f"O-{number}", **LOW)
        with on_day(6):
            deciding.decide(ANNA, case=case, ruling=FULL)
    return in_review(ref="D-9", order_ref="O-9", **LOW)


def flagged() -> int:
    case = in_review(**LOW)
    with on_day(6):
        following.flag(BEN, case=case, party=Party.SELLER, note="n")
    return case


def flagged_elsewhere() -> int:
    case = in_review(**LOW)
    with on_day(6):
        following.flag(BEN, case=a_case(ref="D-2", order_ref="O-2"), party=Party.BUYER, note="n")
    return case


GROUNDS: list[tuple[str, Callable[[], int], RulingDraft]] = [
    ("at or above the high-value line", lambda: in_review(amount_minor=20_000), FULL),
    ("has no high-value line", lambda: in_review(amount_minor=100, currency="SEK"), FULL),
    ("at or above the high-value line", lambda: in_review(amount_minor=20_000), NONE),
    ("above half the high-value line", lambda: in_review(amount_minor=19_000), partial("repair_cost=100.01")),
    ("The platform pays.", lambda: in_review(**LOW), replace(FULL, payer=Payer.PLATFORM)),
    ("The platform pays.", lambda: in_review(**LOW), replace(FULL, payer=Payer.SPLIT)),
    ("opened against a rule of eligibility: protection", with_override, FULL),
    ("An override or a waiver", waived, FULL),
    ("The buyer wins, and their evidence", lambda: in_review(reason="quality/poor_quality", **LOW), FULL),
    ("The seller wins, and their evidence", lambda: in_review(reason="not_received/lost", **LOW), NONE),
    ("has decided 3 cases of this buyer", fourth_of_the_buyer, FULL),
    ("Flagged: seller", flagged, FULL),
    ("A flag in another case waits", flagged_elsewhere, FULL),
    ("The case was reopened.", reopened, FULL),
]


@pytest.mark.parametrize(("ground", "made", "ruling"), GROUNDS)
def test_a_ground_stands_alone(ground: str, made: Callable[[], int], ruling: RulingDraft) -> None:
    (why,) = because(made(), ruling, 11)
    assert ground in why


def test_the_platform_paying_for_the_way_back_is_a_ground_too() -> None:
    back = replace(FULL, outcome=Outcome.RETURN_AND_REFUND, freight=Party.PLATFORM)
    found = because(in_review(reason="quality/poor_quality", **LOW), back)
    assert found[0] == "The platform pays for the way back."


def test_below_every_line_one_person_is_enough() -> None:
    assert because(in_review(amount_minor=19_999)) == ()
    assert because(in_review(ref="D-2", order_ref="O-2", amount_minor=19_999), NONE) == ()
    assert because(in_review(ref="D-3", order_ref="O-3", amount_minor=19_999), partial("repair_cost=100.00")) == ()


@pytest.mark.parametrize("result", [AppealResult.VARIED, AppealResult.REVERSED])
def test_another_ruling_on_an_appeal_always_needs_one(result: AppealResult) -> None:
    case = in_review(**LOW)
    with on_day(7):
        deciding.decide(ANNA, case=case, ruling=FULL)
        appealing.appeal(ANNA, case=case, party=Party.SELLER, ground=AppealGround.FACTS_WRONG, text="t")
        assigning.claim(SUE, case=case)
        found = appealing.preview_ruling(SUE, case=case, result=result, ruling=NONE).second_person_because
        assert found == (f"An appeal is {result}.",)
        signed = appealing.rule(SUE, case=case, result=result, ruling=NONE).act.hash or ""
        for actor, rule in ((SUE, "second_person"), (TOM, None)):
            if rule is None:
                deciding.approve(actor, case=case, hash=signed)
            else:
                with pytest.raises(Refused) as refusal:
                    deciding.approve(actor, case=case, hash=signed)
                assert refusal.value.rule == rule


def test_each_point_has_what_was_found_and_the_basis_adds_up_in_money() -> None:
    case = in_review(amount_minor=19_999)
    with on_day(7):
        for points in ((Point("size", found=" "),), (Point("size", found="short"), Point(" ", found="x"))):
            for tries in (deciding.preview_decision, deciding.decide):
                with pytest.raises(Refused) as refusal:
                    tries(ANNA, case=case, ruling=replace(FULL, points=points))
                assert refusal.value.rule == "point"
        with pytest.raises(Refused, match=r"adds up to 100\.00 USD, and the amount is 99\.00"):
            deciding.decide(ANNA, case=case, ruling=replace(partial("repair_cost=100.00"), amount_minor=9_900))
    assert stored(case).state == State.IN_REVIEW
