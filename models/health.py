"""What `doctor` looks at: is the store sound, current, and does it still say what its events say?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from models import database as door
from models import migrating
from models.operations import word_index
from models.queries import audit
from models.queries.history import case_from_events
from models.rules.case import Case
from models.tables import Dispute, Timer, database


@dataclass(frozen=True, slots=True)
class Finding:
    what: str
    is_good: bool
    said: str


def findings() -> Iterator[Finding]:
    """Every finding, good or bad, as it is made; the last two read the whole store."""
    place = door.current()
    yield Finding("store", True, place.shown)
    if place.is_sqlite:
        yield from _sqlite()
    else:
        yield Finding("engine", True, _one("SHOW server_version"))
    pending = migrating.pending()
    yield Finding("shape", not pending, f"{len(pending)} migrations to apply" if pending else "current")
    chain = audit.verify()
    said = f"{chain.events} events, head {chain.head[:12]}" if chain.first_bad_seq is None else ""
    yield Finding("audit chain", chain.first_bad_seq is None, said or f"broken at event {chain.first_bad_seq}")
    missing = word_index.behind()
    said = f"lacks {missing} cases: run 'disputes reindex'" if missing else "whole"
    yield Finding("index of words", not missing, said)
    yield _clocks()


def _sqlite() -> Iterator[Finding]:
    version = _one("SELECT sqlite_version()")
    yield Finding("SQLite", tuple(map(int, version.split("."))) >= door.OLDEST_SQLITE, version)
    mode = _one("PRAGMA journal_mode")
    yield Finding("journal", mode == "wal", mode)
    checked = _one("PRAGMA quick_check(1)")
    yield Finding("integrity", checked == "ok", checked)


def _one(statement: str) -> str:
    return str(database.execute_sql(statement).fetchone()[0])


def _clocks() -> Finding:
    """Derive every case again from its events; due instants are stored for sorting only."""
    different: list[str] = []
    count = 0
    ids: Any = Dispute.select(Dispute.id).order_by(Dispute.id).tuples()
    for (dispute_id,) in list(ids):
        count += 1
        if _stored_clocks(dispute_id) != _derived_clocks(case_from_events(dispute_id)):
            different.append(f"C{dispute_id}")
    if different:
        return Finding("clocks", False, f"{len(different)} of {count} cases differ: {', '.join(different[:5])}")
    return Finding("clocks", True, f"{count} cases derived again, none different")


def _stored_clocks(dispute_id: int) -> list[tuple[Any, ...]]:
    rows: Any = (
        Timer.select(Timer.number, Timer.kind, Timer.started_at, Timer.due_at, Timer.stopped_at, Timer.ended_as)
        .where(Timer.dispute == dispute_id)
        .order_by(Timer.number)
        .tuples()
    )
    return [tuple(row) for row in rows]


def _derived_clocks(case: Case) -> list[tuple[Any, ...]]:
    return [(c.number, c.kind, c.started_at, c.due_at, c.stopped_at, c.end) for c in case.clocks]
