"""How long a seller has: by reason, by tier, and without the days of a declared holiday."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from models.errors import Misused
from models.rules import policy_file, reach
from models.rules.act import Verb
from models.rules.clocks import Clock
from models.rules.policy import policy
from models.vocabulary import ClockKind, Hold, PartyAct
from tests.rules.policies import changed, policies
from tests.rules.story import OPENED, SUE, Story, day
from tests.rules.sums import assert_adds_up

SELLER, CAP = ClockKind.SELLER_RESPONSE, ClockKind.NEGOTIATION_CAP
WINDOWS = """
[seller_response.by_reason]
damaged = "4d"
not_received = "6d"
"not_received/customs_held" = "7d"

[seller_response.by_tier]
gold = "3d"
new = "7d"

[[seller_response.holidays]]
name = "Spring Festival"
from = 2026-03-05
until = 2026-03-06
zone = "Asia/Shanghai"
countries = ["CN"]

[[seller_response.holidays]]
from = 2026-04-20
until = 2026-04-20
"""


@pytest.fixture(autouse=True)
def _policies() -> Iterator[None]:
    with policies(changed(more=WINDOWS)):
        yield


def told(reason: str = "quality/poor_quality", **facts: Any) -> Story:
    """Notified at the opening, Monday 2 March 2026 at 09:00, with what is known of the seller."""
    return Story(is_notified=False, policy_version=2, reason=reason).notify(OPENED, **facts)


def window(story: Story) -> tuple[timedelta, str]:
    """The seller's window, and which rule set it, once every clock of the story was added up."""
    found = assert_adds_up(story.acts, story.case)
    assert story.replayed() == story.case
    clock = story.clock(SELLER)
    lines = found[clock.number - 1].lines
    return clock.due_at - clock.started_at, lines[1].what


@pytest.mark.parametrize(
    ("reason", "tier", "days", "rule"),
    [
        ("quality/poor_quality", "", 5, ""),
        ("damaged/item_damaged", "", 4, ", by reason damaged"),
        ("not_received/lost", "", 6, ", by reason not_received"),
        ("not_received/customs_held", "", 7, ", by reason not_received/customs_held"),
        ("quality/poor_quality", "gold", 3, ", by tier gold"),
        ("quality/poor_quality", "silver", 5, ""),
        ("damaged/item_damaged", "gold", 4, ", by reason damaged"),
        ("damaged/item_damaged", "new", 7, ", by tier new"),
    ],
)
def test_the_rule_that_fits_sets_the_window_and_of_two_the_longer_one(
    reason: str, tier: str, days: int, rule: str
) -> None:
    found = window(told(reason, seller_tier=tier or None))
    assert found == (timedelta(days=days), f"policy 2: seller_response{rule}")


def test_days_of_a_declared_holiday_do_not_count_and_are_named() -> None:
    story = told(seller_country="CN")
    assert window(story)[0] == timedelta(days=7)
    lines = assert_adds_up(story.acts, story.case)[story.clock(SELLER).number - 1].lines
    assert lines[-1].what == "declared holiday, from 2026-03-04T16:00:00Z to 2026-03-06T16:00:00Z"
    assert window(told(seller_country="PL"))[0] == timedelta(days=5)


def test_a_holiday_of_the_sellers_own_is_joined_with_that_of_their_country() -> None:
    away = ((day(3), day(6)), (day(40), day(50)))
    assert window(told(seller_away=away))[0] == timedelta(days=8)
    assert window(told(seller_away=away, seller_country="CN"))[0] == timedelta(days=5) + (day(6) - at(4, 16))


def at(day_of_month: int, hour: int) -> datetime:
    return datetime(2026, 3, day_of_month, hour, tzinfo=UTC)


def test_nobody_steps_in_before_the_longer_window_is_up_and_talks_last_as_long() -> None:
    story = told(seller_away=((day(1), day(10)),))
    assert (story.clock(SELLER).due_at, story.clock(CAP).due_at) == (day(14), day(14))
    assert story.clock(SELLER).standing(day(5)) == "running"


