"""The lines that explain a due instant add up to it, to the second, whatever was done to the case."""

from __future__ import annotations

from datetime import timedelta

from models.rules.case import Case
from models.rules.reasons_of_due import Acts, Reasons, reasons
from models.vocabulary import ClockKind


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
    return found
