"""What time has made due is done once, however often, at once, interrupted; and the plan tells it beforehand."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from models import database
from models.database import Location
from models.errors import NotAllowed, Refused, StoreUnavailable
from models.operations import agents, refunding, sweeping, talking
from models.operations.change import Change, carry_out
from models.queries import due_cases
from models.queries.case_file import case_file
from models.queries.history import case_from_events
from models.rules import duties
from models.rules.case import Case
from models.tables import Dispute, Event
from models.tables import database as engine
from models.vocabulary import Party, PartyAct, RefundState, Role, State
from tests.operations.desk import (
    ADA,
    ANNA,
    SUE,
    TOM,
    day,
    events,
    on_day,
    people,
    stored,
)
from tests.operations.falling_due import (
    all_prepared,
    assert_sound,
    by_case,
    events_of_sweep,
    numbered,
    ruled,
    silent,
    swept,
)
from tests.operations.faults import snapshot


@pytest.fixture(autouse=True)
def _people(store: Location) -> None:
    people()


def test_every_duty_is_carried_out_and_the_second_sweep_finds_nothing() -> None:
    expected = all_prepared()
    steps = swept(60)
    assert by_case(steps) == expected
    assert {what for whats in expected.values() for what in whats} == {duty.name for duty in duties.DUTIES}
    assert not [step.failed for step in steps if step.failed]
    assert_sound()
    before = snapshot()
    assert swept(60) == [] and swept(3_000) == []
    assert snapshot() == before


def test_the_events_are_the_sweeps_and_no_persons_and_tell_both_instants() -> None:
    case = silent()
    (step,) = swept(9)
    event = Event.select().where(Event.dispute == case).order_by(Event.seq.desc()).first()
    assert (event.actor, event.verb, event.occurred_at, event.recorded_at) == (
        "sweep",
        "auto-escalate",
        day(7),
        day(9),
    )
    assert '"by"' not in event.body
    shown = case_file(case)
    assert (shown.events[-1].actor, shown.events[-1].words) == ("sweep", "the seller stayed silent")
    assert (step.due_at, step.state, step.becomes) == (day(7), "awaiting_seller", "in_review")
    assert "review due 2026-03-14 09:00Z" in step.effect
    assert (stored(case).escalated_at, stored(case).assignee) == (day(7), None)


def test_the_plan_of_an_instant_to_come_is_what_the_sweep_does_then() -> None:
    all_prepared()
    before = snapshot()
    for days in (0, 4, 7, 9.5, 12.1, 60):
        with on_day(0):
            planned = list(due_cases.plan(day(days)))
        assert snapshot() == before
        with engine.atomic() as undone:
            assert swept(days) == planned
            undone.rollback()
    assert len(planned) == 8


def test_nothing_is_due_at_the_due_instant_itself() -> None:
    silent()
    assert swept(7) == []
    assert by_case(swept(7 + 1 / 86_400)) == {"C1": ["auto-escalate"]}


def test_a_sweep_only_looks_at_cases_in_which_something_is_due(monkeypatch: pytest.MonkeyPatch) -> None:
    silent()
    for number in range(5):
        numbered(str(number), opened_at=day(0), responded_at=day(0), response=PartyAct.REJECT)
    looked: list[int] = []

    def seen(case: int) -> Case:
        looked.append(case)
        return case_from_events(case)

    monkeypatch.setattr(sweeping, "case_from_events", seen)
    swept(8)
    assert set(looked) == {1}


def test_a_case_that_nobody_has_looked_at_is_looked_at_once() -> None:
    """As a migration leaves it: the index knows nothing yet, and is told without an event."""
    case, quiet = silent(), numbered("quiet", escalated_at=day(2))
    Dispute.update(moves_at=0).execute()
    before = events()
    assert swept(3) == []
    assert events() == before
    assert (stored(case).moves_at, stored(quiet).moves_at) == (day(7), None)
    assert_sound()


def test_after_a_migration_every_case_is_looked_at_and_one_that_cannot_be_read_stays_to_be_told() -> None:
    expected = all_prepared()
    known = {row.id: row.moves_at for row in Dispute.select()}
    bad = silent("bad")
    damage(bad)
    Dispute.update(moves_at=0).execute()
    before = events()
    assert sweeping.look_at_new() == len(expected) + 1
    assert {row.id: row.moves_at for row in Dispute.select().where(Dispute.id != bad)} == known
    assert sweeping.look_at_new() == 1 and events() == before
    assert [step.case for step in swept(0) if step.failed] == [f"C{bad}"]


def test_what_somebody_has_done_meanwhile_is_left_alone() -> None:
    case = silent()
    with on_day(8):
        steps = sweeping.sweep(SUE)
        talking.respond(ANNA, case=case, party=Party.SELLER, move=PartyAct.REPLY, text="Here I am.")
        assert list(steps) == []
    assert stored(case).state == State.NEGOTIATION
    assert_sound()


def test_a_case_that_changes_just_when_it_is_moved_is_judged_again(monkeypatch: pytest.MonkeyPatch) -> None:
    case = silent()
    late = iter([True])

    def after_somebody_else(*args: Any, **options: Any) -> Change:
        if next(late, False):
            talking.respond(ANNA, case=case, party=Party.SELLER, move=PartyAct.REPLY, text="Here I am.")
        return carry_out(*args, **options)

    monkeypatch.setattr(sweeping, "carry_out", after_somebody_else)
    assert swept(8) == []
    assert stored(case).state == State.NEGOTIATION
    assert events_of_sweep() == []


def test_a_case_that_cannot_be_judged_is_told_and_does_not_stop_the_others() -> None:
    cases = [silent(str(number)) for number in range(3)]
    damage(cases[1])
    for steps in (list(due_cases.plan(day(8))), swept(8)):
        assert [step.case for step in steps if not step.failed] == ["C1", "C3"]
        (bad,) = [step for step in steps if step.failed]
        assert (bad.case, bad.what, "cannot be read" in bad.failed) == ("C2", "", True)
    assert stored(cases[2]).state == State.IN_REVIEW
    assert [step.case for step in swept(8)] == ["C2"], "it is tried each time"


def damage(case: int) -> None:
    if database.is_sqlite():
        engine.execute_sql("DROP TRIGGER event_is_not_changed")
    else:
        engine.execute_sql("DROP TRIGGER event_is_not_changed ON event")
    Event.update(body='{"acts": [{"verb": "no such verb"}]}').where(Event.dispute == case).execute()


def test_a_store_that_is_lost_ends_the_sweep_and_what_was_done_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(6):
        silent(str(number))
    count = iter(range(100))

    def lost_after_two(*args: Any, **options: Any) -> Change:
        if next(count) >= 2:
            raise StoreUnavailable("The store is away.")
        return carry_out(*args, **options)

    monkeypatch.setattr(sweeping, "carry_out", lost_after_two)
    with on_day(8), pytest.raises(StoreUnavailable):
        list(sweeping.sweep(SUE))
    monkeypatch.undo()
    assert len(events_of_sweep()) == 2
    assert [step.case for step in swept(8)] == ["C3", "C4", "C5", "C6"]
    assert_sound()


def test_who_works_cases_may_sweep_and_nobody_has_the_sweeps_name_or_role() -> None:
    with on_day(8):
        for role_allowed in (ANNA, TOM):
            assert list(sweeping.sweep(role_allowed)) == []
        with pytest.raises(NotAllowed):
            sweeping.sweep(ADA)
        for login, role in (("sweep", Role.AGENT), ("eve", Role.SWEEP)):
            with pytest.raises(Refused):
                agents.add(SUE, login=login, name="Eve", role=role)
        with pytest.raises(Refused):
            agents.change_role(SUE, login="anna", role=Role.SWEEP)


def test_a_refund_that_was_confirmed_on_the_last_day_closes_the_case_and_a_late_appeal_opens_it() -> None:
    case = ruled()
    swept(60)
    assert (stored(case).state, stored(case).closed_at) == (State.CLOSED, day(37))
    paid = numbered("paid", response=PartyAct.ACCEPT, responded_at=day(1))
    with on_day(5):
        for state in (RefundState.INSTRUCTED, RefundState.CONFIRMED):
            refunding.refund(ANNA, case=paid, state=state, occurred_at=day(4))
    assert by_case(swept(6)) == {f"C{paid}": ["close"]}
    assert stored(paid).closed_at == day(4)
    assert_sound()


def test_a_supervisor_supersedes_an_escalation_that_was_wrong() -> None:
    """The answer had come in time and nobody had written it down: recorded now, it counts, and so does the talk."""
    from models.operations import correcting

    case = silent()
    swept(8)
    with on_day(8.5):
        wrong = Event.select().where((Event.dispute == case) & (Event.verb == "auto-escalate")).get().seq
        talking.respond(ANNA, case=case, party=Party.SELLER, move=PartyAct.REPLY, text="Sent it.", occurred_at=day(4))
        correcting.correct(SUE, case=case, event=wrong, note="Their answer of Friday was in the other inbox.")
        assert stored(case).state == State.NEGOTIATION
        assert list(sweeping.sweep(SUE)) == []
    clock_view = next(each for each in case_file(case, day(9)).clocks if each.kind == "seller_response")
    assert clock_view.standing == "met_late_recorded"
    assert by_case(swept(10.5)) == {f"C{case}": ["auto-escalate"]}
    assert_sound()


def due_by_hand(at: datetime) -> set[int]:
    """Every case of the store, one by one."""
    found = set()
    for row in Dispute.select(Dispute.id):
        due = duties.first(case_from_events(row.id))
        if due is not None and due.at < at:
            found.add(row.id)
    return found


def test_the_index_finds_what_looking_at_every_case_finds() -> None:
    all_prepared()
    for days in range(0, 60, 3):
        assert set(due_cases.due_ids(day(days))) == due_by_hand(day(days))
