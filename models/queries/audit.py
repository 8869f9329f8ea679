"""Whether the chain of events is whole: numbers without a gap, each linked to the one before, none rewritten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from models.rules.chain import link
from models.tables import Event, database

AT_ONCE = 5_000
"""Events held in memory, whatever the length of the chain."""


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What a look through the chain found."""

    events: int
    """How many are as they were written, from the first on."""
    first_bad_seq: int | None
    """The number at which the chain breaks: of an event that was changed, or of the one that is missing."""
    head: str
    """The hash of the last sound event; empty for an empty chain."""


def verify() -> ChainReport:
    """Look through the whole chain. A tail that was cut off shows only against a seal that was kept elsewhere."""
    events, head = 0, ""
    for seq, recorded_at, occurred_at, actor, session, verb, dispute_id, body, previous, digest in _stored():
        linked = (head, events + 1, recorded_at, occurred_at, actor, session, verb, dispute_id, body)
        if seq != events + 1 or previous != head or digest != link(linked):
            return ChainReport(events, events + 1, head)
        events, head = seq, digest
    return ChainReport(events, None, head)


def _stored() -> Iterator[tuple[Any, ...]]:
    """Every event as the store holds it, in order; the driver's own values, since hashes cover those."""
    last = 0
    while True:
        statement, values = (
            Event.select(
                Event.seq, Event.recorded_at, Event.occurred_at, Event.actor, Event.session, Event.verb,
                Event.dispute, Event.body, Event.previous_hash, Event.hash,
            )
            .where(Event.seq > last)
            .order_by(Event.seq)
            .limit(AT_ONCE)
            .sql()
        )  # fmt: skip
        rows = database.execute_sql(statement, values).fetchall()
        yield from rows
        if len(rows) < AT_ONCE:
            return
        last = rows[-1][0]
