"""Reports: rows for export, read in batches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any

from peewee import Tuple

from models.actor import Actor
from models.columns import Column, Kind, Money
from models.errors import Misused
from models.queries import facts
from models.queries.among import among
from models.queries.compile import condition
from models.queries.language import parse
from models.queries.rows import as_instant
from models.queries.standpoint import Standpoint, standpoint
from models.queries.tree import Query
from models.rules.act import Verb
from models.tables import Agent, Decision, Dispute, Message, Order, Party, Timer
from models.vocabulary import ClockKind, Outcome, Role

DECISION_COLUMNS: tuple[Column, ...] = (
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
"""Of each case with an outcome, by ruling, agreement or withdrawal."""

REFUND_AT = [column.key for column in DECISION_COLUMNS].index("refund_amount")

BATCH = 500
TOLD = ("issued", "agreed")
"""Standings of decisions that an outcome rests on."""


def decisions(
    actor: Actor,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    where: Query | str = "",
    at: datetime | None = None,
    zone: tzinfo = UTC,
) -> Iterator[tuple[object, ...]]:
    """Values in the order of `DECISION_COLUMNS`, the earliest decision first.

    `since` and `until` are the first and the last second of `decided_at` that are in. `at` answers as of that instant.
    An agent's report holds the cases that are assigned to them or were decided by them. Three or four selects for each
    batch. Raises QueryFault and Misused at once.
    """
    if since is not None and until is not None and since > until:
        raise Misused(f"The report ends ({until:%Y-%m-%d}) before it begins ({since:%Y-%m-%d}): turn the two round.")
    point = standpoint(at, actor.login, zone)
    query = parse(where) if isinstance(where, str) else where
    select = _selected().where(facts.has_outcome(point), Dispute.decided_at.is_null(False))
    conditions = [
        condition(query, point),
        None if since is None else Dispute.decided_at >= since,
        None if until is None else Dispute.decided_at <= until,
        _own(actor) if actor.role is Role.AGENT else None,
    ]
    for each in conditions:
        if each is not None:
            select = select.where(each)
    return _rows(select.order_by(Dispute.decided_at, Dispute.id), point)


def _own(actor: Actor) -> Any:
    me = Agent.select(Agent.id).where(Agent.login == actor.login)
    made = Decision.select(Decision.dispute).where(Decision.maker == actor.login)
    assigned = Dispute.assignee.is_null(False) & Dispute.assignee.in_(me)
    return assigned | (Dispute.is_ruled & Dispute.id.in_(made))


def _selected() -> Any:
    buyer, seller = Party.alias(), Party.alias()
    return (
        Dispute.select(
            Dispute.id, Dispute.source, Dispute.ref, Order.ref, Dispute.reason, seller.ref, buyer.ref,
            Dispute.amount_minor, Dispute.outcome, Dispute.refund_minor, Dispute.currency, Dispute.payer,
            Dispute.opened_at, Dispute.decided_at, Dispute.is_ruled,
        )
        .join(Order)
        .switch(Dispute)
        .join(seller, on=(Dispute.seller == seller.id))
        .switch(Dispute)
        .join(buyer, on=(Dispute.buyer == buyer.id))
    )  # fmt: skip


def _rows(select: Any, point: Standpoint) -> Iterator[tuple[object, ...]]:
    batch = select
    while rows := list(batch.limit(BATCH).tuples()):
        ids = [row[0] for row in rows]
        rulings, broken = _rulings(ids), _broken(ids, point)
        notes = _withdrawn_notes([row[0] for row in rows if row[8] == Outcome.WITHDRAWN])
        for row in rows:
            yield _row(row, rulings.get(row[0]) or ("", "", "", notes.get(row[0], "")), broken[row[0]])
        if len(rows) < BATCH:
            return
        last = Tuple(int(as_instant(rows[-1][13]).timestamp()), ids[-1])  # type: ignore[union-attr]
        batch = select.where(Tuple(Dispute.decided_at, Dispute.id) > last)


def _rulings(ids: Sequence[int]) -> dict[int, tuple[str, str, str, str]]:
    """Of each case the last decision that stands: findings, who made it, who approved it, its note."""
    found: Any = (
        Decision.select(Decision.dispute, Decision.findings, Decision.maker, Decision.approver, Decision.note)
        .where(among(Decision.dispute, ids) & Decision.standing.in_(TOLD))
        .order_by(Decision.dispute, Decision.number)
        .tuples()
    )
    return {dispute_id: tuple(values) for dispute_id, *values in found}


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
    is_broken: Any = Timer.select(Timer.id).where(among(Timer.dispute, ids) & facts.is_broken(point))
    kinds = (ClockKind.SELLER_RESPONSE, ClockKind.RESOLUTION)
    found: Any = (
        Timer.select(Timer.dispute, Timer.kind, Timer.id.in_(is_broken))
        .where(among(Timer.dispute, ids) & Timer.kind.in_(kinds))
        .tuples()
    )
    late: defaultdict[int, dict[str, bool]] = defaultdict(dict)
    for dispute_id, kind, was_broken in found:
        late[dispute_id][kind] = bool(was_broken) or late[dispute_id].get(kind, False)
    return late


def _row(row: Sequence[Any], ruling: tuple[str, str, str, str], late: dict[str, bool]) -> tuple[object, ...]:
    (
        dispute_id, source, ref, order, reason, seller, buyer, amount_minor, outcome, refund_minor, currency, payer,
        opened_at, decided_at, is_ruled,
    ) = row  # fmt: skip
    findings, maker, approver, note = ruling
    return (
        f"C{dispute_id}", source, ref, order, reason, seller, buyer, Money(amount_minor, currency), outcome,
        Money(refund_minor or 0, currency), currency, payer, tuple(findings.split()),
        (maker or None) if is_ruled else None, (approver or None) if is_ruled else None, opened_at, decided_at,
        int((decided_at - opened_at).total_seconds()), late.get(ClockKind.SELLER_RESPONSE),
        late.get(ClockKind.RESOLUTION), note or None,
    )  # fmt: skip
