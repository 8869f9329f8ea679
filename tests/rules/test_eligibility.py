"""Each rule of eligibility: when it holds, what it says, and the instant at which time turns it round."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from models.rules.eligibility import INELIGIBLE, RULES, Facts, Verdict, verdicts
from models.rules.policy import policy
from models.vocabulary import Remedy
from tests.rules.story import SECOND, day

NOW = day(0)
SOUND: dict[str, Any] = {
    "order": "O-1", "is_order_known": True, "currency": "USD", "reason": "damaged/item_damaged",
    "remedy": Remedy.RETURN_AND_REFUND, "amount_minor": 2_500, "refundable_minor": 9_000,
}  # fmt: skip


def judged(rule: str, now: datetime = NOW, **facts: Any) -> Verdict:
    return next(each for each in verdicts(Facts(**{**SOUND, **facts}), now, policy(1)) if each.rule == rule)


def test_a_sound_claim_passes_every_rule_in_the_order_of_the_list() -> None:
    found = verdicts(Facts(**SOUND), NOW, policy(1))
    assert [each.rule for each in found] == [rule.name for rule in RULES] == list(INELIGIBLE)
    assert all(each.passes and each.sentence for each in found)


def test_protection_ends_before_its_end_and_says_when() -> None:
    ends = NOW + timedelta(days=3)
    held = judged("protection", ends - SECOND, protection_ends_at=ends)
    assert held.passes and held.flips_at == ends
    over = judged("protection", ends, protection_ends_at=ends)
    assert not over.passes and over.flips_at is None
    assert f"{ends:%Y-%m-%dT%H:%M:%SZ}" in over.sentence


def test_fifteen_days_after_completion_still_count_their_last_second() -> None:
    last = NOW + timedelta(days=15)
    facts = {"protection_ends_at": NOW, "completed_at": NOW}
    held = judged("protection", last, **facts)
    assert held.passes and held.flips_at == last
    assert not judged("protection", last + SECOND, **facts).passes


def test_the_later_of_protection_and_completion_is_when_it_flips() -> None:
    facts = {"protection_ends_at": NOW + timedelta(days=30), "completed_at": NOW}
    assert judged("protection", **facts).flips_at == NOW + timedelta(days=30)
    facts = {"protection_ends_at": NOW + timedelta(days=1), "completed_at": NOW}
    assert judged("protection", **facts).flips_at == NOW + timedelta(days=15)


def test_where_nothing_is_left_to_refund_the_sentence_says_so() -> None:
    verdict = judged("amount", refundable_minor=0)
    assert not verdict.passes and verdict.sentence.startswith("Nothing can be disputed: 0.00 USD")


def test_an_order_of_which_no_end_is_known_is_still_protected() -> None:
    assert judged("protection").passes


@pytest.mark.parametrize(("amount", "passes"), [(0, False), (1, True), (9_000, True), (9_001, False), (None, False)])
def test_an_amount_lies_above_nothing_and_within_what_is_refundable(amount: int | None, passes: bool) -> None:
    verdict = judged("amount", amount_minor=amount)
    assert verdict.passes is passes
    assert "90.00 USD" in verdict.sentence


@pytest.mark.parametrize(
    ("reason", "remedy", "passes"),
    [
        ("not_received/lost", Remedy.RETURN_AND_REFUND, False),
        ("payment/duplicate", Remedy.RETURN_AND_REFUND, False),
        ("quality/poor_quality", Remedy.RETURN_AND_REFUND, True),
        ("not_received/lost", Remedy.FULL_REFUND, True),
        ("", Remedy.FULL_REFUND, False),
        ("not_received/lost", None, False),
    ],
)
def test_goods_go_back_only_for_reasons_that_allow_it(reason: str, remedy: Remedy | None, passes: bool) -> None:
    assert judged("remedy", reason=reason, remedy=remedy).passes is passes


def test_a_suspension_counts_until_its_end_and_gives_its_reason() -> None:
    until = NOW + timedelta(days=40)
    held = judged("buyer_suspended", until - SECOND, suspended_until=until, suspended_because="same photo twice")
    assert not held.passes and held.flips_at == until and "same photo twice" in held.sentence
    assert judged("buyer_suspended", until, suspended_until=until).passes
    (unknown,) = (each for each in verdicts(Facts(), NOW, policy(1)) if each.rule == "buyer_suspended")
    assert "not suspended" not in unknown.sentence, "nobody has looked yet"


def test_what_the_buyer_has_not_shown_is_named() -> None:
    verdict = judged("evidence", evidence_missing=("photo_package", "photo_item or video_item"))
    assert not verdict.passes and "photo_package, and photo_item or video_item:" in verdict.sentence
    assert judged("evidence").passes


def test_a_live_case_is_named() -> None:
    verdict = judged("no_live_case", live_cases=("C7",))
    assert not verdict.passes and "C7" in verdict.sentence


def test_an_unknown_order_leaves_nothing_to_judge_its_money_by() -> None:
    found = verdicts(Facts(order="O-9"), NOW, policy(1))
    assert {each.rule for each in found if not each.passes} >= {"order_known", "protection", "amount"}
    assert not INELIGIBLE["order_known"].can_be_set_aside and not INELIGIBLE["amount"].can_be_set_aside
