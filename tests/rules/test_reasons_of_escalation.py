"""Why the platform may step in when it may: by time, at once, or after an offer; and when it does so by itself."""

from __future__ import annotations

from datetime import timedelta

from models.rules.act import Verb
from models.rules.reasons_of_escalation import Escalation, escalation
from models.vocabulary import ClockKind, Hold, PartyAct
from tests.rules.story import SUE, Story, day
from tests.rules.sums import assert_adds_up

DAY = timedelta(days=1)


def told(story: Story, kind: Escalation) -> list[tuple[str, timedelta]]:
    assert_adds_up(story.acts, story.case)
    found = {each.kind: each for each in escalation(story.acts, story.case)}
    return [(line.what, line.adds) for line in found[kind].lines] if kind in found else []


def test_by_the_policys_time_from_being_told() -> None:
    story = Story()
    assert told(story, Escalation.MAY) == [
        ("starts: notify", timedelta()), ("policy 1: may_escalate_after", 5 * DAY),
    ]  # fmt: skip
    assert told(story, Escalation.AUTO) == [
        ("starts: notify", timedelta()), ("policy 1: auto_escalate_after", 7 * DAY),
    ]  # fmt: skip


def test_not_before_the_sellers_time_is_up() -> None:
    story = Story().do(Verb.EXTEND, day(1), actor=SUE, clock=ClockKind.SELLER_RESPONSE, seconds=3 * 86_400, note=True)
    assert told(story, Escalation.MAY)[2:] == [("not before the seller's time is up", 3 * DAY)]
    assert told(story, Escalation.AUTO)[2:] == [("not before the seller's time is up", DAY)]


def test_a_rejection_opens_it_and_an_offer_closes_it_for_its_time() -> None:
    story = Story().seller(PartyAct.REJECT, day(1))
    assert told(story, Escalation.MAY)[2:] == [("a rejection or a decline opens it at once", -4 * DAY)]
    story.seller(PartyAct.OFFER, day(2))
    assert told(story, Escalation.MAY)[2:] == [
        ("a rejection or a decline opens it at once", -4 * DAY),
        ("an offer waits for the buyer until it expires", 4 * DAY),
    ]


def test_where_the_end_of_talks_comes_first() -> None:
    story = Story().seller(PartyAct.REPLY, day(1))
    assert told(story, Escalation.AUTO) == [("starts: the end of talks", timedelta())]
    late = Story(is_notified=False).seller(PartyAct.REPLY, day(9)).notify(day(9.5), has_no_clock=True)
    assert told(late, Escalation.AUTO)[1:] == [("policy 1: what the seller has at least from being told", 2.5 * DAY)]


def test_a_hold_gives_its_time_back() -> None:
    story = Story().do(Verb.HOLD, day(1), actor=SUE, hold=Hold.LEGAL, note=True)
    assert told(story, Escalation.MAY) == []
    story.do(Verb.UNHOLD, day(3), actor=SUE)
    assert told(story, Escalation.AUTO)[2:] == [("what the talks stood still until then", 2 * DAY)]


def test_outside_talks_nothing_is_told() -> None:
    assert escalation(Story().acts, Story().escalate(day(6)).case) == ()
