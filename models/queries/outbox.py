"""What waits to be sent to buyers and sellers, for whatever sends it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from peewee import JOIN

from models.columns import Column, Kind
from models.tables import Dispute, Outgoing, Party

COLUMNS: tuple[Column, ...] = (
    Column("id", Kind.NUMBER),
    Column("case"),
    Column("source"),
    Column("ref"),
    Column("audience"),
    Column("party"),
    Column("name"),
    Column("language"),
    Column("template"),
    Column("state"),
    Column("made_at", Kind.INSTANT),
    Column("made_by"),
    Column("text"),
)

Row = tuple[int, str, str, str, str, str, str, str, str, str, datetime, str, str]


def waiting() -> Iterator[Row]:
    """Every text that nobody has sent yet, the oldest first, read as it is asked for."""
    query: Any = (
        Outgoing.select(
            Outgoing.id, Outgoing.dispute, Dispute.source, Dispute.ref, Outgoing.audience, Party.ref, Party.name,
            Outgoing.language, Outgoing.template, Outgoing.made_at, Outgoing.made_by, Outgoing.text,
        )
        .join(Dispute, JOIN.LEFT_OUTER)  # a warning is about no case
        .switch(Outgoing)
        .join(Party)
        .where(Outgoing.sent_at.is_null())
        .order_by(Outgoing.id)
        .tuples()
        .iterator()
    )  # fmt: skip
    for number, case, source, ref, audience, party, name, language, template, made_at, made_by, text in query:
        yield (
            number, f"C{case}" if case else "", source or "", ref or "", audience, party, name, language, template,
            "waiting", made_at, made_by, text,
        )  # fmt: skip
