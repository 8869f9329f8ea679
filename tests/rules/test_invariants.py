"""Whatever legal acts follow one another, in whatever order they are written down, these things hold."""

from __future__ import annotations

from copy import deepcopy
from datetime import timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from models.errors import DeskError
from models.rules import duties, talks
from models.rules.act import Verb
from models.rules.clocks import KINDS, Clock
from models.rules.ledger import LEAVE_THE_BALL
from models.rules.pauses import Why, allowance_left
from models.vocabulary import (
    OPEN_STATES,
    REPLACES_RULING,
    AppealGround,
    AppealResult,
    Ball,
    ClockEnd,
    ClockKind,
    ClosedAs,
    EvidenceKind,
    EvidenceState,
    FileType,
    FlagReview,
    Hold,
    Outcome,
    Party,
    PartyAct,
    Payer,
    RefundState,
    Remedy,
    ReturnStep,
    State,
)  # fmt: skip
from tests.rules.story import ANNA, BEN, OPENED, SUE, Story
from tests.rules.sums import assert_adds_up, assert_every_second_is_booked

HOURS = st.integers(0, 80)
BACK = st.one_of(st.just(0), st.integers(0, 200))
ACTORS = st.sampled_from([ANNA, BEN, SUE])
MONEY = st.integers(0, 10_000)
REFUNDABLE = 9_000
RUNS = {
    State.RESOLVED: {ClockKind.REFUND},
    State.IN_APPEAL: {ClockKind.REFUND, ClockKind.APPEAL_REVIEW},
    State.AWAITING_RETURN: {ClockKind.RETURN_SHIP, ClockKind.RETURN_CONFIRM},
    State.CLOSED: set(),
}
"""Which promises can run where an outcome stands."""


