"""The due instants of a stored case, explained from its events."""

from __future__ import annotations

from models.errors import NotFound
from models.queries.history import acts_of
from models.rules.reasons_of_due import Reasons, reasons
from models.tables import Timer
from models.vocabulary import ClockKind


def reasons_of(dispute_id: int, kind: ClockKind | None = None) -> tuple[Reasons, ...]:
    """Of every clock that runs, or where none does of all; of one kind, all of that. Two selects.

    Raises NotFound for a case that was never opened, or has no such clock.
    """
    acts = acts_of(dispute_id)
    every = reasons(acts) if acts else ()
    if kind is not None:
        found = tuple(each for each in every if each.kind is kind)
        if not found:
            known = ", ".join(dict.fromkeys(each.kind for each in every)) or "none"
            raise NotFound(f"C{dispute_id} has no clock '{kind}': it has {known}.")
        return found
    running = Timer.select(Timer.number).where((Timer.dispute == dispute_id) & Timer.stopped_at.is_null())
    numbers = {each.number for each in running}
    return tuple(each for each in every if each.number in numbers) or every
