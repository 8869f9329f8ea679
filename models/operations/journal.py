"""The chain of events; the only writer of the table `event`."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from models.actor import Actor
from models.database import is_sqlite
from models.dataclass import dataclass
from models.operations import bulk, word_index
from models.prepared import Slot, prepared
from models.queries import freshness
from models.rules.chain import LINKED, canonical, link
from models.tables import Event, Meta, database

CHAIN_LOCK = 44535055
"""PostgreSQL: taken last before the commit, it makes the order of numbers the order of commits."""


COLUMNS = (
    "seq", "recorded_at", "occurred_at", "actor", "session", "verb", "dispute_id", "body", "previous_hash", "hash",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """What is about to be written down."""

    verb: str
    occurred_at: datetime
    body: dict[str, Any] | str
    """Or its canonical JSON, where that is made already."""
    dispute_id: int | None = None
    has_words: bool = True
    """False where the index has the case's words already: they were put there, or no text has changed."""


def append(actor: Actor, recorded_at: datetime, entries: Iterable[Entry]) -> int:
    """Write the entries at the end of the chain, inside the caller's transaction; the number of the last.

    Every change of a case passes here, after its texts were written: so its words are indexed here.
    """
    entries = list(entries)
    word_index.refresh({entry.dispute_id for entry in entries if entry.dispute_id is not None and entry.has_words})
    if not is_sqlite():
        database.execute_sql("SELECT pg_advisory_xact_lock(%s)", (CHAIN_LOCK,))
    seq, previous = _head.first() or (0, "")
    rows = []
    for entry in entries:
        seq += 1
        row = {
            "seq": seq,
            "recorded_at": int(recorded_at.timestamp()),
            "occurred_at": int(entry.occurred_at.timestamp()),
            "actor": actor.login,
            "session": actor.session,
            "verb": entry.verb,
            "dispute_id": entry.dispute_id,
            "body": entry.body if isinstance(entry.body, str) else canonical(entry.body),
            "previous_hash": previous,
        }
        previous = row["hash"] = link(row[name] for name in LINKED)
        rows.append(tuple(row.values()))
    bulk.insert(Event, COLUMNS, rows)
    freshness.tell_others()
    return seq


def keyed_digest(text: str) -> str:
    """What an event holds in place of a text: it proves the text to whoever has the store, and tells nothing alone."""
    return digester()(text)


def digester() -> Callable[[str], str]:
    """The same for many texts: the store's key is read once."""
    key = _meta.value("digest_key").encode()
    return lambda text: hmac.new(key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


@prepared
def _head() -> Any:
    return Event.select(Event.seq, Event.hash).order_by(Event.seq.desc()).limit(1)


@prepared
def _meta(key: Slot) -> Any:
    return Meta.select(Meta.value).where(Meta.key == key)
