"""Who has a case, what the platform asks, proposes and rules, and what follows from it: returns, money, appeals."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from hypothesis import strategies as st

from models.operations import appealing, asking, assigning, deciding, goodwill, moving, refunding, returning
from models.rules.act import Verb
from models.rules.approval import RulingDraft
from models.tables import Decision
from models.vocabulary import (
    AppealGround,
    AppealResult,
    Outcome,
    Party,
    Payer,
    RefundState,
    Remedy,
    ReturnStep,
    State,
)
from tests.invariants.talks import MONEY, NOTES, PARTIES, TERMS, Talks
from tests.invariants.walk import ACTORS, BACK, CASES, SUPERVISORS, WHO, step

SOUND = (
    RulingDraft(Outcome.FULL_REFUND, None, Payer.SELLER, ("seller_silent",), note="n"),
    RulingDraft(Outcome.FULL_REFUND, None, Payer.PLATFORM, ("goodwill",), note="n"),
    RulingDraft(Outcome.NO_REFUND, None, None, ("evidence_equal",), note="n"),
    RulingDraft(Outcome.PARTIAL_REFUND, None, Payer.SELLER, ("defect_shown",), basis=("value_loss=30%",), note="n"),
    RulingDraft(Outcome.PARTIAL_REFUND, None, Payer.SPLIT, ("defect_shown",), basis=("repair_cost=5.00",), note="n"),
    RulingDraft(Outcome.RETURN_AND_REFUND, None, Payer.SELLER, ("defect_shown", "return_received"), note="n"),
)
UNSOUND = st.builds(
    RulingDraft,
    outcome=st.one_of(st.none(), st.sampled_from(list(Outcome))),
    amount_minor=st.one_of(st.none(), MONEY),
    payer=st.one_of(st.none(), st.sampled_from(list(Payer))),
    findings=st.sampled_from([("seller_silent",), (), ("nonsense",)]),
    basis=st.sampled_from([("value_loss=30%",), ("repair_cost=5.00", "shared_fault=50%"), ("whim",), ()]),
    note=NOTES,
)
RULINGS = st.integers(0, 4).flatmap(lambda number: UNSOUND if number == 4 else st.sampled_from(SOUND))
"""Mostly sound."""
GROUNDS = st.sampled_from(list(AppealGround))
REFUND_STATES = st.sampled_from(list(RefundState))
LOGINS = st.sampled_from([*WHO, "nobody"])


class Ruling(Talks):
    @step(Verb.CLAIM, which=CASES, who=ACTORS)
    def claims(self, which: int, who: str) -> None:
        case = self.case(which, Verb.CLAIM)
        self.tries(Verb.CLAIM, case, partial(assigning.claim, self.actor(who, case), case=case))

    @step(Verb.RELEASE, which=CASES, who=ACTORS, note=NOTES)
    def releases(self, which: int, who: str, note: str) -> None:
        case = self.case(which, Verb.RELEASE)
        self.tries(Verb.RELEASE, case, partial(assigning.release, self.actor(who, case), case=case, note=note))

    @step(Verb.ASSIGN, which=CASES, who=SUPERVISORS, login=LOGINS, note=NOTES)
    def assigns(self, which: int, who: str, login: str, note: str) -> None:
        case = self.case(which, Verb.ASSIGN)
        change = partial(assigning.assign, self.actor(who, case), case=case, login=login, note=note)
        self.tries(Verb.ASSIGN, case, change)

    @step(Verb.ASK, which=CASES, who=ACTORS, party=PARTIES, hours=st.one_of(st.none(), st.integers(-5, 100)),
          items=st.sampled_from([["tracking proof", "a photo of the box"], ["a list"], []]))  # fmt: skip
    def asks(self, which: int, who: str, party: Party, hours: int | None, items: list[str]) -> None:
        case = self.case(which, Verb.ASK)
        due_at = None if hours is None else self.now + timedelta(hours=hours)
        change = partial(asking.ask, self.actor(who, case), case=case, party=party, items=items, due_at=due_at)
        self.tries(Verb.ASK, case, change)

    @step(Verb.ANSWER, which=CASES, who=ACTORS, party=PARTIES, text=NOTES, back=BACK)
    def answers(self, which: int, who: str, party: Party, text: str, back: int) -> None:
        case = self.case(which, Verb.ANSWER)
        change = partial(
            asking.answer, self.actor(who, case), case=case, party=party, text=text, occurred_at=self.at(back)
        )
        self.tries(Verb.ANSWER, case, change)

    @step(Verb.CANCEL_ASK, which=CASES, who=ACTORS)
    def asks_no_more(self, which: int, who: str) -> None:
        case = self.case(which, Verb.CANCEL_ASK)
        self.tries(Verb.CANCEL_ASK, case, partial(asking.cancel_ask, self.actor(who, case), case=case))

    @step(Verb.PROPOSE, which=CASES, who=ACTORS, terms=TERMS)
    def proposes(self, which: int, who: str, terms: tuple[Remedy | None, int | None]) -> None:
        case, (remedy, amount) = self.case(which, Verb.PROPOSE), terms
        change = partial(
            asking.propose, self.actor(who, case), case=case, remedy=remedy, amount_minor=amount, text="take this"
        )
        self.tries(Verb.PROPOSE, case, change)

    @step(Verb.DECIDE, which=CASES, who=ACTORS, ruling=RULINGS)
    def decides(self, which: int, who: str, ruling: RulingDraft) -> None:
        case = self.case(which, Verb.DECIDE)
        self.tries(Verb.DECIDE, case, partial(deciding.decide, self.actor(who, case), case=case, ruling=ruling))

    @step(Verb.APPROVE, which=CASES, who=SUPERVISORS, is_read=st.sampled_from([True, True, False]))
    def signs(self, which: int, who: str, is_read: bool) -> None:
        case = self.case(which, Verb.APPROVE)
        ruling = self.known[case].proposed_ruling()
        read = ruling.hash if ruling and is_read else "0123456789abcdef"
        approver = self.actor(who, case)
        if self.tries(Verb.APPROVE, case, partial(deciding.approve, approver, case=case, hash=read[:12])):
            signed = Decision.get((Decision.dispute == case) & (Decision.standing == "issued"))
            assert is_read and signed.approver == approver.login != signed.maker

    @step(Verb.SEND_BACK, which=CASES, who=SUPERVISORS, note=NOTES)
    def sends_back(self, which: int, who: str, note: str) -> None:
        case = self.case(which, Verb.SEND_BACK)
        change = partial(deciding.send_back, self.actor(who, case), case=case, note=note)
        self.tries(Verb.SEND_BACK, case, change)

    @step(Verb.RETURN, which=CASES, who=ACTORS, step=st.sampled_from(list(ReturnStep)), back=BACK)
    def goods_come_back(self, which: int, who: str, step: ReturnStep, back: int) -> None:
        case = self.case(which, Verb.RETURN)
        change = partial(
            returning.record_return, self.actor(who, case), case=case, step=step, occurred_at=self.at(back)
        )
        self.tries(Verb.RETURN, case, change)

    @step(Verb.REFUND, which=CASES, who=ACTORS, state=st.one_of(st.none(), REFUND_STATES), back=BACK)
    def pays(self, which: int, who: str, state: RefundState | None, back: int) -> None:
        """The next thing that can be said of the refund, or any."""
        case = self.case(which, Verb.REFUND)
        if state is None:
            state = RefundState.CONFIRMED if self.known[case].underway_minor else RefundState.INSTRUCTED
        change = partial(
            refunding.refund, self.actor(who, case), case=case, state=state, ref="P-1", occurred_at=self.at(back)
        )
        self.tries(Verb.REFUND, case, change)

    @step(
        Verb.GOODWILL,
        which=CASES,
        who=SUPERVISORS,
        state=REFUND_STATES,
        amount=st.integers(-1, 2_000),
        note=NOTES,
    )
    def is_generous(self, which: int, who: str, state: RefundState, amount: int, note: str) -> None:
        """Goodwill is in no refund."""
        case, actor = self.case(which, Verb.GOODWILL), self.actor(who, self.case(which, Verb.GOODWILL))
        before = self.known[case].confirmed_minor, self.known[case].due_minor
        if state is RefundState.INSTRUCTED:
            change = partial(goodwill.give_goodwill, actor, case=case, amount_minor=amount, note=note)
        else:
            change = partial(goodwill.settle_goodwill, actor, case=case, state=state)
        self.tries(Verb.GOODWILL, case, change)
        assert (self.known[case].confirmed_minor, self.known[case].due_minor) == before

    @step(
        Verb.APPEAL,
        which=CASES,
        who=ACTORS,
        party=PARTIES,
        ground=st.sampled_from(list(AppealGround)),
        text=NOTES,
        back=BACK,
    )
    def appeals(self, which: int, who: str, party: Party, ground: AppealGround, text: str, back: int) -> None:
        case = self.case(which, Verb.APPEAL)
        change = partial(
            appealing.appeal, self.actor(who, case), case=case, party=party, ground=ground, text=text,
            occurred_at=self.at(back),
        )  # fmt: skip
        self.tries(Verb.APPEAL, case, change)

    @step(Verb.RULE, who=SUPERVISORS, result=st.sampled_from(list(AppealResult)), ruling=RULINGS)
    def hears(self, who: str, result: AppealResult, ruling: RulingDraft) -> None:
        """Whoever hears it takes it first."""
        case = next(number for number, known in self.known.items() if known.state is State.IN_APPEAL)
        barred = tuple(self.known[case].barred)
        judge = self.actor(who, case)
        self.tries(Verb.CLAIM, case, partial(assigning.claim, judge, case=case))
        if result in (AppealResult.UPHELD, AppealResult.INADMISSIBLE):
            ruling = RulingDraft(note=ruling.note)
        change = partial(appealing.rule, judge, case=case, result=result, ruling=ruling)
        if self.tries(Verb.RULE, case, change):
            assert judge.login not in barred

    @step(Verb.CLOSE, which=CASES, who=ACTORS)
    def closes(self, which: int, who: str) -> None:
        case = self.case(which, Verb.CLOSE)
        self.tries(Verb.CLOSE, case, partial(moving.close, self.actor(who, case), case=case))

    @step(Verb.REOPEN, which=CASES, who=SUPERVISORS, note=NOTES)
    def reopens(self, which: int, who: str, note: str) -> None:
        case = self.case(which, Verb.REOPEN)
        self.tries(Verb.REOPEN, case, partial(moving.reopen, self.actor(who, case), case=case, note=note))
