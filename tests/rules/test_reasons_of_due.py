"""Why a promise is due when it is: lines that add up, whatever happened to the case."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from models.rules.act import Verb
from models.rules.reasons_of_due import Reasons
from models.vocabulary import ClockKind, Hold, Party, PartyAct
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
