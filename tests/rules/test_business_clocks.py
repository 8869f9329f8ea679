"""Promises that count a desk's open hours: that somebody takes an escalated case, and that a second person signs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from models.rules.act import Verb
from models.rules.approval import approval_expires_at
from models.rules.clocks import Clock
from models.rules.reasons_of_expiry import expiry
from models.vocabulary import ClockEnd, ClockKind, EvidenceKind, Hold, Outcome, Party, PartyAct, State
from tests.rules.story import ANNA, BEN, SECOND, SUE, Story, day, in_review
from tests.rules.sums import assert_adds_up

# The sample case opens on Monday 2 March 2026 at 09:00; the desk is open Mon-Fri 09:00-18:00 UTC.
TOUCH, APPROVAL = ClockKind.FIRST_TOUCH, ClockKind.APPROVAL
HOUR = timedelta(hours=1)


def march(day_of_month: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day_of_month, hour, minute, tzinfo=UTC)


def escalated() -> Story:
    return Story().escalate(march(9, 15))


def proposed() -> Story:
    return in_review().decide(march(12, 16), needs_second_person=True)


def replays(story: Story) -> Story:
    assert story.replayed() == story.case
    assert_adds_up(story.acts, story.case)
    return story


def test_an_escalated_case_is_to_be_touched_within_eight_open_hours() -> None:
    clock = replays(escalated()).clock(TOUCH)
    assert (clock.started_at, clock.due_at) == (march(9, 15), march(10, 14))


@pytest.mark.parametrize(("claimed", "end"), [(march(10, 14), ClockEnd.MET), (march(10, 14) + SECOND, ClockEnd.MISSED)])
def test_a_claim_stops_the_first_touch(claimed: datetime, end: ClockEnd) -> None:
    clock = replays(escalated().claim(claimed)).clock(TOUCH)
    assert (clock.stopped_at, clock.end) == (claimed, end)


def test_whom_a_supervisor_gives_the_case_to_has_touched_it() -> None:
    story = escalated().do(Verb.ASSIGN, march(9, 16), actor=SUE, login="ben", note=True)
    assert replays(story).clock(TOUCH).end is ClockEnd.MET


def test_a_case_that_somebody_has_is_touched_at_once() -> None:
    story = replays(Story().claim(day(1)).escalate(march(9, 15)))
    assert (story.clock(TOUCH).stopped_at, story.clock(TOUCH).end) == (march(9, 15), ClockEnd.MET)


def test_giving_it_back_asks_for_no_second_first_touch() -> None:
    story = escalated().claim(march(9, 16)).do(Verb.RELEASE, march(9, 17)).claim(march(11, 9), BEN)
    assert [clock.end for clock in replays(story).case.clocks if clock.kind is TOUCH] == [ClockEnd.MET]


@pytest.mark.parametrize(("at", "end"), [(march(9, 16), ClockEnd.CANCELLED), (march(11, 9), ClockEnd.MISSED)])
def test_a_case_that_ends_untouched_was_not_touched(at: datetime, end: ClockEnd) -> None:
    assert replays(escalated().do(Verb.WITHDRAW, at, note=True)).clock(TOUCH).end is end
    agreed = escalated().seller(PartyAct.ACCEPT, at)
    assert replays(agreed).clock(TOUCH).end is end


def test_a_claim_written_down_after_the_breach_but_made_in_time_clears_it() -> None:
    story = escalated().do(Verb.CLAIM, march(10, 13), recorded_at=march(10, 15), login="anna")
    assert replays(story).clock(TOUCH).end is ClockEnd.MET_LATE_RECORDED


def test_a_decision_that_needs_a_second_person_is_to_be_signed_within_eight_open_hours() -> None:
    story = replays(proposed())
    clock = story.clock(APPROVAL)
    assert (clock.started_at, clock.due_at) == (march(12, 16), march(13, 15))
    assert approval_expires_at(story.case) == march(17, 13), "24 open hours, over a weekend"


def test_approving_and_sending_back_keep_the_promise() -> None:
    ruling = proposed()
    ruling.do(Verb.APPROVE, march(13, 10), actor=SUE, hash="0123456789abcdef")
    assert (replays(ruling).clock(APPROVAL).end, ruling.case.state) == (ClockEnd.MET, State.RESOLVED)
    late = proposed().do(Verb.SEND_BACK, march(13, 16), actor=SUE, note=True)
    assert (replays(late).clock(APPROVAL).end, late.case.state) == (ClockEnd.MISSED, State.IN_REVIEW)
    assert approval_expires_at(late.case) is None


def test_each_proposal_brings_its_own_promise() -> None:
    story = proposed().do(Verb.SEND_BACK, march(13, 10), actor=SUE, note=True)
    story.decide(march(16, 9), needs_second_person=True)
    assert [clock.due_at for clock in replays(story).case.clocks if clock.kind is APPROVAL] == [
        march(13, 15), march(16, 17)
    ]  # fmt: skip


def test_what_changes_under_a_proposal_drops_its_promise() -> None:
    story = proposed().do(
        Verb.ATTACH, march(12, 17), party=Party.BUYER, evidence_kind=EvidenceKind.PHOTO_ITEM, file_digest="d",
        file_type="png", size_bytes=1,
    )  # fmt: skip
    assert (replays(story).clock(APPROVAL).end, story.case.state) == (ClockEnd.CANCELLED, State.IN_REVIEW)
    withdrawn = proposed().do(Verb.WITHDRAW, march(13, 16), note=True)
    assert replays(withdrawn).clock(APPROVAL).end is ClockEnd.MISSED


def test_a_ruling_without_a_second_person_promises_none() -> None:
    assert in_review().decide(march(12, 16)).case.latest(APPROVAL) is None


def held(story: Story, start: datetime, end: datetime) -> Story:
    story.do(Verb.HOLD, start, actor=SUE, hold=Hold.LEGAL, note=True)
    return story.do(Verb.UNHOLD, end, actor=SUE)


@pytest.mark.parametrize(
    ("start", "end", "due"),
    [
        (march(12, 17), march(13, 10), march(13, 17)),  # an hour of each day
        (march(12, 18), march(13, 9), march(13, 15)),  # the night, which did not count anyway
        (march(13, 16), march(13, 17), march(13, 15)),  # after it was due
        (march(13, 14), march(16, 9), march(16, 10)),  # the last hour, over a weekend
    ],
)
def test_a_hold_gives_back_the_open_hours_that_it_took(start: datetime, end: datetime, due: datetime) -> None:
    story = held(proposed(), start, end)
    assert replays(story).clock(APPROVAL).due_at == due


def test_a_decision_does_not_expire_while_its_promise_stands_still() -> None:
    story = proposed().do(Verb.HOLD, march(12, 17), actor=SUE, hold=Hold.LEGAL, note=True)
    assert approval_expires_at(replays(story).case) is None
    story.do(Verb.UNHOLD, march(13, 10), actor=SUE)
    assert approval_expires_at(replays(story).case) == march(17, 15)


def test_an_outage_of_the_parties_is_none_of_the_desk() -> None:
    story = proposed().do(Verb.HOLD, march(12, 17), actor=SUE, hold=Hold.OUTAGE, note=True)
    assert not replays(story).clock(APPROVAL).is_held


def extended(story: Story, kind: ClockKind, at: datetime, hours: int) -> Clock:
    story.do(Verb.EXTEND, at, actor=SUE, clock=kind, seconds=hours * 3600, note=True)
    return replays(story).clock(kind)


def test_more_time_is_counted_in_open_hours_too() -> None:
    assert extended(escalated(), TOUCH, march(10, 9), 9).due_at == march(11, 14)


def test_a_missed_promise_stays_missed_and_begins_again_beside_itself() -> None:
    story = held(proposed(), march(12, 17), march(13, 9))
    clock = extended(story, APPROVAL, march(16, 10), 9)
    assert [each.end for each in story.case.clocks if each.kind is APPROVAL] == [ClockEnd.MISSED, None]
    assert clock.due_at == march(16, 16), "nine open hours after Friday 16:00"
    assert approval_expires_at(story.case) is not None


def test_whoever_gives_an_approver_more_time_moves_the_expiry_with_it() -> None:
    story = proposed()
    clock = extended(story, APPROVAL, march(12, 17), 30)
    assert approval_expires_at(story.case) == clock.due_at > march(17, 13)


def test_a_waived_approval_expires_all_the_same() -> None:
    story = proposed().do(Verb.WAIVE, march(12, 17), actor=SUE, clock=APPROVAL, note=True)
    assert replays(story).clock(APPROVAL).end is ClockEnd.WAIVED
    assert approval_expires_at(story.case) == march(17, 13)


def test_the_lines_name_the_hours_each_night_and_each_pause() -> None:
    story = held(proposed(), march(12, 17), march(13, 10))
    found = assert_adds_up(story.acts, story.case)
    lines = next(each for each in found if each.kind is APPROVAL).lines
    assert [(line.what, line.by, line.adds) for line in lines] == [
        ("starts: decide", "anna", timedelta()),
        ("policy 1: approval, open hours of 'desk'", "", 8 * HOUR),
        ("legal hold, from 2026-03-12T17:00:00Z to 2026-03-13T10:00:00Z", "sue", HOUR),
        ("closed, from 2026-03-12T18:00:00Z to 2026-03-13T09:00:00Z", "", 15 * HOUR),
        ("legal hold, from 2026-03-12T17:00:00Z to 2026-03-13T10:00:00Z", "sue", HOUR),
    ]  # fmt: skip


def test_an_appeal_that_changes_a_ruling_waits_for_a_second_person_too() -> None:
    story = in_review().decide(march(12, 9))
    story.do(Verb.APPEAL, march(13, 9), party=Party.SELLER, ground="facts_wrong", note=True)
    story.do(Verb.CLAIM, march(13, 9), actor=SUE, login="sue")
    story.do(Verb.RULE, march(13, 16), actor=SUE, result="reversed", outcome=Outcome.NO_REFUND, payer=None,
             amount_minor=0, findings=("delivery_proven",), hash="0123456789abcdef", note=True)  # fmt: skip
    assert replays(story).clock(APPROVAL).due_at == march(16, 15)
    assert ANNA.login in story.case.involved


def test_a_start_that_the_calendar_does_not_know_counts_every_second() -> None:
    opened = datetime(1969, 12, 30, tzinfo=UTC)
    story = Story()
    story.case.promise(TOUCH, opened, opened)
    assert (story.clock(TOUCH).due_at, story.clock(TOUCH).open_time) == (opened + 8 * HOUR, None)


@pytest.mark.parametrize("is_more", [False, True])
def test_when_an_unsigned_decision_goes_back_is_told_line_by_line(is_more: bool) -> None:
    story = held(proposed(), march(12, 17), march(13, 10))
    if is_more:
        extended(story, APPROVAL, march(13, 10), 30)
    found = expiry(story.acts, story.case)
    assert found is not None and found.due_at == approval_expires_at(story.case)
    assert (
        found.lines[0].at + sum((line.adds for line in found.lines), timedelta()) == found.due_at == found.lines[-1].at
    )
    told = [line.what for line in found.lines]
    assert told[:2] == ["starts: decide", "policy 1: approval_expires, open hours of 'desk'"]
    assert told[2].startswith("legal hold") and told[3].startswith("closed, from 2026-03-12T18:00:00Z")
    assert (told[-1] == "not before it is due to be signed") is is_more


def test_nothing_expires_where_no_decision_waits() -> None:
    story = in_review()
    assert expiry(story.acts, story.case) is None
