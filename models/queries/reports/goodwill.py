"""Goodwill: what the platform paid of its own money beside refunds. No report of refunds counts it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from models.columns import Column, Kind, Money
from models.queries import facts
from models.queries.among import among
from models.queries.reports.cases import BUYER, SELLER, joined
from models.queries.reports.measures import Having, InMoney, Rows
from models.queries.reports.report import Report, Row, keys
from models.queries.rows import as_instant
from models.queries.standpoint import Standpoint
from models.tables import Dispute, Goodwill, Order
from models.vocabulary import RefundState

COLUMNS: tuple[Column, ...] = (
    Column("case"),
    Column("source"),
    Column("ref"),
    Column("order"),
    Column("reason"),
    Column("seller"),
    Column("buyer"),
    Column("outcome"),
    Column("goodwill", Kind.NUMBER),
    Column("amount", Kind.MONEY),
    Column("currency"),
    Column("payment_state"),
    Column("payment_ref"),
    Column("given_by"),
    Column("given_at", Kind.INSTANT),
    Column("settled_at", Kind.INSTANT),
)


def _selected(point: Standpoint) -> Any:
    given = Goodwill.given_at <= point.second
    return Goodwill.select().join(Dispute).where(given).order_by(Goodwill.given_at, Goodwill.id)


def _read(ids: Sequence[int], point: Standpoint) -> Iterator[tuple[int, Row]]:
    """One select."""
    columns = (
        Goodwill.id, Dispute.id, Dispute.source, Dispute.ref, Order.ref, Dispute.reason, SELLER.ref, BUYER.ref,
        facts.outcome(point), Goodwill.number, Goodwill.amount_minor, Dispute.currency, Goodwill.state, Goodwill.ref,
        Goodwill.given_by, Goodwill.given_at, Goodwill.settled_at,
    )  # fmt: skip
    rows: Any = joined(Goodwill.select(*columns).join(Dispute)).where(among(Goodwill.id, ids)).tuples()
    for number, *row in rows:
        yield number, _row(row, point.at)


def _row(row: Sequence[Any], at: datetime) -> Row:
    (
        dispute_id, source, ref, order, reason, seller, buyer, outcome, number, amount_minor, currency, state,
        payment_ref, given_by, given_at, settled_at,
    ) = row  # fmt: skip
    settled_at = as_instant(settled_at)
    if settled_at is not None and settled_at > at:
        state, settled_at = RefundState.INSTRUCTED, None
    return (
        f"C{dispute_id}", source, ref, order, reason, seller, buyer, outcome, number, Money(amount_minor, currency),
        currency, str(state), payment_ref or None, given_by, as_instant(given_at), settled_at,
    )  # fmt: skip


GOODWILL = Report(
    name="goodwill",
    title="Goodwill",
    says="A row for each payment of the platform's own money beside refunds, the earliest first; dates are those on "
    "which it was given. An instruction is no confirmation, and none of it is in a sum of refunds.",
    columns=COLUMNS,
    keys=keys(
        *("payment_state", "currency", "given_by", "reason", "seller", "buyer", "outcome", "source"), dated="given_at"
    ),
    measures=(
        Rows("payments"),
        InMoney("amount"),
        *(Having(state, "payment_state", (state,)) for state in map(str, RefundState)),
    ),
    dated=Goodwill.given_at,
    selected=_selected,
    of=Goodwill.id,
    read=_read,
    charts=("payment_state", "given_by", "month"),
    parts=tuple(map(str, RefundState)),
)
