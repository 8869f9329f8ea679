"""What somebody has, in the words that whoever takes it over needs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from models.columns import Column, Kind, Money
from models.dataclass import dataclass
from models.queries import queue
from models.queries.among import among
from models.queries.tree import All, Has, Query
from models.queries.tree import Any as Either
from models.rules import money
from models.rules.clocks import KINDS
from models.tables import Message
from models.vocabulary import Audience, ClockKind, State

COLUMNS: tuple[Column, ...] = (
    Column("case"),
    Column("state"),
    Column("ball"),
    Column("next_clock"),
    Column("next_due_at", Kind.INSTANT),
    Column("amount", Kind.MONEY),
    Column("currency"),
    Column("seller"),
    Column("last_note"),
    Column("note"),
)
LONGEST_NOTE = 200
"""Signs of the last note that are taken along; the case has it whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One case of somebody's."""

    id: int
    case: str
    state: str
    ball: str | None
    next_clock: str | None
    next_due_at: datetime | None
    amount: Money
    currency: str
    seller: str
    last_note: str
    """The last note that the desk wrote, from its beginning; empty where there is none."""

    @property
    def note(self) -> str:
        """Where the case stands, for the note that goes with it."""
        parts = [self.state.replace("_", " "), f"{money.text(self.amount.amount_minor, self.currency)} {self.currency}"]
        if self.next_clock and self.next_due_at:
            parts.append(f"{KINDS[ClockKind(self.next_clock)].label} due {self.next_due_at:%Y-%m-%d %H:%M} UTC")
        if self.ball not in (None, "none"):
            parts.append(f"waits for the {self.ball}")
        return ", ".join(parts) + "." + (f" Last note: {self.last_note}" if self.last_note else "")

    def values(self) -> tuple[object, ...]:
        return tuple(getattr(self, column.key) for column in COLUMNS)


def held_by(login: str) -> Iterator[Held]:
    """Their open cases and appeals, the most urgent first."""
    is_worked = Either((Has("is", "open"), Has("state", State.IN_APPEAL)))
    found = list(queue.rows(Query(All((Has("owner", login), is_worked))), sort="due"))
    notes = _last_notes([row.id for row in found])
    for row in found:
        yield Held(
            id=row.id, case=row.case, state=row.state, ball=row.ball, next_clock=row.next_clock,
            next_due_at=row.next_due_at, amount=row.amount, currency=row.currency, seller=row.seller_name or row.seller,
            last_note=notes.get(row.id, ""),
        )  # fmt: skip


def _last_notes(ids: list[int]) -> dict[int, str]:
    rows: Any = (
        Message.select(Message.dispute, Message.text)
        .where(among(Message.dispute, ids) & (Message.audience == Audience.INTERNAL) & (Message.kind == "note"))
        .order_by(Message.occurred_at, Message.id)
        .tuples()
    )
    return {case: text if len(text) <= LONGEST_NOTE else text[: LONGEST_NOTE - 1] + "…" for case, text in rows}
