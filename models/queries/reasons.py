"""The due instants of a stored case, explained from its events."""

from __future__ import annotations

from models.errors import NotFound
from models.queries.history import acts_of
from models.rules import effects
from models.rules.reasons_of_due import Reasons, reasons
from models.rules.reasons_of_escalation import Escalation, escalation
from models.vocabulary import ClockKind


def all_reasons_of(dispute_id: int) -> tuple[Reasons, ...]:
    """Of every clock, those that run first, and of the escalation behind them.

    One select. Raises NotFound for a case that was never opened.
    """
    acts = acts_of(dispute_id)
    if not acts:
        raise NotFound(f"There is no case C{dispute_id}.")
    rank = {True: 0, False: 2}
    found = (*reasons(acts), *escalation(acts, effects.replayed(acts)))
    return tuple(sorted(found, key=lambda each: 1 if isinstance(each.kind, Escalation) else rank[each.is_running]))


def reasons_of(dispute_id: int, kind: ClockKind | Escalation | None = None) -> tuple[Reasons, ...]:
    """Of every clock that runs, or where none does of all; of one kind, all of that. One select.

    Raises NotFound for a case that was never opened, or has no such clock.
    """
    every = all_reasons_of(dispute_id)
    if kind is None:
        clocks = tuple(each for each in every if isinstance(each.kind, ClockKind))
        return tuple(each for each in clocks if each.is_running) or clocks
    found = tuple(sorted((each for each in every if each.kind is kind), key=lambda each: each.number))
    if not found:
        known = ", ".join(dict.fromkeys(each.kind for each in every)) or "none"
        raise NotFound(f"C{dispute_id} has no clock '{kind}': it has {known}.")
    return found
