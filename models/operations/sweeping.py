"""What time has made due is carried out: case by case, each step a transaction and an event of its own.

Nothing else ties the steps together. A sweep that was killed is simply run again; of several that run at once each
finds what the others have left, because every step is judged once more inside its transaction, with the row locked.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

from models import clock
from models.actor import SWEEP, Actor
from models.database import agree_on_time, is_sqlite, translated
from models.errors import Conflict, Refused, StoreUnavailable
from models.operations.change import carry_out
from models.operations.presence import present
from models.operations.transaction import writing
from models.prepared import Slot, prepared, update
from models.queries import due_cases
from models.queries.due_cases import Step
from models.queries.history import case_from_events
from models.rules import duties
from models.rules.act import Act
from models.rules.case import Case
from models.rules.duties import Due
from models.rules.permissions import check_desk
from models.tables import Dispute

TRIES = 3
"""Somebody may act on a case just when it is to be moved; it is judged again then."""
MOST_FAILURES_OF_STORE = 3
"""After so many in a row the store itself is not there, and not just busy."""


def sweep(actor: Actor) -> Iterator[Step]:
    """Do everything that is due now, and tell each step once it stands in the store; it goes on as the rows are taken.

    A case that fails is told with the reason and does not stop the others. The events are nobody's: time did it.
    Raises NotAllowed at once for who may not, and StoreUnavailable where the store is lost on the way.
    """
    with translated():
        check_desk(present(actor), "sweep")
    return _swept(replace(SWEEP, session=actor.session))


def _swept(sweeper: Actor) -> Iterator[Step]:
    failures = 0
    agree_on_time()  # the session may have been open for long
    for dispute_id in due_cases.due_ids(clock.now()):
        try:
            yield from _all_of(sweeper, dispute_id)
            failures = 0
        except StoreUnavailable as error:
            failures += 1
            if failures == MOST_FAILURES_OF_STORE:
                raise
            yield due_cases.broken(dispute_id, error)
        except due_cases.DAMAGED as error:
            yield due_cases.broken(dispute_id, error)


def _all_of(sweeper: Actor, dispute_id: int) -> Iterator[Step]:
    """One thing makes the next due; they come in the order of their instants."""
    tries = 0
    while (act := _due_in(dispute_id)) is not None:
        try:
            yield _done(sweeper, dispute_id, act)
            tries = 0
        except (Conflict, Refused):
            tries += 1
            if tries == TRIES:
                raise


def _due_in(dispute_id: int) -> Act | None:
    """What is due in the case first. Where nothing is, the index is told when to look again."""
    with translated():
        case = case_from_events(dispute_id)
    due = duties.first(case)
    if due is not None and due.at < clock.now():
        return duties.act_of(case, due)
    if _moves_at.value(dispute_id) != (due and due.at):
        _look_again(dispute_id)
    return None


def _done(sweeper: Actor, dispute_id: int, act: Act) -> Step:
    found: list[Due] = []

    def judged_again(case: Case, act: Act) -> Act:
        due = duties.first(case)
        if due is None or due.at >= clock.now():
            raise Refused("due", f"Time has not made '{act.verb}' due in this case any more.")
        found.append(due)
        return duties.act_of(case, due)

    change = carry_out(sweeper, dispute_id, act, prepare=judged_again)
    return due_cases.step(dispute_id, found[0], change.act, change.before, change.after)


def look_at_new() -> int:
    """Tell the index when to look at the cases that a migration has left unknown to it; how many there were."""
    count, last = 0, 0
    while ids := due_cases.unknown_ids(last):
        with writing():
            for dispute_id in ids:
                with suppress(*due_cases.DAMAGED):  # the sweep will say so
                    _look_again(dispute_id)
        count, last = count + len(ids), ids[-1]
    return count


def _look_again(dispute_id: int) -> None:
    """Write down when something is due next, where the index says otherwise. It is no change of the case: no event."""
    with writing():
        _locked.first(dispute_id)
        due = duties.first(case_from_events(dispute_id))
        update(Dispute, {"moves_at": due and due.at}, id=dispute_id)


@prepared
def _moves_at(dispute_id: Slot) -> Any:
    return Dispute.select(Dispute.moves_at).where(Dispute.id == dispute_id)


@prepared
def _locked(dispute_id: Slot) -> Any:
    row = Dispute.select(Dispute.id).where(Dispute.id == dispute_id)
    return row if is_sqlite() else row.for_update()
