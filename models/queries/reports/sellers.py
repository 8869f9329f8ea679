"""Sellers: what was claimed against them, and how they answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from peewee import SQL, fn

from models.columns import Column, Kind, Money
from models.queries import facts
from models.queries.among import among
from models.queries.reports.cases import BUYER, SELLER, cases, was_broken
from models.queries.reports.measures import Having, InMoney, Rows, Spread, Together
from models.queries.reports.report import Report, Row, keys
from models.queries.rows import as_instant
from models.queries.standpoint import Standpoint
from models.tables import Dispute, Order, Party, Timer
from models.vocabulary import ClockKind, Outcome, State

COLUMNS: tuple[Column, ...] = (
    Column("case"),
    Column("source"),
    Column("ref"),
    Column("order"),
    Column("seller"),
    Column("seller_name"),
    Column("country"),
    Column("buyer"),
    Column("reason"),
    Column("state"),
    Column("is_open", Kind.FLAG),
    Column("amount", Kind.MONEY),
    Column("outcome"),
    Column("refund_amount", Kind.MONEY),
    Column("currency"),
    Column("payer"),
    Column("opened_at", Kind.INSTANT),
    Column("seconds_to_answer", Kind.DURATION),
    Column("promised", Kind.NUMBER),
    Column("missed", Kind.NUMBER),
    Column("chasers", Kind.NUMBER),
    Column("decided_at", Kind.INSTANT),
)


def _selected(point: Standpoint) -> Any:
    seller = Party.alias("seller_of")
    return (
        Dispute.select()
        .join(seller, on=(Dispute.seller == seller.id))
        .where(Dispute.state != State.DRAFT)
        .order_by(seller.ref, Dispute.opened_at, Dispute.id)
    )


def _read(ids: Sequence[int], point: Standpoint) -> Iterator[tuple[int, Row]]:
    """Two selects."""
    answers = _answers(ids, point)
    for row in cases(
        ids, Dispute.id, Dispute.source, Dispute.ref, Order.ref, SELLER.ref, SELLER.name, SELLER.country, BUYER.ref,
        Dispute.reason, facts.state(point), Dispute.amount_minor, facts.outcome(point), Dispute.refund_minor,
        Dispute.currency, Dispute.payer, Dispute.opened_at, Dispute.notified_at, Dispute.responded_at, Dispute.chasers,
        facts.decided_at(point), Dispute.ended_at,
    ):  # fmt: skip
        yield row[0], _row(row, answers.get(row[0], (0, 0)), point)


def _answers(ids: Sequence[int], point: Standpoint) -> dict[int, tuple[int, int]]:
    """Of each case: answers that the seller owed and that were judged, and those that were late or never came."""
    ended = Timer.ended_as.in_(facts.JUDGED) & facts.by_then(Timer.stopped_at, point)
    found: Any = (
        Timer.select(Timer.dispute, fn.COUNT(SQL("1")), fn.SUM(was_broken(point)).coerce(False))
        .where(among(Timer.dispute, ids) & (Timer.kind == ClockKind.SELLER_RESPONSE))
        .where(ended | facts.is_broken(point))
        .group_by(Timer.dispute)
        .tuples()
    )
    return {dispute_id: (promised, int(missed)) for dispute_id, promised, missed in found}


def _row(row: Sequence[Any], answers: tuple[int, int], point: Standpoint) -> Row:
    (
        dispute_id, source, ref, order, seller, name, country, buyer, reason, state, amount_minor, outcome,
        refund_minor, currency, payer, opened_at, notified_at, responded_at, chasers, decided_at, ended_at,
    ) = row  # fmt: skip
    has_outcome = outcome is not None
    is_open = ended_at is None or (point.is_given and ended_at > point.at)
    return (
        f"C{dispute_id}", source, ref, order, seller, name or None, country or None, buyer, reason, str(state),
        is_open, Money(amount_minor, currency), outcome, Money(refund_minor or 0, currency) if has_outcome else None,
        currency, payer if has_outcome else None, opened_at, _seconds(notified_at, responded_at, point), *answers,
        None if point.is_given else chasers, as_instant(decided_at),
    )  # fmt: skip


def _seconds(told_at: datetime | None, answered_at: datetime | None, point: Standpoint) -> int | None:
    if told_at is None or answered_at is None or answered_at > point.at:
        return None
    return int((answered_at - told_at).total_seconds())


SELLERS = Report(
    name="sellers",
    title="Sellers",
    says="A row for each case, by seller and opening. promised counts the answers that were due or given, missed those "
    "that were late or are owed; the percentiles are of the seconds from telling the seller to their first act.",
    columns=COLUMNS,
    keys=keys(
        *("seller", "country", "reason", "outcome", "state", "payer", "currency", "source", "buyer"), dated="opened_at"
    ),
    measures=(
        Rows("cases"),
        Having("is_open", "is_open"),
        Having("full_refund", "outcome", (Outcome.FULL_REFUND,)),
        Having("other_refund", "outcome", (Outcome.PARTIAL_REFUND, Outcome.RETURN_AND_REFUND, Outcome.REPLACEMENT)),
        Having("no_refund", "outcome", (Outcome.NO_REFUND,)),
        Having("withdrawn", "outcome", (Outcome.WITHDRAWN,)),
        Together("promised"),
        Together("missed"),
        Together("chasers"),
        InMoney("amount"),
        InMoney("refund_amount"),
        Spread("seconds_to_answer"),
    ),
    dated=Dispute.decided_at,
    selected=_selected,
    of=Dispute.id,
    read=_read,
    charts=("seller", "family", "month"),
    parts=("full_refund", "other_refund", "no_refund", "withdrawn"),
)
