"""What a decision must say before it stands."""

from __future__ import annotations

from typing import Any

import pytest

from models.errors import Conflict, Refused
from models.rules.act import Verb
from models.vocabulary import Outcome, Payer, State
from tests.rules.story import ANNA, BEN, Story, day, in_review


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"outcome": None}, "outcome"),
        ({"outcome": Outcome.WITHDRAWN}, "outcome"),
        ({"outcome": Outcome.REPLACEMENT, "amount_minor": 0}, "outcome"),
        ({"findings": ()}, "finding"),
        ({"findings": ("seller_slow",)}, "finding"),
        ({"payer": None}, "payer"),
        ({"amount_minor": 9_999}, "amount"),
        ({"outcome": Outcome.NO_REFUND, "amount_minor": 1}, "amount"),
        ({"outcome": Outcome.PARTIAL_REFUND, "amount_minor": 3_000}, "basis"),
        ({"outcome": Outcome.PARTIAL_REFUND, "amount_minor": 10_000}, "basis"),
        ({"outcome": Outcome.PARTIAL_REFUND, "amount_minor": 10_000, "basis": ("value_loss=100%",)}, "amount"),
        ({"outcome": Outcome.PARTIAL_REFUND, "amount_minor": 0, "basis": ("value_loss=10%",)}, "amount"),
        ({"outcome": Outcome.RETURN_AND_REFUND, "amount_minor": 0}, "amount"),
    ],
)
def test_an_incomplete_or_unsound_ruling_is_refused_by_name(facts: dict[str, Any], rule: str) -> None:
    with pytest.raises(Refused) as refusal:
        in_review().decide(day(7), **facts)
    assert refusal.value.rule == rule


def test_a_ruling_has_a_note() -> None:
    with pytest.raises(Refused) as refusal:
        in_review().do(Verb.DECIDE, day(7), outcome=Outcome.NO_REFUND, amount_minor=0, findings=("defect_not_shown",))
    assert refusal.value.rule == "note"


def test_goods_go_back_only_where_the_reason_allows_it() -> None:
    facts: dict[str, Any] = {"outcome": Outcome.RETURN_AND_REFUND, "amount_minor": 5_000}
    with pytest.raises(Refused) as refusal:
        in_review(reason="not_received/lost").decide(day(7), **facts)
    assert refusal.value.rule == "remedy"
    case = in_review().decide(day(7), **facts).case
    assert (case.state, case.ended_at) == (State.AWAITING_RETURN, None)


@pytest.mark.parametrize("opening", [{"needs_triage": True}, {"reason": "other/unspecified"}])
def test_an_unknown_reason_is_recoded_first(opening: dict[str, Any]) -> None:
    story = in_review(**opening)
    with pytest.raises(Refused) as refusal:
        story.decide(day(7))
    assert refusal.value.rule == "recode"
    story.do(Verb.RECODE, day(7), reason="quality/poor_quality", note=True)
    assert (story.case.needs_triage, story.decide(day(7)).case.state) == (False, State.RESOLVED)


def test_only_whoever_has_the_case_decides() -> None:
    with pytest.raises(Refused) as refusal:
        Story().escalate(day(6)).decide(day(7))
    assert refusal.value.rule == "assignee"
    with pytest.raises(Conflict) as conflict:
        in_review().decide(day(7), BEN)
    assert conflict.value.who == "anna"


@pytest.mark.parametrize("needs_two", [True, False])
def test_whoever_decides_second_is_told_who_was_first(needs_two: bool) -> None:
    story = in_review().decide(day(7), needs_second_person=needs_two)
    for actor in (ANNA, BEN):
        with pytest.raises(Conflict) as conflict:
            story.decide(day(7), actor)
        assert conflict.value.who == "anna"


def test_a_ruling_is_not_closed_while_it_can_be_appealed() -> None:
    story = in_review().decide(day(7), outcome=Outcome.NO_REFUND, amount_minor=0, payer=None)
    with pytest.raises(Refused) as refusal:
        story.do(Verb.CLOSE, day(37), closed_as="decided")
    assert refusal.value.rule == "appeal_window"
    assert story.do(Verb.CLOSE, day(37.01), closed_as="decided").case.state is State.CLOSED


def test_a_split_payment_is_the_platforms_too() -> None:
    assert in_review().decide(day(7), payer=Payer.SPLIT).case.payer is Payer.SPLIT
