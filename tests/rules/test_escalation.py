"""From when a case can leave talks for the platform."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from models.errors import Refused
from models.rules import talks
from models.rules.act import Verb
from models.vocabulary import Party, PartyAct, State
from tests.rules.story import OPENED, SECOND, Story, day


def refused_by(story: Story, at: datetime, party: Party = Party.BUYER) -> str:
    with pytest.raises(Refused) as refusal:
        story.escalate(at, party)
    return refusal.value.rule


def test_silence_opens_the_way_after_the_sellers_time() -> None:
    assert talks.may_escalate_at(Story().case) == day(5)
    assert refused_by(Story(), day(5) - SECOND) == "may_escalate_at"
    assert Story().escalate(day(5)).case.state is State.IN_REVIEW


@pytest.mark.parametrize(("seller_due", "may", "auto"), [(3, 5, 7), (5, 5, 7), (6, 6, 7), (9, 9, 9)])
def test_nobody_escalates_before_the_sellers_time_is_up(seller_due: int, may: int, auto: int) -> None:
    case = Story(is_notified=False).notify(OPENED, due_at=day(seller_due)).case
    assert (talks.may_escalate_at(case), talks.auto_escalate_at(case)) == (day(may), day(auto))


def test_a_seller_told_late_keeps_the_whole_window() -> None:
    case = Story(is_notified=False).notify(day(8)).case
    assert (talks.may_escalate_at(case), talks.silence_at(case)) == (day(13), day(15))
    assert talks.auto_escalate_at(case) == day(13), "the talks end with the seller's time, in any case"


def test_before_the_notification_there_is_no_way() -> None:
    story = Story(is_notified=False)
    assert (talks.may_escalate_at(story.case), talks.auto_escalate_at(story.case)) == (None, None)
    assert refused_by(story, day(9)) == "may_escalate_at"


def test_where_nothing_was_promised_the_way_opens_after_five_days() -> None:
    assert talks.may_escalate_at(Story(is_notified=False).notify(OPENED, has_no_clock=True).case) == day(5)


def test_stalling_replies_do_not_block_the_way() -> None:
    story = Story()
    for days in (1, 2, 3, 4):
        story.seller(PartyAct.REPLY, day(days))
    assert talks.may_escalate_at(story.case) == day(5)


def test_after_a_rejection_the_buyer_may_at_once_and_the_seller_may_not() -> None:
    story = Story().seller(PartyAct.REJECT, day(1))
    assert talks.may_escalate_at(story.case) == day(1)
    assert refused_by(story, day(1), Party.SELLER) == "may_escalate_at"
    assert story.escalate(day(1), Party.BUYER).case.state is State.IN_REVIEW


def test_after_a_decline_the_seller_may_at_once_and_the_buyer_may_not() -> None:
    story = Story().seller(PartyAct.OFFER, day(1)).buyer(PartyAct.DECLINE, day(2))
    assert refused_by(story, day(2), Party.BUYER) == "may_escalate_at"
    assert story.escalate(day(2), Party.SELLER).case.state is State.IN_REVIEW


def test_the_platform_may_after_either_refusal() -> None:
    assert Story().seller(PartyAct.REJECT, day(1)).escalate(day(1), Party.PLATFORM).case.state is State.IN_REVIEW


def test_nothing_moves_while_a_live_offer_waits_for_the_buyer() -> None:
    story = Story().seller(PartyAct.REJECT, day(1)).seller(PartyAct.OFFER, day(4))
    assert talks.offer_waits_until(story.case) == day(7)
    for party in Party:
        assert refused_by(story, day(7), party) == "offer_waits"
    assert story.escalate(day(7) + SECOND).case.state is State.IN_REVIEW


def test_the_buyers_own_request_does_not_keep_them_waiting() -> None:
    story = Story().seller(PartyAct.REJECT, day(1)).buyer(PartyAct.REQUEST, day(1))
    assert story.escalate(day(1)).case.state is State.IN_REVIEW


def test_outside_talks_there_is_nothing_to_escalate() -> None:
    story = Story().escalate(day(5))
    assert (talks.may_escalate_at(story.case), talks.auto_escalate_at(story.case)) == (None, None)
    assert talks.offer_waits_until(story.case) is None
    assert refused_by(story, day(6)) == "state"


def test_an_escalation_names_its_cause_and_who_wants_it() -> None:
    for missing, rule in (("cause", "cause"), ("note", "note"), ("party", "party")):
        facts: dict[str, Any] = {"party": Party.BUYER, "cause": "seller_silent", "note": True}
        del facts[missing]
        with pytest.raises(Refused) as refusal:
            Story().do(Verb.ESCALATE, day(5), **facts)
        assert refusal.value.rule == rule