class Desk(RuleBasedStateMachine):
    """Tries acts; what is refused must change nothing, what is legal must keep every promise."""

    def __init__(self) -> None:
        super().__init__()
        self.story = Story(is_notified=False, paid_minor=REFUNDABLE)
        self.now = OPENED
        self.stopped: dict[int, Clock] = {}

    @initialize(
        start=st.sampled_from(["opened", "talks", "review", "review", "agreed", "agreed", "ruled", "ruled", "return"])
    )
    def starts(self, start: str) -> None:
        """Somewhere along the way: from the opening alone few walks come far."""
        if start != "opened":
            self.story.notify(OPENED)
        if start in ("review", "ruled"):
            self.now += timedelta(days=6)
            self.story.escalate(self.now).claim(self.now)
        if start == "ruled":
            self.story.decide(self.now)
        if start in ("agreed", "return"):
            self.now += timedelta(days=1)
            remedy = Remedy.PARTIAL_REFUND if start == "agreed" else Remedy.RETURN_AND_REFUND
            offer = {"amount_minor": 4_000, "remedy": remedy}
            self.story.seller(PartyAct.OFFER, self.now, **offer).buyer(PartyAct.ACCEPT, self.now)

    def tries(self, verb: Verb, back: int = 0, **facts: Any) -> None:
        at = self.now - timedelta(hours=back)
        before = deepcopy(self.story.case)
        try:
            self.story.do(verb, at, recorded_at=self.now, **facts)
        except DeskError:
            assert self.story.case == before
        after = self.story.case
        assert verb not in LEAVE_THE_BALL or (after.ball, after.hold) == (before.ball, before.hold)

    @rule(hours=HOURS)
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @precondition(lambda self: self.story.case.notified_at is None)
    @rule()
    def notifies(self) -> None:
        self.tries(Verb.NOTIFY)

    @rule(
        party=st.sampled_from(list(Party)),
        move=st.sampled_from(list(PartyAct)),
        amount=MONEY,
        remedy=st.sampled_from(list(Remedy)),
        number=st.one_of(st.none(), st.integers(1, 6)),
        back=BACK,
    )
    def responds(
        self, party: Party, move: PartyAct, amount: int, remedy: Remedy, number: int | None, back: int
    ) -> None:
        if remedy is Remedy.FULL_REFUND:
            amount = self.story.case.refundable_minor
        facts: dict[str, Any] = {"offer_number": number} if move is PartyAct.ACCEPT else {}
        if move in (PartyAct.OFFER, PartyAct.REQUEST):
            facts = {"amount_minor": amount, "remedy": remedy}
        if move is PartyAct.ACCEPT and number is None and party is not Party.PLATFORM:
            offer = self.story.case.live_offer(talks.OTHER[party], self.now - timedelta(hours=back))
            facts = {"offer_number": offer.number if offer else None}
        self.tries(Verb.RESPOND, back, party=party, move=move, note=True, **facts)

    @rule(party=st.sampled_from(list(Party)), back=BACK)
    def escalates(self, party: Party, back: int) -> None:
        self.tries(Verb.ESCALATE, back, party=party, cause="silence", note=True)

    @rule(actor=ACTORS, verb=st.sampled_from([Verb.CLAIM, Verb.RELEASE, Verb.ASSIGN]))
    def hands_over(self, actor: Any, verb: Verb) -> None:
        login = "ben" if verb is Verb.ASSIGN else actor.login
        self.tries(verb, actor=actor, login=login, note=True)

    @rule(
        actor=st.one_of(st.none(), ACTORS),
        outcome=st.sampled_from(list(Outcome)),
        amount=MONEY,
        needs_two=st.booleans(),
    )
    def decides(self, actor: Any, outcome: Outcome, amount: int, needs_two: bool) -> None:
        actor = actor or self.holder()
        whole = {Outcome.FULL_REFUND: self.story.case.refundable_minor, Outcome.NO_REFUND: 0}
        self.tries(
            Verb.DECIDE, actor=actor, outcome=outcome, amount_minor=whole.get(outcome, amount), payer=Payer.SELLER,
            findings=("seller_silent",), basis=("repair_cost=1",), hash="0123456789", needs_second_person=needs_two,
            note=True,
        )  # fmt: skip

    @rule(actor=ACTORS, verb=st.sampled_from([Verb.APPROVE, Verb.SEND_BACK]))
    def judges(self, actor: Any, verb: Verb) -> None:
        self.tries(verb, actor=actor, hash="0123456789", note=True)

    @rule(state=st.sampled_from(list(RefundState)))
    def pays(self, state: RefundState) -> None:
        case = self.story.case
        is_first = state is RefundState.INSTRUCTED
        amount = max(0, case.refund_minor - case.confirmed_minor) if is_first else case.underway_minor
        self.tries(Verb.REFUND, refund=state, amount_minor=amount)

    @rule(step=st.sampled_from(list(ReturnStep)), back=BACK)
    def goods_come_back(self, step: ReturnStep, back: int) -> None:
        self.tries(Verb.RETURN, back, step=step)

    @rule(party=st.sampled_from(list(Party)), back=BACK)
    def appeals(self, party: Party, back: int) -> None:
        self.tries(Verb.APPEAL, back, party=party, ground=AppealGround.FACTS_WRONG, note=True)

    @rule(actor=ACTORS, result=st.sampled_from(list(AppealResult)), amount=MONEY)
    def hears(self, actor: Any, result: AppealResult, amount: int) -> None:
        facts: dict[str, Any] = {"result": result, "hash": "0123456789", "note": True}
        if result in REPLACES_RULING:
            facts |= {"outcome": Outcome.PARTIAL_REFUND, "amount_minor": amount, "basis": ("repair_cost=1",)}
            facts |= {"payer": Payer.SELLER, "findings": ("defect_shown",)}
        if self.story.case.state is State.IN_APPEAL:
            self.tries(Verb.CLAIM, actor=actor, login=actor.login)
        self.tries(Verb.RULE, actor=actor, **facts)

    @rule(verb=st.sampled_from([Verb.NOTE, Verb.RECODE, Verb.CLOSE]))
    def works(self, verb: Verb) -> None:
        self.tries(verb, note=True, reason="quality/poor_quality", closed_as=ClosedAs.AGREED)

    @rule(party=st.sampled_from(list(Party)), verb=st.sampled_from([Verb.ASK, Verb.ANSWER, Verb.CANCEL_ASK]), back=BACK)
    def asks_and_answers(self, party: Party, verb: Verb, back: int) -> None:
        back = back if verb is Verb.ANSWER else 0
        self.tries(verb, back, actor=self.holder(), party=party, items=1, note=True)

    @rule()
    def sweeps(self) -> None:
        """What time has made due is never refused, and once it is done nothing of it is left to do."""
        self.story.sweep(self.now)
        due = duties.first(self.story.case)
        assert due is None or due.at >= self.now

    @rule(amount=MONEY)
    def proposes(self, amount: int) -> None:
        self.tries(Verb.PROPOSE, actor=self.holder(), amount_minor=amount, remedy=Remedy.PARTIAL_REFUND)

    @rule(why=st.sampled_from(list(Hold)), verb=st.sampled_from([Verb.HOLD, Verb.UNHOLD]))
    def holds(self, why: Hold, verb: Verb) -> None:
        self.tries(verb, actor=SUE, hold=why, note=True)

    @rule(kind=st.sampled_from(list(ClockKind)), verb=st.sampled_from([Verb.EXTEND, Verb.EXTEND, Verb.WAIVE]),
          hours=HOURS)  # fmt: skip
    def moves_promises(self, kind: ClockKind, verb: Verb, hours: int) -> None:
        self.tries(verb, actor=SUE, clock=kind, seconds=hours * 3600, note=True)

    @rule(actor=ACTORS, verb=st.sampled_from([Verb.REOPEN, Verb.MERGE, Verb.TAKE_IN, Verb.CHASE, Verb.RELEASE]))
    def moves_cases(self, actor: Any, verb: Verb) -> None:
        if verb is Verb.MERGE and len(self.story.acts) < 12:
            return
        facts: dict[str, Any] = {"resolution_due_at": OPENED + timedelta(days=12)} if verb is Verb.TAKE_IN else {}
        self.tries(verb, actor=actor, other=2, note=True, **facts)

    @rule(actor=ACTORS, verb=st.sampled_from([Verb.FLAG, Verb.WATCH, Verb.REMIND]), is_done=st.booleans())
    def follows(self, actor: Any, verb: Verb, is_done: bool) -> None:
        due_at = self.now + timedelta(days=1)
        self.tries(verb, actor=actor, party=Party.BUYER, is_done=is_done or None, due_at=due_at, note=True)

    @rule(actor=ACTORS, party=st.sampled_from(list(Party)), review=st.sampled_from(list(FlagReview)))
    def reviews_flags(self, actor: Any, party: Party, review: FlagReview) -> None:
        self.tries(Verb.UNFLAG, actor=actor, party=party, flag_review=review, note=True)

    @rule(actor=ACTORS, state=st.sampled_from(list(RefundState)), amount=MONEY)
    def gives_goodwill(self, actor: Any, state: RefundState, amount: int) -> None:
        case = self.story.case
        before = (case.confirmed_minor, case.underway_minor, case.refundable_minor, case.refund_minor)
        self.tries(Verb.GOODWILL, actor=actor, refund=state, amount_minor=amount, note=True)
        assert (case.confirmed_minor, case.underway_minor, case.refundable_minor, case.refund_minor) == before

    def holder(self) -> Any:
        return next((each for each in (ANNA, BEN, SUE) if each.login == self.story.case.assignee), ANNA)

    @rule(
        party=st.sampled_from(list(Party)),
        kind=st.sampled_from([EvidenceKind.PHOTO_ITEM, EvidenceKind.LISTING_SNAPSHOT]),
        replaces=st.one_of(st.none(), st.integers(1, 3)),
        back=BACK,
    )
    def shows(self, party: Party, kind: EvidenceKind, replaces: int | None, back: int) -> None:
        self.tries(
            Verb.ATTACH, back, party=party, evidence_kind=kind, evidence_number=replaces, file_digest="digest",
            file_type=FileType.PNG, size_bytes=1_000,
        )  # fmt: skip

    @rule(number=st.integers(1, 3), verdict=st.sampled_from(list(EvidenceState)))
    def judges_evidence(self, number: int, verdict: EvidenceState) -> None:
        self.tries(Verb.REVIEW, evidence_number=number, verdict=verdict, note=True)

    @precondition(lambda self: len(self.story.acts) > 12)
    @rule()
    def withdraws(self) -> None:
        self.tries(Verb.WITHDRAW, note=True)

    @invariant()
    def a_lane_has_one_live_version(self) -> None:
        for lane in Party:
            assert len([o for o in self.story.case.offers if o.lane is lane and o.is_live(self.now)]) <= 1

    @invariant()
    def refunds_stay_within_what_can_be_refunded(self) -> None:
        case = self.story.case
        assert case.confirmed_minor + case.underway_minor <= REFUNDABLE
        assert case.refund_minor <= REFUNDABLE

    @invariant()
    def nobody_is_paid_twice_or_flagged_twice(self) -> None:
        case = self.story.case
        assert len([each for each in case.goodwill if each.state is RefundState.INSTRUCTED]) <= 1
        waiting = [flag.party for flag in case.flags if flag.review is None]
        assert len(waiting) == len(set(waiting))

    @invariant()
    def a_stopped_clock_never_changes(self) -> None:
        for clock in self.story.case.clocks:
            if not clock.is_running:
                assert self.stopped.setdefault(clock.number, deepcopy(clock)) == clock

    @invariant()
    def a_kind_runs_once_and_talks_end_with_their_clocks(self) -> None:
        case = self.story.case
        running = [clock.kind for clock in case.clocks if clock.is_running]
        assert len(running) == len(set(running))
        if case.state not in talks.STATES:
            assert not [kind for kind in running if KINDS[kind].is_talks]
            assert not any(case.asks.values())
        assert set(running) <= RUNS.get(case.state, set(running))
        assert (ClockKind.REFUND in running) <= (case.due_minor > 0)

    @invariant()
    def the_ball_is_nobodys_only_when_the_case_is_not_open(self) -> None:
        case = self.story.case
        assert (case.ball is Ball.NONE) == (case.state not in OPEN_STATES)
        assert (case.ended_at is not None) == (case.state not in OPEN_STATES)

    @invariant()
    def the_seller_answers_only_while_asked(self) -> None:
        case = self.story.case
        if case.state is State.NEGOTIATION:
            asked = case.asks.get(Party.SELLER)
            clock = case.running(ClockKind.SELLER_RESPONSE)
            waived = case.latest(ClockKind.SELLER_RESPONSE)
            is_waived = waived is not None and waived.end is ClockEnd.WAIVED
            assert (clock is not None) == bool(asked) or (asked and is_waived)
            # An older act that is written down later does not shorten what was promised.
            assert clock is None or not asked or clock.started_at in asked

    @invariant()
    def the_seller_has_three_days_before_anything_adverse(self) -> None:
        case = self.story.case
        for at in (talks.may_escalate_by_time_at(case), talks.auto_escalate_at(case)):
            assert at is None or case.notified_at is None or at >= case.notified_at + timedelta(days=3)
        cap, seller = case.running(ClockKind.NEGOTIATION_CAP), case.running(ClockKind.SELLER_RESPONSE)
        if cap is not None and seller is not None:
            assert cap.due_at >= max(OPENED + timedelta(days=10), seller.due_at)
            assert (
                cap.pauses
                or cap.promise > OPENED + timedelta(days=10)
                or cap.due_at == max(OPENED + timedelta(days=10), seller.due_at)
            )

    @invariant()
    def a_pause_only_ever_gives_time(self) -> None:
        for clock in self.story.case.clocks:
            assert clock.due_at >= clock.promise or clock.kind is ClockKind.NEGOTIATION_CAP
            party = [pause for pause in clock.pauses if pause.why is Why.PARTY]
            assert not party or clock.kind is ClockKind.REVIEW
            assert allowance_left(party, timedelta(hours=72)) >= timedelta(0)
            assert clock.is_running or not any(pause.ended_at is None for pause in clock.pauses)
            kinds = [pause.why for pause in clock.pauses if pause.ended_at is None]
            assert len(kinds) == len(set(kinds))

    @invariant()
    def a_party_is_awaited_only_while_it_was_asked(self) -> None:
        case = self.story.case
        question = case.open_question()
        assert (question is not None) == (case.state is State.AWAITING_PARTY)
        assert question is None or case.ball.value == question.party.value
        review = case.running(ClockKind.REVIEW)
        assert review is None or question is not None or not any(p.why is Why.PARTY for p in review.lasting)
        assert (case.hold is None) == (case.held_at is None)

    @invariant()
    def an_outcome_stands_with_its_instant(self) -> None:
        case = self.story.case
        assert (case.outcome is None) == (case.decided_at is None)
        assert case.state is not State.PENDING_APPROVAL or case.proposed_ruling() is not None
        assert len([ruling for ruling in case.rulings if ruling.standing == "proposed"]) <= 1

    def teardown(self) -> None:
        assert self.story.replayed() == self.story.case
        assert_adds_up(self.story.acts, self.story.case)
        assert_every_second_is_booked(self.story.acts, self.story.case, self.now)


Desk.TestCase.settings = settings(max_examples=100, stateful_step_count=40)
TestDesk = Desk.TestCase