def test_later_answers_do_not_count_it_either() -> None:
    story = told(seller_away=((day(4), day(6)),)).seller(PartyAct.REPLY, day(1)).buyer(PartyAct.REPLY, day(3))
    found, what = window(story)
    assert (found, what) == (timedelta(days=5), "policy 2: seller_response, from the second answer on")


def test_a_holiday_and_a_hold_over_one_time_are_given_back_once() -> None:
    story = told(seller_away=((day(2), day(4)),)).do(Verb.HOLD, day(3), actor=SUE, hold=Hold.LEGAL, note=True)
    story.do(Verb.UNHOLD, day(5), actor=SUE)
    assert window(story)[0] == timedelta(days=8)


def test_more_time_reaches_into_a_holiday_that_lay_behind_the_window() -> None:
    story = told(seller_away=((day(5.5), day(6.5)),))
    assert window(story)[0] == timedelta(days=5)
    story.do(Verb.EXTEND, day(1), actor=SUE, clock=SELLER, seconds=86_400, note=True)
    assert window(story)[0] == timedelta(days=7)


def test_a_due_instant_of_the_source_is_as_it_is() -> None:
    story = told("damaged/item_damaged", due_at=day(2), seller_country="CN", seller_tier="new")
    assert window(story)[0] == timedelta(days=2)


def test_whether_the_promise_can_be_kept_goes_by_the_reasons_window() -> None:
    late = Story(is_notified=False, policy_version=2, reason="not_received/customs_held")
    found = reach.out_of_reach(late.case, day(9))
    assert found is not None and found.free_at == day(16)
    assert reach.out_of_reach(Story(is_notified=False, policy_version=2).case, day(9)) is None


def test_the_shipped_policy_has_one_window_for_all() -> None:
    windows = policy(1).windows
    assert not (windows.by_reason or windows.by_tier or windows.holidays)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('damaged = "4d"', 'damaged = "8d"', 'seller_response.by_reason.damaged: "8d" is not between 3d and 7d'),
        ('damaged = "4d"', 'damagd = "4d"', "did you mean damaged?"),
        ('gold = "3d"', 'gold = "2d"', 'seller_response.by_tier.gold: "2d" is not between 3d and 7d'),
        ('gold = "3d"', '"Gold !" = "3d"', "is no tier"),
        ("until = 2026-03-06", "until = 2026-03-04", "2026-03-04 lies before 2026-03-05"),
        ("until = 2026-03-06", "", "holidays[0].until: is missing"),
        ("until = 2026-03-06", 'until = "6.3."', '"6.3." is no day'),
        ("until = 2026-03-06", "til = 2026-03-06", "did you mean until?"),
        ('"Asia/Shanghai"', '"Asia/Shangai"', "did you mean Asia/Shanghai?"),
        ('["CN"]', '"CN"', 'write ["CN"]'),
        ('["CN"]', '["China"]', 'write ["CN"]'),
    ],
)
def test_a_fault_in_them_is_told_like_any_other(old: str, new: str, said: str) -> None:
    assert old in WINDOWS
    with pytest.raises(Misused) as fault:
        policy_file.new(changed(more=WINDOWS.replace(old, new, 1)), 3)
    assert said in str(fault.value)


def test_a_clock_that_is_restarted_after_a_miss_keeps_what_was_added() -> None:
    story = told(seller_away=((day(1), day(2)),))
    story.do(Verb.EXTEND, day(7), actor=SUE, clock=SELLER, seconds=3 * 86_400, note=True)
    clocks: list[Clock] = [clock for clock in story.case.clocks if clock.kind is SELLER]
    assert [clock.due_at for clock in clocks] == [day(6), day(9)]
    assert_adds_up(story.acts, story.case)
