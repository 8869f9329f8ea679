"""What time makes due: when, what follows, and that it is the same however late somebody sees to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from models.actor import SWEEP, Actor
from models.errors import Refused
from models.rules import duties, effects, transitions
from models.rules.act import Act, Verb
from models.rules.case import Case
from models.vocabulary import (
    AppealGround,
    AppealResult,
    Ball,
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
    Role,
    State,
)  # fmt: skip
from tests.rules.story import SECOND, SUE, Story, day, in_review

TOM = Actor("tom", Role.SUPERVISOR)
GIVEN_BACK = {"remedy": Remedy.RETURN_AND_REFUND, "amount_minor": 10_000}
YEARS = day(3_000)


def due(story: Story) -> tuple[str, datetime] | None:
    found = duties.first(story.case)
    return None if found is None else (found.duty.name, found.at)


def agreed_return() -> Story:
    return Story().seller(PartyAct.OFFER, day(1), **GIVEN_BACK).buyer(PartyAct.ACCEPT, day(2))


def delivered_back() -> Story:
    story = agreed_return().do(Verb.RETURN, day(3), step=ReturnStep.SHIPPED)
    return story.do(Verb.RETURN, day(4), step=ReturnStep.DELIVERED)


def asked() -> Story:
    return in_review().do(Verb.ASK, day(7), party=Party.SELLER, items=1, note=True)


def agreed_and_paid() -> Story:
    story = Story().seller(PartyAct.ACCEPT, day(1))
    return story.refund(RefundState.INSTRUCTED, day(2)).refund(RefundState.CONFIRMED, day(3))


def proposed() -> Story:
    return in_review().do(Verb.PROPOSE, day(7), amount_minor=3_000, remedy=Remedy.PARTIAL_REFUND)


def waits_for_approval() -> Story:
    """Proposed on a Monday at nine: the 24 open hours have passed on Wednesday at three."""
    return in_review().decide(day(7), needs_second_person=True)


PREPARED: dict[str, tuple[Callable[[], Story], str, datetime]] = {
    "silence": (Story, "auto-escalate", day(7)),
    "talks over": (lambda: Story().seller(PartyAct.REPLY, day(1)), "auto-escalate", day(10)),
    "offer": (lambda: Story().seller(PartyAct.OFFER, day(1)), "expire-offer", day(4)),
    "proposal": (proposed, "expire-offer", day(10)),
    "ask": (asked, "lapse", day(10)),
    "approval": (waits_for_approval, "expire-approval", day(9.25)),
    "not shipped": (agreed_return, "return-not-shipped", day(12)),
    "not confirmed": (delivered_back, "return-not-confirmed", day(9)),
    "paid": (agreed_and_paid, "close", day(3)),
    "ruled": (lambda: in_review().decide(day(7), outcome=Outcome.NO_REFUND, amount_minor=0), "close", day(37)),
}


@pytest.mark.parametrize("name", PREPARED)
def test_a_duty_is_due_past_its_instant_and_dated_at_it(name: str) -> None:
    prepare, what, at = PREPARED[name]
    story = prepare()
    assert due(story) == (what, at)
    assert story.sweep(at) == [], "the instant itself is still in time"
    assert story.sweep(at + SECOND) == [what]
    assert story.acts[-1][0].occurred_at == at
    assert story.replayed() == story.case
    assert due(story) is None or due(story)[1] > at  # type: ignore[index]


def test_every_duty_is_tried_here() -> None:
    assert {what for _, what, _ in PREPARED.values()} == {duty.name for duty in duties.DUTIES}


@pytest.mark.parametrize("name", PREPARED)
def test_it_makes_no_difference_how_late_the_sweep_runs(name: str) -> None:
    """Apart from when it was recorded: the same states, ends, due instants, money."""
    early, late = (PREPARED[name][0]() for _ in range(2))
    now = early.acts[-1][0].occurred_at
    while now < day(60):
        now += timedelta(hours=1)
        early.sweep(now)
    late.sweep(now)
    assert [act for act, _ in early.acts] == [act for act, _ in late.acts]
    assert without_records(early.case) == without_records(late.case)


def without_records(case: Case) -> Case:
    in_time = (ClockEnd.MET, ClockEnd.MET_LATE_RECORDED)
    clocks = [
        replace(clock, entered_at=case.opened_at, end=ClockEnd.MET if clock.end in in_time else clock.end)
        for clock in case.clocks
    ]
    return replace(case, clocks=clocks)


def test_the_seller_who_was_silent_has_missed_their_promise_even_where_it_ends_with_the_escalation() -> None:
    for due_at, auto_at in ((day(5), day(7)), (day(7), day(7)), (day(9), day(9))):
        story = Story(is_notified=False).notify(day(0), due_at=due_at)
        assert story.sweep(YEARS) == ["auto-escalate"]
        assert (story.case.state, story.case.ball, story.case.escalated_at) == (
            State.IN_REVIEW,
            Ball.PLATFORM,
            auto_at,
        )
        seller = story.clock(ClockKind.SELLER_RESPONSE)
        assert (seller.end, seller.stopped_at) == (ClockEnd.MISSED, auto_at)
        assert story.clock(ClockKind.REVIEW).due_at == auto_at + timedelta(days=5)
        assert story.acts[-1][0].cause == "seller_silent"


def test_talks_end_at_their_cap_whoever_is_awaited_and_an_offer_can_still_be_accepted() -> None:
    story = Story().seller(PartyAct.OFFER, day(9))
    assert story.sweep(day(11)) == ["auto-escalate"]
    assert (story.acts[-1][0].cause, story.case.escalated_at) == ("talks_over", day(10))
    assert story.clock(ClockKind.NEGOTIATION_CAP).end is ClockEnd.MISSED
    assert story.clock(ClockKind.BUYER_REPLY).end is ClockEnd.CANCELLED
    assert story.clock(ClockKind.REVIEW).due_at == story.clock(ClockKind.RESOLUTION).due_at
    story.buyer(PartyAct.ACCEPT, day(11.5))
    assert story.case.state is State.RESOLVED


def test_the_seller_never_has_less_than_three_days_from_the_notification() -> None:
    story = Story(is_notified=False).notify(day(9), due_at=day(9.5))
    assert due(story) == ("auto-escalate", day(12))
    told_nothing = Story(is_notified=False).notify(day(9), has_no_clock=True)
    assert due(told_nothing) == ("auto-escalate", day(12))
    held = told_nothing.do(Verb.HOLD, day(9.5), actor=SUE, hold=Hold.OUTAGE, note=True)
    assert due(held) is None
    assert due(held.do(Verb.UNHOLD, day(20), actor=SUE)) == ("auto-escalate", day(22.5))


def test_a_seller_who_was_not_told_is_not_silent() -> None:
    story = Story(is_notified=False)
    assert due(story) is None and story.sweep(YEARS) == []
    assert due(story.seller(PartyAct.REPLY, day(9))) == ("auto-escalate", day(12)), "whoever answers knows of it"


def test_where_nothing_was_promised_no_silence_breaks_it_but_talks_end() -> None:
    story = Story(is_notified=False).notify(day(0), has_no_clock=True)
    assert due(story) == ("auto-escalate", day(10))
    waived = Story().do(Verb.WAIVE, day(1), actor=SUE, clock=ClockKind.SELLER_RESPONSE, note=True)
    assert due(waived) == ("auto-escalate", day(10))


def test_on_hold_nothing_becomes_due_and_afterwards_everybody_has_their_time() -> None:
    weeks = timedelta(weeks=3)  # some count open hours
    for prepare, what, at in PREPARED.values():
        story = prepare()
        if story.case.state is State.RESOLVED:
            continue
        began = max(act.occurred_at for act, _ in story.acts)
        story.do(Verb.HOLD, began, actor=SUE, hold=Hold.LEGAL, note=True)
        assert due(story) is None and story.sweep(began + weeks) == []
        story.do(Verb.UNHOLD, began + weeks, actor=SUE)
        assert due(story) == (what, at + weeks)
        assert story.replayed() == story.case


def test_a_hold_keeps_off_what_was_to_come_and_not_what_had_become_due() -> None:
    story = Story().do(Verb.HOLD, day(6), actor=SUE, hold=Hold.LEGAL, note=True)
    assert story.clock(ClockKind.SELLER_RESPONSE).is_overdue(day(6))
    assert due(story) is None
    assert due(story.do(Verb.UNHOLD, day(26), actor=SUE)) == ("auto-escalate", day(27))
    story = Story().do(Verb.HOLD, day(8), actor=SUE, hold=Hold.LEGAL, note=True)
    assert story.sweep(day(9)) == ["auto-escalate"]
    assert story.clock(ClockKind.REVIEW).is_held


def test_an_extension_gives_more_time_to_the_seller_and_to_the_offer() -> None:
    story = Story().do(Verb.EXTEND, day(6), actor=SUE, clock=ClockKind.SELLER_RESPONSE, seconds=4 * 86_400, note=True)
    assert due(story) == ("auto-escalate", day(9))
    offered = Story().seller(PartyAct.OFFER, day(1))
    offered.do(Verb.EXTEND, day(2), actor=SUE, clock=ClockKind.BUYER_REPLY, seconds=86_400, note=True)
    assert due(offered) == ("expire-offer", day(5))
    assert offered.sweep(day(5) + SECOND) == ["expire-offer"]
    offered.do(Verb.EXTEND, day(6), actor=SUE, clock=ClockKind.BUYER_REPLY, seconds=2 * 86_400, note=True)
    assert offered.buyer(PartyAct.ACCEPT, day(7)).case.state is State.RESOLVED
    assert offered.replayed() == offered.case


def test_an_offer_that_expired_was_accepted_in_time_whenever_that_is_written_down() -> None:
    story = Story().seller(PartyAct.OFFER, day(1))
    assert story.sweep(day(5)) == ["expire-offer"]
    assert story.clock(ClockKind.BUYER_REPLY).is_overdue(day(5)), "the buyer still owes an answer"
    with pytest.raises(Refused, match="expired") as refusal:
        story.buyer(PartyAct.ACCEPT, day(4) + SECOND, recorded_at=day(6), offer_number=2)
    assert refusal.value.rule == "stale_offer"
    story.buyer(PartyAct.ACCEPT, day(4), recorded_at=day(6), offer_number=2)
    assert story.case.state is State.RESOLVED
    assert story.clock(ClockKind.BUYER_REPLY).end is ClockEnd.MET_LATE_RECORDED


def test_a_new_offer_takes_the_place_of_one_that_had_not_expired_by_then() -> None:
    story = Story().seller(PartyAct.OFFER, day(1))
    story.sweep(day(5))
    story.seller(PartyAct.OFFER, day(3), recorded_at=day(5))
    assert [offer.ended for offer in story.case.offers] == ["", "superseded", ""]
    later = Story().seller(PartyAct.OFFER, day(1))
    later.sweep(day(5))
    later.seller(PartyAct.OFFER, day(5))
    assert [offer.ended for offer in later.case.offers] == ["", "expired", ""]


def test_silence_that_lapses_gives_the_review_its_time_back_until_it_was_due() -> None:
    story = asked()
    review_due = story.clock(ClockKind.REVIEW).due_at
    story.sweep(YEARS)
    assert (story.case.state, story.case.questions[-1].ended_as) == (State.IN_REVIEW, "lapsed")
    assert story.clock(ClockKind.INFO).end is ClockEnd.MISSED
    assert review_due <= story.clock(ClockKind.REVIEW).due_at == day(14)


def test_a_decision_that_nobody_signs_goes_back_to_where_it_came_from() -> None:
    story = waits_for_approval()
    assert story.sweep(YEARS) == ["expire-approval"]
    assert (story.case.state, story.case.rulings[-1].standing) == (State.IN_REVIEW, "sent_back")
    assert story.clock(ClockKind.APPROVAL).end is ClockEnd.MISSED
    assert "" not in story.case.involved and "sweep" not in story.case.involved
    extended = waits_for_approval()
    extended.do(Verb.EXTEND, day(8), actor=SUE, clock=ClockKind.APPROVAL, seconds=48 * 3600, note=True)
    assert extended.sweep(YEARS) == ["expire-approval"]
    assert extended.clock(ClockKind.APPROVAL).end is ClockEnd.MISSED, "also where it expires with the promise"


def test_goods_that_were_not_sent_back_lead_to_another_review() -> None:
    story = agreed_return()
    assert story.sweep(YEARS) == ["return-not-shipped"]
    assert (story.case.state, story.case.outcome) == (State.IN_REVIEW, None)
    assert story.clock(ClockKind.RETURN_SHIP).end is ClockEnd.MISSED
    assert story.clock(ClockKind.REVIEW).due_at == day(17)


def test_goods_that_nobody_confirmed_count_as_received_and_the_refund_is_due() -> None:
    story = delivered_back()
    assert story.sweep(YEARS) == ["return-not-confirmed"]
    assert (story.case.state, story.case.due_minor) == (State.RESOLVED, 10_000)
    assert story.clock(ClockKind.RETURN_CONFIRM).end is ClockEnd.MISSED
    assert story.clock(ClockKind.REFUND).due_at == day(12)


def test_goods_on_their_way_are_waited_for() -> None:
    assert due(agreed_return().do(Verb.RETURN, day(3), step=ReturnStep.SHIPPED)) is None


def test_a_case_closes_when_the_last_of_refund_and_appeal_is_over() -> None:
    ruled = in_review().decide(day(7))
    assert due(ruled) is None, "the refund is not confirmed"
    ruled.refund(RefundState.INSTRUCTED, day(8))
    assert due(ruled) is None
    assert due(ruled.refund(RefundState.CONFIRMED, day(50))) == ("close", day(50))
    assert ruled.sweep(YEARS) == ["close"]
    assert (ruled.case.closed_at, ruled.case.closed_as, ruled.case.ended_at) == (day(50), ClosedAs.DECIDED, day(7))
    assert agreed_and_paid().sweep(YEARS) == ["close"]


def test_a_ruling_that_both_have_appealed_waits_for_nobody() -> None:
    story = in_review().decide(day(7), outcome=Outcome.NO_REFUND, amount_minor=0)
    for party, at, hears in ((Party.BUYER, day(10), SUE), (Party.SELLER, day(14), TOM)):
        story.do(Verb.APPEAL, at, party=party, ground=AppealGround.FACTS_WRONG, note=True)
        assert due(story) is None
        story.claim(at + SECOND, hears)
        story.do(Verb.RULE, at + timedelta(days=1), actor=hears, result=AppealResult.UPHELD, note=True)
    assert due(story) == ("close", day(15))


def test_a_case_of_which_nobody_knows_the_outcome_is_left_to_people() -> None:
    story = Story()
    effects.apply(story.case, Act(verb=Verb.PLACE, occurred_at=day(3), state=State.RESOLVED), day(3))
    assert (story.case.state, due(story)) == (State.RESOLVED, None)


def test_one_thing_makes_the_next_due() -> None:
    story = Story().seller(PartyAct.OFFER, day(1))
    assert story.sweep(YEARS) == ["expire-offer", "auto-escalate"]
    assert [act.occurred_at for act, _ in story.acts[-2:]] == [day(4), day(10)]


def test_nothing_ends_before_it_began_where_a_party_went_on_in_the_meantime() -> None:
    story = Story().seller(PartyAct.REPLY, day(1)).seller(PartyAct.OFFER, day(12))
    assert due(story) == ("auto-escalate", day(10))
    story.sweep(day(13))
    assert story.case.escalated_at == day(12)
    assert all(clock.started_at <= (clock.stopped_at or clock.due_at) for clock in story.case.clocks)


def test_a_due_instant_before_the_opening_is_believed_and_nothing_happens_before_it() -> None:
    story = Story(is_notified=False).notify(day(-20), due_at=day(-15))
    assert due(story) == ("auto-escalate", day(-13))
    story.sweep(day(1))
    assert story.case.escalated_at == day(0)


def test_the_sweep_does_nothing_that_is_not_due() -> None:
    for act in (
        Act(verb=Verb.AUTO_ESCALATE, occurred_at=day(7), cause="talks_over"),
        Act(verb=Verb.AUTO_ESCALATE, occurred_at=day(6), cause="seller_silent"),
        Act(verb=Verb.EXPIRE, occurred_at=day(7), offer_number=1),
    ):
        with pytest.raises(Refused) as refusal:
            transitions.check(Story().case, act, SWEEP, day(8))
        assert refusal.value.rule == "due"
