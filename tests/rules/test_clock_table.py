"""The table of clocks, row by row: what keeps each promise, to the second, and what lets it stand still."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from models.rules.act import Verb
from models.rules.case import Case
from models.rules.clocks import KINDS, WINDOWS
from models.vocabulary import (
    AppealGround,
    AppealResult,
    Audience,
    ClockEnd,
    ClockKind,
    ClosedAs,
    Hold,
    Outcome,
    Party,
    PartyAct,
    RefundState,
    Remedy,
    ReturnStep,
)
from tests.rules.story import SECOND, SUE, Story, day, in_review

Make = Callable[[], Story]
Keep = Callable[[Story, datetime], Story]


def offered() -> Story:
    return Story().seller(PartyAct.OFFER, day(1), remedy=Remedy.RETURN_AND_REFUND)


def returning() -> Story:
    return offered().buyer(PartyAct.ACCEPT, day(2))


def delivered() -> Story:
    return returning().do(Verb.RETURN, day(3), step=ReturnStep.DELIVERED)


def asked() -> Story:
    return in_review().do(Verb.ASK, day(7), party=Party.SELLER, items=1, note=True)


def proposed() -> Story:
    return in_review().decide(day(7), needs_second_person=True)


def agreed() -> Story:
    return Story().seller(PartyAct.ACCEPT, day(1)).refund(RefundState.INSTRUCTED, day(1))


def appealed() -> Story:
    story = in_review().decide(day(7))
    story.do(Verb.APPEAL, day(8), party=Party.SELLER, ground=AppealGround.FACTS_WRONG, note=True)
    return story.do(Verb.CLAIM, day(8), actor=SUE, login="sue")


def does(verb: Verb, **facts: Any) -> Keep:
    return lambda story, at: story.do(verb, at, actor=SUE, note=True, **facts)


ROWS: dict[ClockKind, tuple[Make, Keep]] = {
    ClockKind.NOTIFY: (lambda: Story(is_notified=False, promises_notice=True), does(Verb.NOTIFY)),
    ClockKind.SELLER_RESPONSE: (Story, lambda story, at: story.seller(PartyAct.REPLY, at)),
    ClockKind.BUYER_REPLY: (offered, lambda story, at: story.buyer(PartyAct.REQUEST, at)),
    ClockKind.NEGOTIATION_CAP: (Story, lambda story, at: story.escalate(at)),
    ClockKind.RESOLUTION: (Story, lambda story, at: story.seller(PartyAct.ACCEPT, at)),
    ClockKind.REVIEW: (in_review, lambda story, at: story.decide(at)),
    ClockKind.FIRST_TOUCH: (lambda: Story().escalate(day(6)), lambda story, at: story.claim(at)),
    ClockKind.INFO: (asked, does(Verb.ANSWER, party=Party.SELLER)),
    ClockKind.APPROVAL: (proposed, does(Verb.APPROVE, hash="0123456789abcdef")),
    ClockKind.RETURN_SHIP: (returning, does(Verb.RETURN, step=ReturnStep.SHIPPED)),
    ClockKind.RETURN_CONFIRM: (delivered, does(Verb.RETURN, step=ReturnStep.RECEIVED)),
    ClockKind.REFUND: (agreed, lambda story, at: story.refund(RefundState.CONFIRMED, at)),
    ClockKind.APPEAL_REVIEW: (appealed, does(Verb.RULE, result=AppealResult.UPHELD)),
}
"""A case in which the clock runs, and the act that keeps what was promised."""


def test_every_kind_has_its_row_but_the_windows_which_nobody_keeps() -> None:
    assert set(ROWS) == set(ClockKind) - WINDOWS


@pytest.mark.parametrize("kind", ROWS)
def test_a_promise_is_kept_at_its_due_instant_and_missed_a_second_later(kind: ClockKind) -> None:
    make, keep = ROWS[kind]
    due_at = make().clock(kind).due_at
    for late, end in ((timedelta(), ClockEnd.MET), (SECOND, ClockEnd.MISSED)):
        story = make()
        number = story.clock(kind).number
        keep(story, due_at + late)
        clock = story.case.clocks[number - 1]
        assert (clock.stopped_at, clock.end) == (due_at + late, end)
        assert (clock.standing(due_at + late), clock.due_at) == (end.value, due_at)
        assert story.replayed() == story.case


@pytest.mark.parametrize("kind", ROWS)
def test_until_then_it_runs_and_is_breached_strictly_after(kind: ClockKind) -> None:
    clock = ROWS[kind][0]().clock(kind)
    assert clock.is_running and not clock.is_overdue(clock.due_at) and clock.is_overdue(clock.due_at + SECOND)
    assert clock.standing(clock.due_at) == "due_soon" and clock.standing(clock.due_at + SECOND) == "breached"


@pytest.mark.parametrize("why", Hold)
@pytest.mark.parametrize("kind", [kind for kind in ROWS if kind is not ClockKind.REFUND])  # its case is over
def test_a_legal_hold_stops_every_clock_an_outage_the_parties_and_a_risk_none(kind: ClockKind, why: Hold) -> None:
    story = ROWS[kind][0]()
    at = story.clock(kind).due_at - timedelta(hours=1)
    due_at = story.clock(kind).due_at
    story.do(Verb.HOLD, at, actor=SUE, hold=why, note=True)
    stands_still = why is Hold.LEGAL or (why is Hold.OUTAGE and KINDS[kind].owner is not Party.PLATFORM)
    assert story.clock(kind).is_held is stands_still
    assert story.clock(kind).standing(at) == ("paused" if stands_still else "due_soon")
    story.do(Verb.UNHOLD, at + timedelta(days=2), actor=SUE)
    assert (story.clock(kind).due_at > due_at) is stands_still
    assert story.clock(kind).due_at >= due_at, "a pause may only lengthen"


def clocks_of(case: Case) -> list[tuple[object, ...]]:
    return [(clock.kind, clock.started_at, clock.due_at, clock.end, clock.pauses) for clock in case.clocks]


@pytest.mark.parametrize("make", [Story, offered, in_review, asked, proposed, returning])
def test_automatic_replies_notes_messages_and_chasers_start_and_stop_nothing(make: Make) -> None:
    story = make()
    before, at = clocks_of(story.case), story.acts[-1][0].occurred_at + timedelta(hours=1)
    story.do(Verb.NOTE, at, note=True)
    story.do(Verb.MESSAGE, at, note=True, audience=Audience.BOTH)
    for party in (Party.BUYER, Party.SELLER):
        story.do(Verb.MESSAGE, at, note=True, party=party, is_automatic=True)
    if make is Story:
        story.do(Verb.CHASE, at, note=True)
    assert clocks_of(story.case) == before


def test_reopening_revives_no_resolution_and_begins_a_review() -> None:
    story = in_review().decide(day(7), outcome=Outcome.NO_REFUND, amount_minor=0, payer=None)
    story.do(Verb.CLOSE, day(60), closed_as=ClosedAs.DECIDED).do(Verb.REOPEN, day(61), actor=SUE, note=True)
    running = [clock.kind for clock in story.case.clocks if clock.is_running]
    assert running == [ClockKind.REVIEW]
    assert story.clock(ClockKind.REVIEW).due_at == day(66)
    assert story.replayed() == story.case


def test_merging_keeps_the_earlier_promise_of_both() -> None:
    for told, due in ((day(12), day(12)), (day(20), day(15))):
        story = Story().do(Verb.TAKE_IN, day(2), other=2, resolution_due_at=told)
        assert story.clock(ClockKind.RESOLUTION).due_at == due


@pytest.mark.parametrize(
    ("leave", "at"),
    [
        (lambda story: story.escalate(day(6)), 6),
        (lambda story: story.buyer(PartyAct.ACCEPT, day(2)), 2),
        (lambda story: story.do(Verb.WITHDRAW, day(2), note=True), 2),
    ],
)
def test_when_a_case_leaves_talks_the_parties_promises_end_there(leave: Callable[[Story], Story], at: float) -> None:
    story = leave(offered())
    for clock in story.case.clocks:
        if KINDS[clock.kind].is_talks:
            assert not clock.is_running and clock.stopped_at is not None and clock.stopped_at <= day(at)
    reply = story.clock(ClockKind.BUYER_REPLY)
    assert reply.end in (ClockEnd.MISSED if at > 4 else ClockEnd.CANCELLED, ClockEnd.MET)
