"""Refunds: what buyers are to get back, and what of it has arrived."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from models.columns import Column, Kind, Money
from models.dataclass import dataclass
from models.queries import facts
from models.queries.among import among
from models.queries.reports.cases import BUYER, SELLER, cases, was_broken
from models.queries.reports.measures import Having, InMoney, Rows, Spread
from models.queries.reports.report import Report, Row, keys
from models.queries.standpoint import Standpoint
from models.tables import Dispute, Order, Refund, Timer
from models.vocabulary import ClockKind, RefundState

COLUMNS: tuple[Column, ...] = (
    Column("case"),
    Column("source"),
    Column("ref"),
    Column("order"),
    Column("reason"),
    Column("seller"),
    Column("buyer"),
    Column("outcome"),
    Column("payer"),
    Column("refund_amount", Kind.MONEY),
    Column("confirmed_amount", Kind.MONEY),
    Column("outstanding_amount", Kind.MONEY),
    Column("currency"),
    Column("refund_state"),
    Column("attempts", Kind.NUMBER),
    Column("failed_attempts", Kind.NUMBER),
    Column("decided_at", Kind.INSTANT),
    Column("due_at", Kind.INSTANT),
    Column("instructed_at", Kind.INSTANT),
    Column("confirmed_at", Kind.INSTANT),
    Column("seconds_to_confirm", Kind.DURATION),
    Column("is_late", Kind.FLAG),
)
WAITING, DUE = "waiting", "due"
"""A return has to come first; the platform has to instruct it."""


@dataclass(slots=True)
class _Paid:
    """Of one case, as of the standpoint."""

    confirmed_minor: int = 0
    attempts: int = 0
    failed: int = 0
    last: str = ""
    instructed_at: datetime | None = None
    confirmed_at: datetime | None = None


@dataclass(slots=True)
class _Promised:
    due_at: datetime
    """Of the latest clock."""
    is_late: bool
    """One of them was broken."""


def _selected(point: Standpoint) -> Any:
    owed = facts.has_outcome(point) & ((Dispute.refund_minor > 0) | (Dispute.confirmed_minor > 0))
    return Dispute.select().where(owed & Dispute.decided_at.is_null(False)).order_by(Dispute.decided_at, Dispute.id)


def _read(ids: Sequence[int], point: Standpoint) -> Iterator[tuple[int, Row]]:
    """Three selects."""
    paid, promised = _paid(ids, point), _promised(ids, point)
    for row in cases(
        ids, Dispute.id, Dispute.source, Dispute.ref, Order.ref, Dispute.reason, SELLER.ref, BUYER.ref,
        Dispute.outcome, Dispute.payer, Dispute.refund_minor, Dispute.currency, Dispute.decided_at,
    ).where(Dispute.outcome.is_null(False) & Dispute.decided_at.is_null(False)):  # fmt: skip
        yield row[0], _row(row, paid[row[0]], promised.get(row[0]))


def _paid(ids: Sequence[int], point: Standpoint) -> defaultdict[int, _Paid]:
    rows: Any = (
        Refund.select(Refund.dispute, Refund.amount_minor, Refund.state, Refund.instructed_at, Refund.settled_at)
        .where(among(Refund.dispute, ids) & (Refund.instructed_at <= point.second))
        .order_by(Refund.dispute, Refund.number)
        .tuples()
    )
    found: defaultdict[int, _Paid] = defaultdict(_Paid)
    for dispute_id, amount_minor, state, instructed_at, settled_at in rows:
        if settled_at is not None and settled_at > point.at:
            state, settled_at = RefundState.INSTRUCTED, None
        paid = found[dispute_id]
        paid.attempts += 1
        paid.last, paid.instructed_at = str(state), instructed_at
        if state == RefundState.CONFIRMED:
            paid.confirmed_minor += amount_minor
            paid.confirmed_at = settled_at
        elif state == RefundState.FAILED:
            paid.failed += 1
    return found


def _promised(ids: Sequence[int], point: Standpoint) -> dict[int, _Promised]:
    rows: Any = (
        Timer.select(Timer.dispute, Timer.due_at, was_broken(point))
        .where(among(Timer.dispute, ids) & (Timer.kind == ClockKind.REFUND) & (Timer.started_at <= point.second))
        .order_by(Timer.dispute, Timer.number)
        .tuples()
    )
    found: dict[int, _Promised] = {}
    for dispute_id, due_at, is_late in rows:
        before = found.get(dispute_id)
        found[dispute_id] = _Promised(due_at, bool(is_late) or (before is not None and before.is_late))
    return found


def _row(row: Sequence[Any], paid: _Paid, promised: _Promised | None) -> Row:
    (
        dispute_id, source, ref, order, reason, seller, buyer, outcome, payer, refund_minor, currency, decided_at,
    ) = row  # fmt: skip
    refund_minor = refund_minor or 0
    state = _state(refund_minor, paid, promised)
    is_done = state == RefundState.CONFIRMED and paid.confirmed_at is not None
    seconds = int((paid.confirmed_at - decided_at).total_seconds()) if is_done and paid.confirmed_at else None
    return (
        f"C{dispute_id}", source, ref, order, reason, seller, buyer, outcome, payer, Money(refund_minor, currency),
        Money(paid.confirmed_minor, currency), Money(refund_minor - paid.confirmed_minor, currency), currency, state,
        paid.attempts, paid.failed, decided_at, promised.due_at if promised else None, paid.instructed_at,
        paid.confirmed_at, seconds, promised.is_late if promised else None,
    )  # fmt: skip


def _state(refund_minor: int, paid: _Paid, promised: _Promised | None) -> str:
    if paid.confirmed_minor >= refund_minor:
        return RefundState.CONFIRMED.value
    if paid.last and paid.last != RefundState.CONFIRMED:
        return paid.last
    return DUE if promised is not None else WAITING


REFUNDS = Report(
    name="refunds",
    title="Refunds",
    says="A row for each case whose outcome gives money back, the earliest outcome first. waiting is for a return; "
    "due is not instructed yet; an instruction is no confirmation. The percentiles are of the seconds from the outcome "
    "to the confirmation.",
    columns=COLUMNS,
    keys=keys(
        *("payer", "currency", "refund_state", "outcome", "reason", "seller", "buyer", "source", "is_late"),
        dated="decided_at",
    ),
    measures=(
        Rows("cases"),
        InMoney("refund_amount"),
        InMoney("confirmed_amount"),
        InMoney("outstanding_amount"),
        *(Having(state, "refund_state", (state,)) for state in (WAITING, DUE, *map(str, RefundState))),
        Having("is_late", "is_late"),
        Spread("seconds_to_confirm"),
    ),
    dated=Dispute.decided_at,
    selected=_selected,
    of=Dispute.id,
    read=_read,
    charts=("refund_state", "payer", "month"),
    parts=(WAITING, DUE, *map(str, RefundState)),
)
