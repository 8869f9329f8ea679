"""What a sweep would do: the cases in which time has made something due, found by an index, and judged by their events.

The index tells when to look at a case and nothing more; what is due, and since when, its events say.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from peewee import Tuple

from models.columns import Column, Kind
from models.database import translated
from models.dataclass import dataclass
from models.errors import DeskError, StoreUnavailable
from models.queries import rows, wording
from models.queries.history import case_from_events
from models.rules import duties, effects
from models.rules.act import Act
from models.rules.case import Case
from models.rules.copying import copied
from models.tables import Dispute
from models.tables.dispute import MOVES

PAGE = 200
DAMAGED = (ValueError, TypeError, LookupError, AssertionError, RuntimeError, DeskError)
"""What reading and judging a case can raise where its events are not what we wrote; the others go on without it."""

COLUMNS: tuple[Column, ...] = (
    Column("case"),
    Column("what"),
    Column("due_at", Kind.INSTANT),
    Column("state"),
    Column("becomes"),
    Column("effect"),
    Column("failed"),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that a sweep does, or would, or could not do."""

    case: str
    """`C<id>`."""
    what: str
    """The duty's name; empty where the case could not be judged."""
    due_at: datetime | None
    """It is due since then."""
    state: str
    becomes: str
    effect: str
    failed: str = ""
    """Why it was not done; empty where it was."""

    def values(self) -> tuple[object, ...]:
        """In the order of `COLUMNS`."""
        return tuple(getattr(self, column.key) for column in COLUMNS)


def due_ids(before: datetime) -> Iterator[int]:
    """Cases in which something may be due strictly before an instant, the longest due first; a select for each page."""
    last: tuple[int, int] | None = None
    while page := _page(before, last):
        yield from (dispute_id for _, dispute_id in page)
        last = page[-1]


def unknown_ids(after: int) -> list[int]:
    """A page of cases that nobody has looked at since a migration."""
    rows: Any = Dispute.select(Dispute.id).where(MOVES & (Dispute.moves_at == 0) & (Dispute.id > after))
    with translated():
        return [dispute_id for (dispute_id,) in rows.order_by(Dispute.id).limit(PAGE).tuples()]


def plan(at: datetime) -> Iterator[Step]:
    """What a sweep at `at` does if nobody acts until then, step by step. Nothing is written."""
    for dispute_id in due_ids(at):
        try:
            with translated():
                case = case_from_events(dispute_id)
            yield from steps(dispute_id, case, at)
        except StoreUnavailable:
            raise
        except DAMAGED as error:
            yield broken(dispute_id, error)


def steps(dispute_id: int, case: Case, at: datetime) -> Iterator[Step]:
    """One thing makes the next due, each on the case as the one before it has left it."""
    while (due := duties.first(case)) is not None and due.at < at:
        act, before = duties.act_of(case, due), case
        case = copied(before)
        effects.apply(case, act, at)
        yield step(dispute_id, due, act, before, case)


def step(dispute_id: int, due: duties.Due, act: Act, before: Case, after: Case) -> Step:
    """One act of the sweep, in words."""
    begun = (f"{clock.kind} due {clock.due_at:%Y-%m-%d %H:%MZ}" for clock in after.clocks[len(before.clocks) :])
    effect = "; ".join(part for part in (wording.words(act, before.currency), ", ".join(begun)) if part)
    return Step(f"C{dispute_id}", due.duty.name, due.at, before.state, after.state, effect)


def broken(dispute_id: int, error: Exception) -> Step:
    """The case could not even be judged."""
    why = str(error) if isinstance(error, DeskError) else f"its events cannot be read ({type(error).__name__})"
    return Step(f"C{dispute_id}", "", None, "", "", "", why)


def _page(before: datetime, last: tuple[int, int] | None) -> list[tuple[int, int]]:
    which = MOVES & (Dispute.moves_at < before)
    if last is not None:
        which &= Tuple(Dispute.moves_at, Dispute.id) > Tuple(*last)
    found: Any = Dispute.select(Dispute.moves_at, Dispute.id).where(which).order_by(Dispute.moves_at, Dispute.id)
    with translated():
        return [(rows.as_key(moves_at) or 0, dispute_id) for moves_at, dispute_id in found.limit(PAGE).tuples()]
