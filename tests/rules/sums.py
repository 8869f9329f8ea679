"""What adds up whatever was done to a case: the lines of a due instant, and the turns of the ball."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

from models.rules import talks
from models.rules.case import Case
from models.rules.ledger import Ledger, ledger
from models.rules.reasons_of_due import Acts, Reasons, reasons
from models.rules.reasons_of_escalation import Escalation, escalation
from models.vocabulary import Ball, ClockKind


def assert_adds_up(acts: Acts, case: Case) -> tuple[Reasons, ...]:
    """Every clock of the case is explained. Only the cap of the talks is moved by another promise."""
    found = reasons(acts)
    assert [(each.number, each.kind, each.due_at) for each in found] == [
        (clock.number, clock.kind, clock.due_at) for clock in case.clocks
    ]
    for each, clock in zip(found, case.clocks, strict=True):
        assert each.lines[0].at == clock.started_at and each.lines[-1].at == clock.due_at
        assert clock.started_at + sum((line.adds for line in each.lines), timedelta()) == clock.due_at
        assert each.kind is ClockKind.NEGOTIATION_CAP or "another promise" not in each.lines[-1].what, each
    _assert_escalation_adds_up(acts, case)
    return found


def _assert_escalation_adds_up(acts: Acts, case: Case) -> None:
    instants = {Escalation.MAY: talks.may_escalate_at(case), Escalation.AUTO: talks.auto_escalate_at(case)}
    found = {each.kind: each for each in escalation(acts, case)}
    assert {kind: each.due_at for kind, each in found.items()} == {kind: at for kind, at in instants.items() if at}
    for each in found.values():
        start = each.lines[0].at
        assert start + sum((line.adds for line in each.lines), timedelta()) == each.lines[-1].at == each.due_at, each
        assert all(line.adds for line in each.lines[1:]), each


def assert_every_second_is_booked(acts: Acts, case: Case, now: datetime) -> Ledger:
    """From opening to outcome, each second once, to the party that had the ball; the last turn is the present one."""
    found = ledger(acts, now)
    assert found.from_at == case.opened_at
    assert found.is_over == (case.outcome is not None or case.ended_at is not None)
    assert found.to_at == max(case.opened_at, (case.decided_at if case.outcome else case.ended_at) or now)
    assert [one.to_at for one in found.turns[:-1]] == [other.from_at for other in found.turns[1:]]
    assert all(one.from_at < one.to_at for one in found.turns)
    assert all((one.ball, one.hold) != (other.ball, other.hold) for one, other in pairwise(found.turns))
    if found.turns:
        assert (found.turns[0].from_at, found.turns[-1].to_at) == (found.from_at, found.to_at)
    assert sum(share.seconds for share in found.shares) == found.seconds
    assert sum(found.seconds_of(ball) for ball in Ball) == found.seconds
    if found.turns and not found.is_over and max(act.occurred_at for act, _ in acts) < now:
        assert (found.turns[-1].ball, found.turns[-1].hold) == (case.ball, case.hold)
    return found
