"""One walk over several cases of one order: how a step is taken, and the eight things that hold after each."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import peewee
from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from peewee import fn

from models import clock, database
from models.actor import Actor
from models.errors import DeskError
from models.rules import talks
from models.rules.act import Verb
from models.rules.case import Case
from models.rules.clocks import Clock
from models.rules.transitions import TRANSITIONS
from models.tables import Decision, Dispute, Event, Message, Outgoing
from models.vocabulary import ClockKind, Outcome, Party, Remedy, State
from tests.operations.desk import ADA, ANNA, BEN, OPENED, SUE, TOM, assert_replays, dispute_id, take, told
from tests.operations.faults import failing_at
from tests.operations.paths import PATHS

PAID = 9_000
"""Of the order that all cases of a walk are about; each disputes 100.00."""
WHO = {each.login: each for each in (ANNA, BEN, SUE, TOM, ADA)}
ACTORS = st.sampled_from(["holder"] * 6 + [*WHO])
SUPERVISORS = st.sampled_from(["sue", "tom"] * 4 + ["holder", "ada"])
ANY = 7
CASES = st.sampled_from([0, 0, 0, 0, 0, 1, 1, 2, ANY])
"""Which of the order's cases in which it is possible; most steps are the first one's, or no walk comes far."""
BACK = st.sampled_from([0] * 8 + [1, 5, 30, 73, 200])
"""Hours between an act and its being written down."""
FAILS_AT = st.sampled_from([None] * 80 + [1, 2, 4, 7, *range(10, 28, 2)])
"""Which statement of a write the store does not carry out."""
ADVERSE_AFTER = timedelta(days=3)
ORDERS = count(1)
DONE: Counter[str] = Counter()
"""How often each verb was carried out, and `! verb` how often it was refused."""


LATE = 12
"""So many steps of a walk come before what ends a case."""
FEW_STATES = 4
HOURS = st.sampled_from([0] * 9 + [1, 12, 30, 73, 121, 169, 721])


class Walk(RuleBasedStateMachine):
    """Steps are tried: what is refused must change nothing, what is done must leave everything as promised."""

    def __init__(self) -> None:
        super().__init__()
        self.now = OPENED
        self.ids: list[int] = []
        self.known: dict[int, Case] = {}
        self.versions: dict[int, int] = {}
        self.stopped: dict[tuple[int, int], Clock] = {}
        self.fails_at: int | None = None
        self.tried: list[Step] = []

    @initialize(start=st.sampled_from(list(PATHS)), remedy=st.sampled_from(list(Remedy)))
    def starts(self, start: str, remedy: Remedy) -> None:
        """Somewhere along the way, on an order of its own: from the opening alone few walks come far."""
        self.order, self.remedy = next(ORDERS), remedy
        with self.present():
            for number in range(2):
                is_draft = {"state": State.DRAFT} if start == "draft" and not number else {}
                facts = self._facts(number)
                take(told(**facts, **is_draft))
                self.ids.append(dispute_id(facts["ref"]))
        for days, step in PATHS[start]:
            self.now += timedelta(days=days)
            with self.present():
                step(self.ids[0])
        self.look()

    def _facts(self, number: int) -> dict[str, Any]:
        order = self.order
        return {
            "ref": f"D-{order}-{number}", "order_ref": f"O-{order}", "buyer_ref": f"b-{order}",
            "seller_ref": f"s-{order}", "paid_minor": PAID, "remedy": self.remedy,
            "protection_ends_at": OPENED + timedelta(days=90),
        }  # fmt: skip

    def facts_of(self, case: int) -> dict[str, Any]:
        """What the file told first of one of its cases."""
        return self._facts(self.ids.index(case))

    @contextmanager
    def present(self) -> Iterator[None]:
        with clock.stands_at(self.now):
            yield

    def case(self, which: int, verb: Verb) -> int:
        """Mostly one in which it is possible."""
        ids = [] if which == ANY else [number for number in self.ids if _is_possible(self.known[number], verb)]
        return (ids or self.ids)[which % len(ids or self.ids)]

    def running(self, case: int, number: int) -> ClockKind:
        """One of the case's running clocks, where one runs; now and then any."""
        kinds = [each.kind for each in self.known[case].clocks if each.is_running] if number % 5 else []
        return (kinds or list(ClockKind))[number % len(kinds or ClockKind)]

    def actor(self, name: str, case: int) -> Actor:
        return WHO[self.known[case].assignee or "anna"] if name == "holder" else WHO[name]

    def at(self, back: int) -> datetime:
        return self.now - timedelta(hours=back)

    @rule(data=st.data())
    def goes_on(self, data: st.DataObject) -> None:
        """Time passes or not, then something that is possible somewhere is tried, first what this walk has not yet.

        Every other time one of the few things that lead on from where a case stands: notes can be written anywhere.
        """
        steps = [each for each in type(self).steps() if each.is_possible(self)]
        steps = [each for each in steps if each not in self.tried] or steps
        if data.draw(st.booleans(), "leads on"):
            steps = [each for each in steps if each.leads_on] or steps
        chosen = data.draw(st.sampled_from(steps), "step")
        self.tried.append(chosen)
        when = st.fixed_dictionaries({"hours": HOURS, "fails_at": FAILS_AT})
        passed = data.draw(when, "first")
        self.now += timedelta(hours=passed["hours"])
        self.fails_at = passed["fails_at"]
        chosen.take(self, **data.draw(st.fixed_dictionaries(chosen.facts), chosen.name))

    @classmethod
    def steps(cls) -> list[Step]:
        """Every way to go on."""
        found = [each for kind in cls.__mro__ for each in vars(kind).values() if isinstance(each, Step)]
        return sorted(found, key=lambda each: each.name)

    def tries(self, verb: Verb | str, case: int, change: Callable[[], object], *, is_one_event: bool = True) -> bool:
        """Take one step; whether it was carried out. It is one event of each case that it changes, or nothing."""
        failing, self.fails_at = self.fails_at, None
        before, written = self._versions(), _written()
        assignee = self.known[case].assignee
        try:
            with self.present(), failing_at(failing) if failing else nullcontext():
                change()
        except (DeskError, peewee.OperationalError) as error:
            refusal = str(error)
        else:
            refusal = ""
        note(f"C{case} at {self.now}: {verb}: {refusal or 'done'}")
        if refusal:
            DONE[f"! {verb}"] += 1
            if failing:
                _connect_again()
                assert_replays(case)
            assert refusal.endswith((".", "?", "failed")), "a refusal is a sentence"
            assert (self._versions(), _written()) == (before, written), f"{verb}: {refusal}"
            return False
        DONE[verb] += 1
        if is_one_event:
            versions = self._versions()
            changed = [each for each, version in versions.items() if before.get(each) != version]
            assert all(versions[each] == before.get(each, 0) + 1 for each in changed)
            assert _written()[0] - written[0] >= len(changed)
        self._was_right(verb, case, assignee)
        self.look()
        return True

    def _was_right(self, verb: Verb | str, case: int, assignee: str) -> None:
        """Done by who had the case, where that is asked for; with its reason, where one is."""
        last: Any = Event.select().where(Event.dispute == case).order_by(Event.seq.desc()).first()
        if verb in HELD:
            assert last.actor == assignee, f"{verb} of {last.actor}, and {assignee or 'nobody'} has the case"
        if verb in REASONED:
            assert json.loads(last.body)["acts"][0].get("text_digest"), f"{verb} without a reason"

    def _versions(self) -> dict[int, int]:
        rows: Any = Dispute.select(Dispute.id, Dispute.row_version).where(Dispute.id.in_(self.ids))
        return dict(rows.tuples())

    def look(self) -> None:
        """Replay every case that has changed: its events give its row, its clocks and its money again."""
        for case, version in self._versions().items():
            if self.versions.get(case) != version:
                self.known[case], self.versions[case] = assert_replays(case), version

    def teardown(self) -> None:
        for case in self.ids:
            assert_replays(case)
        Dispute.update(moves_at=None).where(Dispute.id.in_(self.ids)).execute()  # out of the next walk's sweep

    @invariant()
    def the_eight_hold(self) -> None:
        """Beside the replay of each change, and the nothing that a refusal writes."""
        for number, case in self.known.items():
            self._one_has_it(case)
            self._a_lane_has_one_live_version(case)
            self._the_seller_has_three_days(case)
            self._a_stopped_clock_stays_as_it_is(number, case)
            assert case.confirmed_minor + case.underway_minor <= min(PAID, case.amount_minor)
        assert sum(case.confirmed_minor + case.underway_minor for case in self.known.values()) <= PAID
        self._decisions_say_why()

    def _one_has_it(self, case: Case) -> None:
        assert not case.assignee or case.assignee in WHO

    def _a_lane_has_one_live_version(self, case: Case) -> None:
        for lane in Party:
            assert len([offer for offer in case.offers if offer.lane is lane and offer.is_live(self.now)]) <= 1

    def _the_seller_has_three_days(self, case: Case) -> None:
        for at in (talks.may_escalate_by_time_at(case), talks.auto_escalate_at(case)):
            assert at is None or case.notified_at is None or at >= case.notified_at + ADVERSE_AFTER

    def _a_stopped_clock_stays_as_it_is(self, number: int, case: Case) -> None:
        for each in case.clocks:
            if not each.is_running:
                assert self.stopped.setdefault((number, each.number), deepcopy(each)) == each

    def forget_clocks(self, case: int) -> None:
        """A correction derives them anew."""
        self.stopped = {key: each for key, each in self.stopped.items() if key[0] != case}

    def _decisions_say_why(self) -> None:
        """Those of ours: a file tells of others' as it likes."""
        for row in Decision.select().where(Decision.dispute.in_(self.ids) & Decision.maker.in_(list(WHO))):
            assert row.note.strip() and (row.findings or row.result), f"decision {row.number}"
            assert row.outcome != Outcome.PARTIAL_REFUND or json.loads(row.basis) or row.result


