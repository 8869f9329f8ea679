"""What was decided: a row for each case with an outcome."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from models.columns import Column, Kind, Money
from models.queries import facts
from models.queries.among import among
from models.queries.reports.cases import BUYER, SELLER, cases, instant, rows_of, was_broken
from models.queries.reports.measures import Having, InMoney, Rows, Spread
from models.queries.reports.report import Report, Row, keys
from models.queries.standpoint import Standpoint
from models.rules.act import Verb
from models.tables import Decision, Dispute, Message, Order, Timer
from models.vocabulary import ClockKind, Outcome

COLUMNS: tuple[Column, ...] = (
    Column("case"),
    Column("source"),
    Column("ref"),
    Column("order"),
    Column("reason"),
    Column("seller"),
    Column("buyer"),
    Column("amount", Kind.MONEY),
    Column("outcome"),
    Column("refund_amount", Kind.MONEY),
    Column("currency"),
    Column("payer"),
    Column("findings", Kind.WORDS),
    Column("decided_by"),
    Column("approved_by"),
    Column("opened_at", Kind.INSTANT),
    Column("decided_at", Kind.INSTANT),
    Column("seconds_open", Kind.DURATION),
    Column("seller_late", Kind.FLAG),
    Column("resolution_late", Kind.FLAG),
    Column("note"),
)
TOLD = ("issued", "agreed")
"""Standings of decisions that an outcome rests on."""


def _selected(point: Standpoint) -> Any:
    decided = facts.has_outcome(point) & Dispute.decided_at.is_null(False)
    return Dispute.select().where(decided).order_by(Dispute.decided_at, Dispute.id)


def _read(ids: Sequence[int], point: Standpoint) -> Iterator[tuple[int, Row]]:
    """Three selects, and a fourth where a buyer took a case back."""
    rows = list(rows_of(_cases(ids)))
    rulings, broken = _rulings(ids), _broken(ids, point)
    notes = _withdrawn_notes([row[0] for row in rows if row[8] == Outcome.WITHDRAWN])
    for row in rows:
        ruling = rulings.get(row[0]) or ("", "", "", notes.get(row[0], ""))
        yield row[0], _row(row, ruling, broken[row[0]])


def _cases(ids: Sequence[int]) -> Any:
    return cases(
        ids, Dispute.id, Dispute.source, Dispute.ref, Order.ref, Dispute.reason, SELLER.ref, BUYER.ref,
        Dispute.amount_minor, Dispute.outcome, Dispute.refund_minor, Dispute.currency, Dispute.payer,
        Dispute.opened_at, Dispute.decided_at, Dispute.is_ruled,
    ).where(Dispute.outcome.is_null(False) & Dispute.decided_at.is_null(False))  # fmt: skip


def _rulings(ids: Sequence[int]) -> dict[int, tuple[str, str, str, str]]:
    """Of each case the last decision that stands: findings, who made it, who approved it, its note."""
    found: Any = (
        Decision.select(Decision.dispute, Decision.findings, Decision.maker, Decision.approver, Decision.note)
        .where(among(Decision.dispute, ids) & Decision.standing.in_(TOLD))
        .order_by(Decision.dispute, Decision.number)
    )
    return {dispute_id: tuple(values) for dispute_id, *values in rows_of(found)}


def _withdrawn_notes(ids: Sequence[int]) -> dict[int, str]:
    """What was noted when the buyer took the case back, which is no decision."""
    if not ids:
        return {}
    found: Any = (
        Message.select(Message.dispute, Message.text)
        .where(among(Message.dispute, ids) & (Message.kind == Verb.WITHDRAW))
        .order_by(Message.id)
        .tuples()
    )
    return dict(found)


def _broken(ids: Sequence[int], point: Standpoint) -> defaultdict[int, dict[str, bool]]:
    """Of each case by the kind of clock: whether one was broken; a kind that the case never had is missing."""
    kinds = (ClockKind.SELLER_RESPONSE, ClockKind.RESOLUTION)
    found: Any = Timer.select(Timer.dispute, Timer.kind, was_broken(point)).where(
        among(Timer.dispute, ids) & Timer.kind.in_(kinds)
    )
    late: defaultdict[int, dict[str, bool]] = defaultdict(dict)
    for dispute_id, kind, is_late in rows_of(found):
        late[dispute_id][kind] = bool(is_late) or late[dispute_id].get(kind, False)
    return late


def _row(row: Sequence[Any], ruling: tuple[str, str, str, str], late: dict[str, bool]) -> Row:
    (
        dispute_id, source, ref, order, reason, seller, buyer, amount_minor, outcome, refund_minor, currency, payer,
        opened_at, decided_at, is_ruled,
    ) = row  # fmt: skip
    findings, maker, approver, note = ruling
    seconds_open = decided_at - opened_at
    return (
        f"C{dispute_id}", source, ref, order, reason, seller, buyer, Money(amount_minor, currency), outcome,
        Money(refund_minor or 0, currency), currency, payer, tuple(findings.split()),
        (maker or None) if is_ruled else None, (approver or None) if is_ruled else None, instant(opened_at),
        instant(decided_at), seconds_open, late.get(ClockKind.SELLER_RESPONSE),
        late.get(ClockKind.RESOLUTION), note or None,
    )  # fmt: skip


DECISIONS = Report(
    name="decisions",
    title="Decisions",
    says="A row for each case with an outcome, by ruling, agreement or withdrawal, the earliest first; "
    "the percentiles are of the seconds from opening to outcome.",
    columns=COLUMNS,
    keys=keys(
        *("outcome", "reason", "payer", "seller", "buyer", "currency", "source", "decided_by", "approved_by"),
        *("seller_late", "resolution_late"),
        dated="decided_at",
    ),
    measures=(
        Rows("cases"),
        InMoney("amount"),
        InMoney("refund_amount"),
        Having("seller_late", "seller_late"),
        Having("resolution_late", "resolution_late"),
        Spread("seconds_open"),
    ),
    dated=Dispute.decided_at,
    selected=_selected,
    of=Dispute.id,
    read=_read,
    charts=("outcome", "family", "month"),
    parts=("seller_late",),
)
