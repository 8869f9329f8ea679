"""A policy applied to running cases: starts and pauses stay, nothing is un-broken, nothing broken in the past."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from models.errors import NotFound, Refused
from models.rules import appeals, duties, new_terms, talks
from models.rules.act import Verb
from models.rules.approval import approval_expires_at
from models.rules.new_terms import Move
from models.vocabulary import ClockEnd, ClockKind, Hold, Party, PartyAct, State
from tests.rules.policies import changed, policies
from tests.rules.story import SECOND, SUE, Story, day, in_review, verdict_of
from tests.rules.sums import assert_adds_up

SELLER, CAP, REVIEW = ClockKind.SELLER_RESPONSE, ClockKind.NEGOTIATION_CAP, ClockKind.REVIEW
RESOLUTION, TOUCH, APPROVAL = ClockKind.RESOLUTION, ClockKind.FIRST_TOUCH, ClockKind.APPROVAL
LONGER, SHORTER, NIGHTS = 2, 3, 4
TEXTS = (
    changed(
        ('seller_response = "5d"', 'seller_response = "7d"'), ('resolution = "15d"', 'resolution = "20d"'),
        ('review = "5d"', 'review = "7d"'), ('auto_escalate_after = "7d"', 'auto_escalate_after = "9d"'),
        ('negotiation_cap = "10d"', 'negotiation_cap = "12d"'),
    ),
    changed(
        ('seller_response = "5d"', 'seller_response = "3d"'), ('resolution = "15d"', 'resolution = "10d"'),
        ('review = "5d"', 'review = "2d"'), ('may_escalate_after = "5d"', 'may_escalate_after = "3d"'),
        ('auto_escalate_after = "7d"', 'auto_escalate_after = "4d"'),
        ('negotiation_cap = "10d"', 'negotiation_cap = "6d"'),
        ('appeal_window = "30d"', 'appeal_window = "10d"'), ('approval_expires = "24h"', 'approval_expires = "9h"'),
        more='[seller_response.by_reason]\nquality = "4d"\n',
    ),
    changed(
        ('first_touch = "8h of desk"', 'first_touch = "6h of night"'), ('approval = "8h of desk"', 'approval = "20h"'),
        more='[calendars.night]\nzone = "UTC"\nhours = "Mon-Sun 00:00-09:00"\n'
        '[[seller_response.holidays]]\nfrom = 2026-03-04\nuntil = 2026-03-05\n',
    ),
)  # fmt: skip
"""Versions 2, 3 and 4."""


@pytest.fixture(autouse=True)
def _policies() -> Iterator[None]:
    with policies(*TEXTS):
        yield


def applied(story: Story, version: int, at: datetime) -> Story:
    story.do(Verb.APPLY_POLICY, at, actor=SUE, policy_version=version)
    assert story.replayed() == story.case
    assert_adds_up(story.acts, story.case)
    return story


def moves(story: Story, version: int, at: datetime) -> dict[ClockKind, Move]:
    before = deepcopy(story.case)
    applied(story, version, at)
    return {each.kind: each for each in new_terms.moves(before, story.case, at)}


def test_running_promises_get_the_new_lengths_from_their_old_starts() -> None:
    found = moves(Story(), LONGER, day(1))
    assert {kind: (each.old_due_at, each.new_due_at, each.is_kept) for kind, each in found.items()} == {
        SELLER: (day(5), day(7), False), CAP: (day(10), day(12), False), RESOLUTION: (day(15), day(20), False),
    }  # fmt: skip
    story = applied(Story(), SHORTER, day(1))
    assert [story.clock(kind).due_at for kind in (SELLER, CAP, RESOLUTION)] == [day(3), day(6), day(10)]
    assert {clock.started_at for clock in story.case.clocks} == {day(0)}


def test_what_comes_after_follows_the_new_policy_too() -> None:
    story = applied(Story(), SHORTER, day(1)).escalate(day(4)).claim(day(4))
    assert (story.case.policy_version, story.clock(REVIEW).due_at) == (SHORTER, day(6))


def test_a_broken_promise_stays_broken() -> None:
    story = Story()
    found = moves(story, LONGER, day(6))
    assert SELLER not in found and story.clock(SELLER).is_breached(day(6))
    assert story.seller(PartyAct.REPLY, day(6.5)).clock(SELLER).end is ClockEnd.MISSED
    assert found[RESOLUTION].new_due_at == day(20)


def test_none_is_broken_by_terms_that_would_have_run_out() -> None:
    story = Story()
    found = moves(story, SHORTER, day(4))
    assert found[SELLER] == Move(SELLER, day(5), day(5), is_kept=True)
    assert not story.clock(SELLER).is_breached(day(5)) and story.clock(SELLER).is_breached(day(5) + SECOND)
    assert moves(Story(), SHORTER, day(3))[SELLER].new_due_at == day(3), "at its due instant it can still be kept"


def test_a_pause_and_more_time_that_were_given_stay_given() -> None:
    story = Story().do(Verb.EXTEND, day(1), actor=SUE, clock=SELLER, seconds=2 * 86_400, note=True)
    story.do(Verb.HOLD, day(2), actor=SUE, hold=Hold.OUTAGE, note=True).do(Verb.UNHOLD, day(3), actor=SUE)
    assert story.clock(SELLER).due_at == day(8)
    assert moves(story, LONGER, day(4))[SELLER].new_due_at == day(10)
    assert len(story.clock(SELLER).pauses) == 1


def test_a_promise_that_stands_still_runs_out_by_the_new_terms_only_after_it_goes_on() -> None:
    story = Story().do(Verb.HOLD, day(2), actor=SUE, hold=Hold.LEGAL, note=True)
    applied(story, SHORTER, day(40))
    assert story.clock(SELLER).is_held
    story.do(Verb.UNHOLD, day(50), actor=SUE)
    assert story.clock(SELLER).due_at == day(51), "one of three days was left"
    late = Story().do(Verb.HOLD, day(4), actor=SUE, hold=Hold.LEGAL, note=True)
    applied(late, SHORTER, day(40)).do(Verb.UNHOLD, day(50), actor=SUE)
    assert late.clock(SELLER).due_at == day(51), "three days had passed already: it keeps the fifth"


def test_what_a_source_or_a_person_set_is_not_the_policys_to_move() -> None:
    given = Story(is_notified=False).notify(day(0), due_at=day(6))
    assert SELLER not in moves(given, LONGER, day(1))
    asked = in_review().do(Verb.ASK, day(7), party=Party.BUYER, items=1, note=True, due_at=day(9))
    assert ClockKind.INFO not in moves(asked, LONGER, day(8))


def test_the_end_of_talks_waits_for_the_seller_as_before() -> None:
    story = Story(is_notified=False).notify(day(4))
    assert moves(story, SHORTER, day(5))[CAP] == Move(CAP, day(10), day(7), is_kept=False)
    broken = Story(is_notified=False).notify(day(9))
    assert broken.clock(CAP).due_at == day(14)
    found = moves(broken, SHORTER, day(9.5))
    assert (found[SELLER].new_due_at, found[CAP].new_due_at) == (day(12), day(12))


def test_a_reason_has_its_own_window_under_the_new_policy() -> None:
    story = Story(reason="quality/poor_quality")
    found = moves(story, SHORTER, day(1))
    assert found[SELLER].new_due_at == day(4)
    lines = assert_adds_up(story.acts, story.case)[story.clock(SELLER).number - 1].lines
    assert [(line.what, line.by, line.adds) for line in lines[1:]] == [
        ("policy 1: seller_response", "", timedelta(days=5)),
        ("applied: policy 3: seller_response, by reason quality", "sue", timedelta(days=-1)),
    ]


def test_a_later_answer_goes_by_the_length_of_later_answers() -> None:
    story = Story().seller(PartyAct.REPLY, day(1)).buyer(PartyAct.REPLY, day(2))
    assert SELLER not in moves(story, LONGER, day(3)), "3 days in both"


def test_another_calendar_and_declared_holidays_come_with_the_new_policy() -> None:
    story = Story().escalate(day(6))  # Sunday 8 March, 09:00
    assert moves(story, NIGHTS, day(6))[TOUCH].new_due_at == day(6) + timedelta(hours=21)
    held = Story()
    assert moves(held, NIGHTS, day(1))[SELLER].new_due_at == day(7)
    assert [pause.started_at.day for pause in held.clock(SELLER).holidays] == [4]
    back = moves(held, 1, day(1.5))
    assert (back[SELLER].new_due_at, held.clock(SELLER).holidays) == (day(5), [])


def test_hours_of_a_desk_can_become_plain_hours() -> None:
    story = in_review().decide(day(6), needs_second_person=True)
    assert moves(story, NIGHTS, day(6))[APPROVAL].new_due_at == day(6) + timedelta(hours=20)


@pytest.mark.parametrize(("at", "opens", "by_itself"), [(1, 3, 4), (3.5, 3.5, 4), (6, 5, 6), (6.5, 5, 6.5)])
def test_the_platform_steps_in_no_earlier_than_from_when_the_policy_was_applied(
    at: float, opens: float, by_itself: float
) -> None:
    """Otherwise a sweep would date what it does before anybody had decided on it."""
    story = Story(is_notified=False).notify(day(0), has_no_clock=True)
    applied(story, SHORTER, day(at))
    assert talks.may_escalate_at(story.case) == day(opens)
    story = Story().do(Verb.WAIVE, day(0.5), actor=SUE, clock=CAP, note=True)
    story = applied(story, SHORTER, day(at))
    assert talks.silence_at(story.case) == max(day(by_itself), story.clock(SELLER).due_at)


def test_an_approver_who_is_late_does_not_lose_the_time_that_is_left() -> None:
    story = in_review().decide(day(6), needs_second_person=True)  # Sunday: due on Monday at 17:00
    expires_at = approval_expires_at(story.case)
    applied(story, SHORTER, day(8.5))
    assert story.clock(APPROVAL).is_breached(day(8.5))
    assert approval_expires_at(story.case) == expires_at


def test_a_right_to_appeal_is_not_cut_short() -> None:
    story = in_review().decide(day(7))
    story.do(Verb.APPEAL, day(8), party=Party.SELLER, ground="facts_wrong", note=True)
    applied(story, SHORTER, day(9))
    assert appeals.until(story.case) == day(37)


def test_applying_it_again_or_one_that_is_not_there_is_refused() -> None:
    story = applied(Story(), LONGER, day(1))
    assert verdict_of(story.case, Verb.APPLY_POLICY, day(2), SUE, policy_version=LONGER) == "policy"
    with pytest.raises(NotFound):
        story.do(Verb.APPLY_POLICY, day(2), actor=SUE, policy_version=99)
    closed = Story().do(Verb.WITHDRAW, day(1), note=True)
    with pytest.raises(Refused):
        closed.do(Verb.APPLY_POLICY, day(2), actor=SUE, policy_version=LONGER)


STEPS: dict[str, tuple[Verb, dict[str, Any]]] = {
    "reply": (Verb.RESPOND, {"party": Party.SELLER, "move": PartyAct.REPLY}),
    "ask back": (Verb.RESPOND, {"party": Party.BUYER, "move": PartyAct.REPLY}),
    "escalate": (Verb.ESCALATE, {"party": Party.BUYER, "cause": "seller_silent"}),
    "claim": (Verb.CLAIM, {"login": "sue"}),
    "ask": (Verb.ASK, {"party": Party.BUYER, "items": 1}),
    "hold": (Verb.HOLD, {"hold": Hold.LEGAL}),
    "unhold": (Verb.UNHOLD, {}),
    "extend": (Verb.EXTEND, {"clock": SELLER, "seconds": 86_400}),
    "more review": (Verb.EXTEND, {"clock": REVIEW, "seconds": 7_200}),
    "decide": (Verb.DECIDE, {"outcome": "no_refund", "amount_minor": 0, "findings": ("evidence_equal",),
                             "hash": "0123456789abcdef", "needs_second_person": True}),
}  # fmt: skip


@given(
    st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.integers(0, 90)), max_size=7),
    st.lists(st.tuples(st.sampled_from([1, LONGER, SHORTER, NIGHTS]), st.integers(0, 120)), min_size=1, max_size=3),
)
@example(steps=[("hold", 72)], versions=[(SHORTER, 1)])
@settings(max_examples=300, suppress_health_check=list(HealthCheck))
def test_whatever_came_before_nothing_is_unbroken_and_nothing_broken(
    steps: list[tuple[str, int]], versions: list[tuple[int, int]]
) -> None:
    with policies(*TEXTS):
        story, now = Story(reason="payment/wrong_amount"), day(0)
        for name, hours in steps:
            now += timedelta(hours=hours)
            verb, facts = STEPS[name]
            if verdict_of(story.case, verb, now, SUE, **facts) is None and _is_possible(story, verb):
                story.do(verb, now, actor=SUE, note=True, **facts)
        for version, hours in versions:
            now += timedelta(hours=hours)
            before = deepcopy(story.case)
            if version == before.policy_version or before.state is State.CLOSED:
                continue
            due_before = duties.first(before)
            applied(story, version, now)
            for old, new in zip(before.clocks, story.case.clocks, strict=True):
                assert (old.started_at, old.pauses, old.end, old.stopped_at) == (
                    new.started_at, new.pauses, new.end, new.stopped_at,
                )  # fmt: skip
                assert old.is_breached(now) == new.is_breached(now)
                assert new.due_at == old.due_at or (old.is_running and not old.is_overdue(now))
                assert new.due_at == old.due_at or new.is_held or new.due_at >= now
            due = duties.first(story.case)
            assert due is None or due.at >= now or (due_before is not None and due_before.at <= due.at)


def _is_possible(story: Story, verb: Verb) -> bool:
    return verb is not Verb.EXTEND or story.case.state is not State.DRAFT
