"""The due instants of a stored case, explained from its events."""

from __future__ import annotations

from dataclasses import replace

from models import clock
from models.errors import NotFound
from models.queries.history import acts_of
from models.rules import effects
from models.rules.case import Case
from models.rules.reach import out_of_reach
from models.rules.reasons_of_due import NOTHING, Reason, Reasons, reasons
from models.rules.reasons_of_escalation import Escalation, escalation
from models.rules.reasons_of_expiry import Expiry, expiry
from models.vocabulary import ClockKind


def all_reasons_of(dispute_id: int) -> tuple[Reasons, ...]:
    """Of every clock, those that run first, and of the escalation and of what expires behind them.

    One select. Raises NotFound for a case that was never opened.
    """
    acts = acts_of(dispute_id)
    if not acts:
        raise NotFound(f"There is no case C{dispute_id}.")
    case = effects.replayed(acts)
    others = [*escalation(acts, case), *filter(None, [expiry(acts, case)])]
    found = [*(_with_reach(each, case) for each in reasons(acts)), *others]
    rank = {True: 0, False: 2}
    return tuple(sorted(found, key=lambda each: rank[each.is_running] if isinstance(each.kind, ClockKind) else 1))


def _with_reach(found: Reasons, case: Case) -> Reasons:
    """A promise that nobody can keep any more says so, and whose that is."""
    lost = out_of_reach(case, clock.now()) if found.kind is ClockKind.RESOLUTION and found.is_running else None
    if lost is None:
        return found
    told = "; the seller was told late, which is booked to the platform" if lost.is_told_late else ""
    what = f"can no longer be kept: the platform may step in from {lost.free_at:%Y-%m-%dT%H:%M:%SZ}{told}"
    return replace(found, lines=(*found.lines, Reason(what, "", NOTHING, found.due_at)))


def reasons_of(dispute_id: int, kind: ClockKind | Escalation | Expiry | None = None) -> tuple[Reasons, ...]:
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