HELD = frozenset({Verb.ASK, Verb.CANCEL_ASK, Verb.PROPOSE, Verb.DECIDE, Verb.RULE})
"""Done by nobody but who has the case."""
REASONED = frozenset({
    Verb.RECODE, Verb.WITHDRAW, Verb.ESCALATE, Verb.ASSIGN, Verb.DECIDE, Verb.SEND_BACK, Verb.RULE, Verb.HOLD,
    Verb.EXTEND, Verb.WAIVE, Verb.REVIEW, Verb.REOPEN, Verb.FLAG, Verb.UNFLAG, Verb.CORRECT,
})  # fmt: skip
"""Done with a text, or not at all."""


@dataclass(frozen=True, eq=False)
class Step:
    """One way to go on: what it does, in which states, and what it draws."""

    verb: Verb | str
    take: Callable[..., None]
    facts: dict[str, Any]
    is_late: bool

    @property
    def name(self) -> str:
        return self.take.__name__

    @property
    def leads_on(self) -> bool:
        """It is possible in a few states only."""
        return self.verb in TRANSITIONS and len(TRANSITIONS[Verb(self.verb)].states) <= FEW_STATES

    def _repr_pretty_(self, printer: Any, is_cycle: bool) -> None:
        """How a failure tells it."""
        printer.text(self.name)

    def is_possible(self, walk: Walk) -> bool:
        """There is a case where it can be done; what cannot be done is tried often enough beside it."""
        if self.is_late and len(walk.tried) < LATE:
            return False
        return self.verb not in TRANSITIONS or any(_is_possible(case, Verb(self.verb)) for case in walk.known.values())


def step(verb: Verb | str, *, is_late: bool = False, **facts: Any) -> Callable[[Callable[..., None]], Any]:
    """A method becomes a step; it gets what is drawn by `facts`. `is_late`: it would cut most walks short."""
    return lambda take: Step(verb, take, facts, is_late)


def _is_possible(case: Case, verb: Verb) -> bool:
    return case.state in TRANSITIONS[verb].states


def _connect_again() -> None:
    """As a session does after a fault: what could not even be rolled back goes with the connection."""
    url = database.current().url
    database.close_store()
    database.open_store(url)


def _written() -> tuple[Any, ...]:
    """The last event, text and letter."""
    last: Any = Event.select(*(table.select(fn.MAX(key)) for table, key in LAST)).limit(1).tuples()
    return tuple(last.get())


LAST: tuple[tuple[Any, Any], ...] = ((Event, Event.seq), (Message, Message.id), (Outgoing, Outgoing.id))
