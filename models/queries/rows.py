"""A case as a row of a queue: the columns, and reading a batch of them in two selects."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from peewee import JOIN

from models.columns import Column, Kind, Money
from models.dataclass import dataclass
from models.prepared import Prepared, Slot
from models.queries import facts
from models.queries.among import among
from models.queries.standpoint import PRESENT, Standpoint
from models.queries.timers import Timers, timers_of
from models.tables import Agent, Dispute, Order, Party
from models.vocabulary import ClockKind

COLUMNS: tuple[Column, ...] = (
    Column("case"),
    Column("source"),
    Column("ref"),
    Column("order"),
    Column("state"),
    Column("ball"),
    Column("reason"),
    Column("seller"),
    Column("buyer"),
    Column("amount", Kind.MONEY),
    Column("currency"),
    Column("opened_at", Kind.INSTANT),
    Column("seller_due_at", Kind.INSTANT),
    Column("resolution_due_at", Kind.INSTANT),
    Column("next_clock"),
    Column("next_due_at", Kind.INSTANT),
    Column("overdue", Kind.WORDS),
    Column("overdue_by", Kind.DURATION),
    Column("may_escalate_at", Kind.INSTANT),
    Column("assignee"),
    Column("outcome"),
    Column("decided_at", Kind.INSTANT),
)
"""What `queue` shows of a case; each is an attribute of `CaseRow`."""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case. For a given instant, what only the present knows is None: ball, assignee, when escalation opens."""

    id: int
    case: str
    """`C<id>`."""
    source: str
    ref: str
    order: str
    state: str
    """For a given instant: as far as opening, answer, escalation and end tell it."""
    ball: str | None
    reason: str
    seller: str
    """Its ref, as of `buyer` too."""
    buyer: str
    amount: Money
    currency: str
    opened_at: datetime
    seller_due_at: datetime | None
    """Of the seller's latest clock, running or not."""
    resolution_due_at: datetime | None
    next_clock: str | None
    """The earliest clock that runs, overdue or not."""
    next_due_at: datetime | None
    overdue: tuple[str, ...]
    """Clocks that run and are past their due instant, the longest overdue first."""
    overdue_by: int | None
    """Seconds, of the longest."""
    may_escalate_at: datetime | None
    """None outside talks and while an offer waits for the buyer."""
    assignee: str | None
    outcome: str | None
    decided_at: datetime | None
    row_version: int
    seller_name: str
    buyer_name: str
    is_high_value: bool
    needs_triage: bool
    auto_escalate_at: datetime | None
    tags: tuple[str, ...]
    hold: str | None
    is_flagged: bool
    chasers: int
    """How often the seller was reminded."""

    def values(self) -> tuple[object, ...]:
        """In the order of `COLUMNS`."""
        return tuple(getattr(self, column.key) for column in COLUMNS)


def selected(point: Standpoint, *more: Any) -> Any:
    """A select of what `read` needs, and of `more` behind it; not yet filtered or sorted."""
    buyer, seller = Party.alias(), Party.alias()
    columns = (
        Dispute.id, Dispute.row_version, Dispute.source, Dispute.ref, Order.ref, facts.state(point), Dispute.ball,
        Dispute.reason, seller.ref, seller.name, buyer.ref, buyer.name, Dispute.amount_minor, Dispute.currency,
        Dispute.opened_at, Dispute.seller_due_at, Dispute.resolution_due_at, Dispute.next_clock, Dispute.next_due_at,
        Dispute.may_escalate_at, Dispute.auto_escalate_at, Dispute.offer_waits_until, Agent.login,
        facts.outcome(point), facts.decided_at(point), Dispute.is_high_value, Dispute.needs_triage, Dispute.tags,
        Dispute.hold, Dispute.is_flagged, Dispute.chasers, *more,
    )  # fmt: skip
    return (
        Dispute.select(*columns)
        .join(Order)
        .switch(Dispute)
        .join(seller, on=(Dispute.seller == seller.id))
        .switch(Dispute)
        .join(buyer, on=(Dispute.buyer == buyer.id))
        .switch(Dispute)
        .join(Agent, JOIN.LEFT_OUTER)
    )


def numbered(ids: Sequence[int], point: Standpoint) -> list[CaseRow]:
    """The cases of these numbers, in this order. Two selects."""
    if not ids:
        return []
    select = Prepared(lambda listed: _numbered(point, listed), 1) if point.is_given else _present
    found = {row.id: row for row in read(select.rows(ids), point)}
    return [found[each] for each in ids if each in found]


def _numbered(point: Standpoint, ids: Slot) -> Any:
    return selected(point).where(among(Dispute.id, ids))


_present = Prepared(lambda ids: _numbered(PRESENT, ids), 1)


def read(rows: Iterable[Sequence[Any]], point: Standpoint) -> list[CaseRow]:
    """The rows of a `selected` select as cases. One more select."""
    rows = list(rows)
    timers = timers_of([row[0] for row in rows], point)
    return [row_of(row, timers[row[0]], point) for row in rows]


def row_of(row: Sequence[Any], timers: Timers, point: Standpoint) -> CaseRow:
    """One of them, where its clocks are at hand."""
    (
        dispute_id, row_version, source, ref, order, state, ball, reason, seller, seller_name, buyer, buyer_name,
        amount_minor, currency, opened_at, seller_due_at, resolution_due_at, next_clock, next_due_at, may_escalate_at,
        auto_escalate_at, offer_waits_until, assignee, outcome, decided_at, is_high_value, needs_triage, tags, hold,
        is_flagged, chasers, *_,
    ) = row  # fmt: skip
    if point.is_given:
        ball = assignee = may_escalate_at = auto_escalate_at = None
        seller_due_at = timers.latest_due_at(ClockKind.SELLER_RESPONSE)
        resolution_due_at = timers.latest_due_at(ClockKind.RESOLUTION)
        next_clock, next_due_at = timers.upcoming()
    elif offer_waits_until is not None and offer_waits_until >= point.at:
        may_escalate_at = None
    overdue = timers.overdue(point)
    return CaseRow(
        id=dispute_id, case=f"C{dispute_id}", source=source, ref=ref, order=order, state=str(state), ball=ball,
        reason=reason, seller=seller, buyer=buyer, amount=Money(amount_minor, currency), currency=currency,
        opened_at=opened_at, seller_due_at=seller_due_at, resolution_due_at=resolution_due_at, next_clock=next_clock,
        next_due_at=next_due_at, overdue=tuple(each.kind for each in overdue),
        overdue_by=int((point.at - overdue[0].due_at).total_seconds()) if overdue else None,
        may_escalate_at=may_escalate_at, assignee=assignee, outcome=outcome, decided_at=as_instant(decided_at),
        row_version=row_version, seller_name=seller_name, buyer_name=buyer_name, is_high_value=is_high_value,
        needs_triage=needs_triage, auto_escalate_at=auto_escalate_at, tags=tuple(tags.split()),
        hold=hold, is_flagged=is_flagged, chasers=chasers,
    )  # fmt: skip


def as_instant(value: datetime | int | None) -> datetime | None:
    """A computed column comes as seconds, a field's own as an instant."""
    return datetime.fromtimestamp(value, UTC) if isinstance(value, int) else value


def as_key(value: datetime | int | None) -> int | None:
    """The same the other way round: as the store counts it."""
    return int(value.timestamp()) if isinstance(value, datetime) else value
