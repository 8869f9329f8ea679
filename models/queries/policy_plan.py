"""What applying a policy to the cases that are open would do, promise by promise. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from models import clock
from models.columns import Column, Kind
from models.database import translated
from models.dataclass import dataclass
from models.queries.compile import condition
from models.queries.history import case_from_events
from models.queries.language import parse
from models.queries.standpoint import standpoint
from models.rules import effects, new_terms
from models.rules.act import Act, Verb
from models.rules.copying import copied
from models.rules.new_terms import Move
from models.tables import Dispute
from models.vocabulary import OPEN_STATES

COLUMNS: tuple[Column, ...] = (
    Column("case"),
    Column("clock"),
    Column("old_due_at", Kind.INSTANT),
    Column("new_due_at", Kind.INSTANT),
    Column("why"),
)
KEPT = "would have run out by now: keeps its due instant"


@dataclass(frozen=True, slots=True)
class Planned:
    """One case, and what becomes of its running promises."""

    dispute_id: int
    old_version: int
    moves: tuple[Move, ...]

    def rows(self) -> Iterator[tuple[object, ...]]:
        """In the order of `COLUMNS`."""
        for each in self.moves:
            why = KEPT if each.is_kept else ""
            yield f"C{self.dispute_id}", each.kind, each.old_due_at, each.new_due_at, why


def ids(version: int, where: str, login: str) -> list[int]:
    """The open cases of the query that do not follow this version, the oldest first. Raises Misused for the query."""
    query: Any = Dispute.select(Dispute.id).where(
        Dispute.is_open & Dispute.state.in_(list(OPEN_STATES)) & (Dispute.policy_version != version)
    )
    found = condition(parse(where), standpoint(login=login))
    if found is not None:
        query = query.where(found)
    with translated():
        return [number for (number,) in query.order_by(Dispute.id).tuples()]


def plan(version: int, where: str, login: str) -> Iterator[Planned]:
    """As the cases stand; each is read when it is asked for. Raises NotFound where there is no such version."""
    now = clock.now()
    for dispute_id in ids(version, where, login):
        with translated():
            before = case_from_events(dispute_id)
        after = copied(before)
        effects.apply(after, Act(verb=Verb.APPLY_POLICY, occurred_at=now, policy_version=version), now)
        yield Planned(dispute_id, before.policy_version, tuple(new_terms.moves(before, after, now)))
