"""Sellers who owe answers, to be chased together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from peewee import SQL, Case, fn

from models.dataclass import dataclass
from models.queries import facts
from models.queries.among import among
from models.queries.party_record import RECORD_DAYS
from models.queries.standpoint import Standpoint, standpoint
from models.tables import Dispute, Party, Timer
from models.vocabulary import ClockKind


@dataclass(frozen=True, slots=True, kw_only=True)
class LateSeller:
    ref: str
    name: str
    cases: tuple[int, ...]
    """In which an answer is overdue, the longest first."""
    first_due_at: datetime
    """Of the answer that is owed longest."""
    money: Mapping[str, int]
    """Disputed minor units by currency."""
    chasers: int
    """Sent in these cases."""
    missed: int
    promised: int
    """Of the answers in cases of the last 90 days that were given or are late: how many were missed."""


def late_sellers() -> tuple[LateSeller, ...]:
    """The most overdue cases first. Two selects."""
    point = standpoint()
    due_at = Dispute.seller_awaited_due_at
    rows: Any = (
        Dispute.select(
            Party.id, Party.ref, Party.name, Dispute.id, due_at, Dispute.currency, Dispute.amount_minor, Dispute.chasers
        )
        .join(Party, on=(Dispute.seller == Party.id))
        .where(due_at.is_null(False) & (due_at < point.second))
        .order_by(due_at, Dispute.id)
        .tuples()
    )
    by_seller: dict[int, list[Any]] = {}
    for row in rows:
        by_seller.setdefault(row[0], []).append(row)
    judged = _judged(list(by_seller), point)
    found = (_seller(of, judged.get(number, (0, 0))) for number, of in by_seller.items())
    return tuple(sorted(found, key=lambda each: (-len(each.cases), each.first_due_at, each.ref)))


def _seller(rows: list[Any], judged: tuple[int, int]) -> LateSeller:
    _, ref, name, _, first_due_at, *_ = rows[0]
    money: dict[str, int] = {}
    for *_, currency, minor, _ in rows:
        money[currency] = money.get(currency, 0) + minor
    return LateSeller(
        ref=ref, name=name, cases=tuple(row[3] for row in rows), first_due_at=first_due_at,
        money=dict(sorted(money.items())), chasers=sum(row[-1] for row in rows), missed=judged[1], promised=judged[0],
    )  # fmt: skip


def _judged(sellers: list[int], point: Standpoint) -> dict[int, tuple[int, int]]:
    since = int((point.at - RECORD_DAYS).timestamp())
    broken = facts.is_broken(point)
    rows: Any = (
        Timer.select(Dispute.seller, fn.COUNT(SQL("*")), fn.SUM(Case(None, [(broken, 1)], 0)).coerce(False))
        .join(Dispute)
        .where(among(Dispute.seller, sellers) & (Dispute.opened_at >= since))
        .where((Timer.kind == ClockKind.SELLER_RESPONSE) & (Timer.ended_as.in_(facts.JUDGED) | broken))
        .group_by(Dispute.seller)
        .tuples()
    )
    return {seller: (count, int(missed)) for seller, count, missed in rows}
