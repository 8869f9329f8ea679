"""Promises that are held, moved and given up; cases that are opened, merged, corrected, followed, told of by files."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from hypothesis import strategies as st

from models.operations import correcting, following, holding, merging, opening, parties, policies, sweeping
from models.queries import due_cases
from models.queries.history import events_of
from models.rules.act import Verb
from models.rules.case import Case
from models.rules.corrections import CORRECTABLE
from models.rules.eligibility import INELIGIBLE
from models.rules.intake import Intake
from models.tables import Dispute
from models.vocabulary import Hold, Outcome, Party, PartyAct, State
from tests.invariants.ruling import Ruling
from tests.invariants.talks import NOTES, PARTIES
from tests.invariants.walk import ACTORS, ADVERSE_AFTER, ANY, CASES, SUPERVISORS, step
from tests.operations.desk import ANNA, SUE, take, told

MOST_CASES = 4
NUMBERS = st.integers(0, 30)
NEWS = ("answer", "escalation", "outcome", "state")


class Desk(Ruling):
    """Everything that can be done to a case."""

    @step(Verb.HOLD, which=CASES, who=SUPERVISORS, why=st.sampled_from(list(Hold)), note=NOTES)
    def holds(self, which: int, who: str, why: Hold, note: str) -> None:
        case = self.case(which, Verb.HOLD)
        self.tries(Verb.HOLD, case, partial(holding.hold, self.actor(who, case), case=case, why=why, note=note))

    @step(Verb.UNHOLD, which=CASES, who=SUPERVISORS)
    def lifts(self, which: int, who: str) -> None:
        case = self.case(which, Verb.UNHOLD)
        self.tries(Verb.UNHOLD, case, partial(holding.unhold, self.actor(who, case), case=case))

    @step(Verb.EXTEND, which=CASES, who=SUPERVISORS, number=NUMBERS,
          hours=st.sampled_from([-1, 0, 12, 48, 200, 500]), note=NOTES)  # fmt: skip
    def extends(self, which: int, who: str, number: int, hours: int, note: str) -> None:
        case = self.case(which, Verb.EXTEND)
        change = partial(
            holding.extend,
            self.actor(who, case),
            case=case,
            kind=self.running(case, number),
            by=timedelta(hours=hours),
            note=note,
        )
        self.tries(Verb.EXTEND, case, change)

    @step(Verb.WAIVE, which=CASES, who=SUPERVISORS, number=NUMBERS, note=NOTES)
    def waives(self, which: int, who: str, number: int, note: str) -> None:
        case = self.case(which, Verb.WAIVE)
        self.tries(
            Verb.WAIVE,
            case,
            partial(holding.waive, self.actor(who, case), case=case, kind=self.running(case, number), note=note),
        )

    @step(Verb.APPLY_POLICY, which=CASES, who=SUPERVISORS, version=st.sampled_from([1, 2, 3, 4]))
    def applies_a_policy(self, which: int, who: str, version: int) -> None:
        """There are three."""
        case = self.case(which, Verb.APPLY_POLICY)
        change = partial(policies.apply_to, self.actor(who, case), case=case, version=version)
        self.tries(Verb.APPLY_POLICY, case, change)

    @step(Verb.CORRECT, which=CASES, who=ACTORS, back=st.sampled_from([1, 1, 1, 2, 2, 3, 4, ANY]), note=NOTES)
    def corrects(self, which: int, who: str, back: int, note: str) -> None:
        """One of the last events; what it did is undone, and every clock derived again."""
        case = self.case(which, Verb.CORRECT)
        events = events_of(case)
        apt = [event for event in events if event.verb in CORRECTABLE] if back < ANY else events
        seq = (apt or events)[-back:][0].seq
        change = partial(correcting.correct, self.actor(who, case), case=case, event=seq, note=note)
        if self.tries(Verb.CORRECT, case, change):
            self.forget_clocks(case)

    @step(Verb.MERGE, is_late=True, one=CASES, other=CASES, who=ACTORS)
    def merges(self, one: int, other: int, who: str) -> None:
        case, into = self.case(one, Verb.MERGE), self.ids[other % len(self.ids)]
        change = partial(merging.merge, self.actor(who, case), case=case, into=into)
        self.tries(Verb.MERGE, case, change)

    @step(Verb.FLAG, which=CASES, who=ACTORS, party=PARTIES, note=NOTES)
    def flags(self, which: int, who: str, party: Party, note: str) -> None:
        case = self.case(which, Verb.FLAG)
        change = partial(following.flag, self.actor(who, case), case=case, party=party, note=note)
        self.tries(Verb.FLAG, case, change)

    @step(Verb.UNFLAG, which=CASES, who=SUPERVISORS, party=PARTIES, note=NOTES)
    def looks_at_a_flag(self, which: int, who: str, party: Party, note: str) -> None:
        case = self.case(which, Verb.UNFLAG)
        change = partial(parties.unflag, self.actor(who, case), case=case, party=party, note=note)
        self.tries(Verb.UNFLAG, case, change)

    @step("party warn", who=SUPERVISORS, is_buyer=st.booleans(), note=NOTES)
    def warns(self, who: str, is_buyer: bool, note: str) -> None:
        """A party, which answers its flags in every case."""
        row: Any = Dispute.get_by_id(self.ids[0])
        party = row.buyer_id if is_buyer else row.seller_id
        change = partial(parties.warn, self.actor(who, self.ids[0]), party=party, note=note)
        self.tries("party warn", self.ids[0], change)

    @step(Verb.WATCH, which=CASES, who=ACTORS, is_done=st.booleans())
    def watches(self, which: int, who: str, is_done: bool) -> None:
        case = self.case(which, Verb.WATCH)
        self.tries(Verb.WATCH, case, partial(following.watch, self.actor(who, case), case=case, is_done=is_done))

    @step(Verb.REMIND, which=CASES, who=ACTORS, hours=st.one_of(st.none(), st.integers(-1, 50)), note=NOTES)
    def reminds(self, which: int, who: str, hours: int | None, note: str) -> None:
        case = self.case(which, Verb.REMIND)
        on = None if hours is None else self.now + timedelta(hours=hours)
        self.tries(Verb.REMIND, case, partial(following.remind, self.actor(who, case), case=case, on=on, note=note))

    @step("open another", who=ACTORS, note=NOTES, amount=st.sampled_from(["10.00", "25.50", "0", "95.00"]),
          overrides=st.sampled_from([(), ("no_live_case",), ("no_live_case", "evidence")]))  # fmt: skip
    def opens(self, who: str, note: str, amount: str, overrides: tuple[str, ...]) -> None:
        """Another case on the same order, against the rules only by a supervisor and with a reason."""
        if len(self.ids) >= MOST_CASES:
            return
        first: Any = Dispute.get_by_id(self.ids[0])
        claim = Intake(
            order=first.order.ref, reason="payment/wrong_amount", remedy="full_refund", amount=amount, expected="a",
            actual="b", tried="c", overrides=overrides, note=note,
        )  # fmt: skip
        actor = self.actor(who, self.ids[0])
        opened: list[int] = []

        def change() -> None:
            opened.append(opening.open_case(actor, intake=claim).dispute_id)

        if self.tries(Verb.OPEN, self.ids[0], change):
            assert not overrides or ((note and actor == SUE) or actor.login == "tom")
            self.ids += opened
            self.look()

    @step(Verb.OPEN, which=CASES, who=ACTORS)
    def begins(self, which: int, who: str) -> None:
        """What a file brought as a draft."""
        case = self.case(which, Verb.OPEN)
        self.tries(Verb.OPEN, case, partial(opening.submit_case, self.actor(who, case), case=case))

    @step(Verb.REFUSE, which=CASES, who=ACTORS, named=st.sampled_from([*INELIGIBLE, "whim"]), note=NOTES)
    def refuses(self, which: int, who: str, named: str, note: str) -> None:
        case = self.case(which, Verb.REFUSE)
        change = partial(opening.refuse_case, self.actor(who, case), case=case, rule=named, note=note)
        self.tries(Verb.REFUSE, case, change)

    @step("sweep", who=ACTORS)
    def sweeps(self, who: str) -> None:
        """What time has made due is done as it was planned, and once."""
        self.fails_at = None  # each of its steps stands by itself
        planned: list[due_cases.Step] = []
        done: list[due_cases.Step] = []
        actor = self.actor(who, self.ids[0])

        def sweep() -> None:
            planned.extend(due_cases.plan(self.now))
            done.extend(sweeping.sweep(actor))
            assert not list(sweeping.sweep(actor)), "done twice"

        before = dict(self.known)
        if self.tries("sweep", self.ids[0], sweep, is_one_event=False):
            assert done == planned and not any(each.failed for each in done)
            for each in done:
                self._was_adverse_in_time(int(each.case[1:]), before, each)

    def _was_adverse_in_time(self, case: int, before: dict[int, Case], each: due_cases.Step) -> None:
        """The seller has had three days from when they were told."""
        told_at, taken_at = before[case].notified_at, self.known[case].escalated_at
        if each.what == "auto-escalate":
            assert told_at is not None and taken_at is not None and taken_at >= told_at + ADVERSE_AFTER

    @step(
        "import",
        is_late=True,
        which=st.integers(0, 1),
        news=st.sampled_from(["answer", "escalation", "outcome", "state"]),
    )
    def a_file_tells_more(self, which: int, news: str) -> None:
        """A later row about a case; what contradicts is rejected, and nothing is told twice."""
        self.fails_at = None  # chunks that were written stay
        told_later: dict[str, dict[str, Any]] = {
            "answer": {"responded_at": self.now, "response": PartyAct.REPLY},
            "escalation": {"escalated_at": self.now},
            "outcome": {"outcome": Outcome.NO_REFUND, "decided_at": self.now, "decided_by": "X", "decision_note": "n"},
            "state": {"state": State.RESOLVED},
        }
        case = self.ids[which]
        self.tries("import", case, partial(take, told(**self.facts_of(case), **told_later[news]), actor=ANNA))
        self.forget_clocks(case)
