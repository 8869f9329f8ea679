"""Whether the chain of events is whole: numbers without a gap, each linked to the one before, none rewritten."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from peewee import SQL

from models.columns import Column, Kind
from models.dataclass import dataclass
from models.rules.chain import link
from models.rules.seals import Seal
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
    broken_seal: Seal | None = None
    """The first seal that says otherwise: the chain was rebuilt, or its end is missing."""


def verify(seals: Iterable[Seal] = ()) -> ChainReport:
    """Look through the whole chain. That it was rebuilt or cut off shows only against seals kept elsewhere."""
    waiting = sorted(seals, key=lambda seal: seal.last)
    events, head = 0, ""
    for seq, recorded_at, occurred_at, actor, session, verb, dispute_id, body, previous, digest in _stored():
        linked = (head, events + 1, recorded_at, occurred_at, actor, session, verb, dispute_id, body)
        if seq != events + 1 or previous != head or digest != link(linked):
            return ChainReport(events, events + 1, head)
        events, head = seq, digest
        while waiting and waiting[0].last <= seq:
            seal = waiting.pop(0)
            if (seal.first, seal.count, seal.last, seal.head) != (1, seq, seq, digest):
                return ChainReport(events, None, head, seal)
    return ChainReport(events, None, head, waiting[0] if waiting else None)


def head() -> tuple[int, str]:
    """The number and the hash of the last event; 0 of an empty chain."""
    row: Any = Event.select(Event.seq, Event.hash).order_by(Event.seq.desc()).limit(1).tuples().first()
    return row or (0, "")


@dataclass(frozen=True, slots=True)
class Restoring:
    """What the chain itself says of being from a backup."""

    seq: int
    actor: str
    events: int
    """How many the backup had; what came behind them is not in this chain."""


def last_restoring() -> Restoring | None:
    """None where the store never was. One select."""
    row: Any = Event.select().where(Event.verb == "restore").order_by(Event.seq.desc()).first()
    return None if row is None else Restoring(row.seq, row.actor, int(json.loads(row.body)["events"]))


COLUMNS = (
    Column("seq", Kind.NUMBER),
    Column("recorded_at", Kind.INSTANT),
    Column("occurred_at", Kind.INSTANT),
    Column("actor"),
    Column("session"),
    Column("verb"),
    Column("case"),
    Column("body"),
    Column("previous_hash"),
    Column("hash"),
)
"""Of an export: every column of an event."""


def exported(
    *, since: datetime | None = None, until: datetime | None = None, dispute_id: int | None = None
) -> Iterator[tuple[object, ...]]:
    """Events as rows of `COLUMNS`, in order, by when they were recorded."""
    first = int(since.timestamp()) if since else None
    last = int(until.timestamp()) if until else None
    for seq, recorded_at, occurred_at, actor, session, verb, case, body, previous, digest in _stored(dispute_id):
        if (first is None or recorded_at >= first) and (last is None or recorded_at < last):
            instants = (datetime.fromtimestamp(at, UTC) for at in (recorded_at, occurred_at))
            yield (seq, *instants, actor, session, verb, f"C{case}" if case else None, body, previous, digest)


STORED = (
    "seq", "recorded_at", "occurred_at", "actor", "session", "verb", "dispute_id", "body", "previous_hash", "hash",
)  # fmt: skip


def stored_of(dispute_id: int) -> Iterator[dict[str, object]]:
    """The events of one case exactly as the store holds them, since hashes cover that."""
    return (dict(zip(STORED, row, strict=True)) for row in _stored(dispute_id))


def _stored(dispute_id: int | None = None) -> Iterator[tuple[Any, ...]]:
    """Every event as the store holds it, in order; the driver's own values, since hashes cover those."""
    last = 0
    whose = SQL("1 = 1") if dispute_id is None else Event.dispute == dispute_id
    while True:
        statement, values = (
            Event.select(
                Event.seq, Event.recorded_at, Event.occurred_at, Event.actor, Event.session, Event.verb,
                Event.dispute, Event.body, Event.previous_hash, Event.hash,
            )
            .where((Event.seq > last) & whose)
            .order_by(Event.seq)
            .limit(AT_ONCE)
            .sql()
        )  # fmt: skip
        rows = database.execute_sql(statement, values).fetchall()
        yield from rows
        if len(rows) < AT_ONCE:
            return
        last = rows[-1][0]
