"""Why a promise is due when it is: lines that add up, whatever happened to the case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from models.rules.act import Verb
from models.rules.reasons_of_due import Reasons
from models.vocabulary import AppealGround, ClockKind, Hold, Party, PartyAct, Remedy, ReturnStep
from tests.rules.story import SUE, Story, day, in_review
from tests.rules.sums import assert_adds_up

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def explained(story: Story, kind: ClockKind) -> Reasons:
    """The latest clock of the kind, once every clock of the story has been added up."""
    found = assert_adds_up(story.acts, story.case)
    return next(each for each in reversed(found) if each.kind is kind)


def told(found: Reasons) -> list[tuple[str, str, timedelta]]:
    return [(line.what, line.by, line.adds) for line in found.lines]


def test_a_promise_of_the_policy() -> None:
    assert told(explained(Story(), ClockKind.RESOLUTION)) == [
        ("starts: open", "anna", timedelta()),
        ("policy 1: resolution", "", 15 * DAY),
    ]


def test_a_due_instant_of_the_source() -> None:
    story = Story(is_notified=False).notify(day(1), due_at=day(3))
    assert told(explained(story, ClockKind.SELLER_RESPONSE)) == [
        ("starts: notify", "", timedelta()),
        ("the source's own due instant, instead of the policy's", "", 2 * DAY),
    ]


def test_the_sellers_second_answer_runs_from_the_buyers_act() -> None:
    story = Story().buyer(PartyAct.REQUEST, day(1)).seller(PartyAct.REPLY, day(2)).buyer(PartyAct.REPLY, day(3))
    assert told(explained(story, ClockKind.SELLER_RESPONSE)) == [
        ("starts: respond reply by the buyer", "anna", timedelta()),
        ("policy 1: seller_response, from the second answer on", "", 3 * DAY),
    ]


def test_talks_that_last_as_long_as_the_seller_may_take() -> None:
    story = Story(is_notified=False).notify(day(8))
    assert told(explained(story, ClockKind.NEGOTIATION_CAP)) == [
        ("starts: open", "anna", timedelta()),
        ("policy 1: negotiation_cap", "", 10 * DAY),
        ("talks last as long as the seller's answer may take", "", 3 * DAY),
    ]


def held(story: Story, why: Hold, at: datetime, until: datetime | None = None) -> Story:
    story.do(Verb.HOLD, at, actor=SUE, hold=why, note=True)
    return story if until is None else story.do(Verb.UNHOLD, until, actor=SUE)


def test_each_pause_has_its_span_and_its_author_and_is_counted_once() -> None:
    story = in_review().do(Verb.ASK, day(7), party=Party.BUYER, items=1, note=True)
    held(story, Hold.LEGAL, day(8), day(9))
    story.do(Verb.ANSWER, day(8.5) + DAY, party=Party.BUYER, note=True)
    lines = told(explained(story, ClockKind.REVIEW))
    assert lines[1] == ("policy 1: review", "", 5 * DAY)
    assert sum((adds for _, _, adds in lines[2:]), timedelta()) == 2.5 * DAY
    assert {by for _, by, _ in lines[2:]} == {"anna"}, "all of the hold lies within what was asked"


def test_a_hold_that_lasts_says_that_the_instant_will_move() -> None:
    story = held(Story(), Hold.LEGAL, day(2))
    what, by, adds = told(explained(story, ClockKind.SELLER_RESPONSE))[-1]
    assert what == "legal hold, from 2026-03-04T09:00:00Z and it lasts; the instant moves when it ends"
    assert (by, adds) == ("sue", timedelta())


@pytest.mark.parametrize("late", [False, True])
def test_an_extension_names_who_gave_it(late: bool) -> None:
    story = Story().do(Verb.EXTEND, day(5.5 if late else 4), actor=SUE, clock=ClockKind.SELLER_RESPONSE,
                       seconds=86_400, note=True)  # fmt: skip
    lines = told(explained(story, ClockKind.SELLER_RESPONSE))
    if late:
        assert lines[1] == ("the promise that was missed, extended", "sue", 6 * DAY)
    else:
        assert lines[1:] == [("policy 1: seller_response", "", 5 * DAY), ("moved: extend", "sue", DAY)]


STARTS: dict[ClockKind, tuple[Callable[[], Story], str, timedelta]] = {
    ClockKind.NOTIFY: (lambda: Story(is_notified=False, promises_notice=True), "open", DAY),
    ClockKind.SELLER_RESPONSE: (Story, "notify", 5 * DAY),
    ClockKind.BUYER_REPLY: (lambda: offered(), "respond offer by the seller", 3 * DAY),
    ClockKind.NEGOTIATION_CAP: (Story, "open", 10 * DAY),
    ClockKind.RESOLUTION: (Story, "open", 15 * DAY),
    ClockKind.REVIEW: (in_review, "escalate by the buyer", 5 * DAY),
    ClockKind.FIRST_TOUCH: (in_review, "escalate by the buyer", 8 * HOUR),
    ClockKind.INFO: (lambda: asked(), "ask by the buyer", 3 * DAY),
    ClockKind.APPROVAL: (lambda: in_review().decide(day(7), needs_second_person=True), "decide", 8 * HOUR),
    ClockKind.RETURN_SHIP: (lambda: returning(), "respond accept by the buyer", 10 * DAY),
    ClockKind.RETURN_CONFIRM: (
        lambda: returning().do(Verb.RETURN, day(3), step=ReturnStep.DELIVERED), "return delivered", 5 * DAY,
    ),
    ClockKind.REFUND: (
        lambda: returning().do(Verb.RETURN, day(3), step=ReturnStep.RECEIVED), "return received", 3 * DAY,
    ),
    ClockKind.APPEAL_WINDOW: (lambda: in_review().decide(day(7)), "decide", 30 * DAY),
    ClockKind.APPEAL_REVIEW: (lambda: appealed(), "appeal by the seller", 7 * DAY),
}  # fmt: skip


def offered() -> Story:
    return Story().seller(PartyAct.OFFER, day(1), remedy=Remedy.RETURN_AND_REFUND)


def asked() -> Story:
    return in_review().do(Verb.ASK, day(7), party=Party.BUYER, items=1, note=True)


def returning() -> Story:
    return offered().buyer(PartyAct.ACCEPT, day(2))


def appealed() -> Story:
    ruled = in_review().decide(day(7))
    return ruled.do(Verb.APPEAL, day(9), party=Party.SELLER, ground=AppealGround.FACTS_WRONG, note=True)


@pytest.mark.parametrize("kind", ClockKind)
def test_every_clock_tells_the_policy_its_start_and_its_target(kind: ClockKind) -> None:
    make, start, length = STARTS[kind]
    lines = told(explained(make(), kind))
    assert lines[0][0] == f"starts: {start}"
    assert lines[1][0].startswith(f"policy 1: {kind}") and lines[1][2] == length


def test_a_night_is_skipped_by_name_in_a_promise_of_open_hours() -> None:
    late = Story().escalate(day(6.25))
    assert told(explained(late, ClockKind.FIRST_TOUCH))[2:] == [
        ("closed, from 2026-03-08T15:00:00Z to 2026-03-09T09:00:00Z", "", 18 * HOUR),
    ]  # fmt: skip


def test_a_waived_promise_says_when_it_was_due_and_who_gave_it_up() -> None:
    story = Story().do(Verb.WAIVE, day(2), actor=SUE, clock=ClockKind.RESOLUTION, note=True)
    found = explained(story, ClockKind.RESOLUTION)
    assert (told(found)[-1], found.is_running) == (
        ("waived at 2026-03-04T09:00:00Z: this is when it was due", "sue", timedelta()), False,
    )  # fmt: skip


def test_a_merge_names_the_case_whose_promise_is_kept() -> None:
    story = Story().do(Verb.TAKE_IN, day(2), other=12, resolution_due_at=day(9))
    assert told(explained(story, ClockKind.RESOLUTION))[1:] == [
        ("policy 1: resolution", "", 15 * DAY),
        ("moved: take-in of C12, whose promise was the earlier one", "anna", -6 * DAY),
    ]
    none = Story(has_no_resolution_clock=True).do(Verb.TAKE_IN, day(2), other=12, resolution_due_at=day(9))
    assert told(explained(none, ClockKind.RESOLUTION))[1:] == [
        ("the promise of C12, which was merged into this case", "anna", 7 * DAY),
    ]


def test_a_hold_during_a_promise_that_was_given_extended_and_merged_still_adds_up() -> None:
    story = Story(resolution_due_at=day(12))
    held(story, Hold.LEGAL, day(1), day(2))
    story.do(Verb.EXTEND, day(3), actor=SUE, clock=ClockKind.RESOLUTION, seconds=86_400, note=True)
    story.do(Verb.TAKE_IN, day(4), other=12, resolution_due_at=day(13))
    found = explained(story, ClockKind.RESOLUTION)
    assert [(what.split(",")[0], adds) for what, _, adds in told(found)[1:]] == [
        ("the source's own due instant", 12 * DAY),
        ("moved: extend", DAY),
        ("moved: take-in of C12", -DAY),
        ("legal hold", DAY),
    ]
    assert found.due_at == day(13)
