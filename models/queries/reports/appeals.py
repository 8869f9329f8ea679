"""Appeals: on what ground, how they ended, and what that changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from models.columns import Column, Kind, Money
from models.queries import facts
from models.queries.among import among
from models.queries.reports.cases import BUYER, SELLER, joined, was_broken
from models.queries.reports.measures import Having, InMoney, Rows, Spread
from models.queries.reports.report import Report, Row, keys
from models.queries.rows import as_instant
from models.queries.standpoint import Standpoint
from models.tables import Appeal, Decision, Dispute, Order, Timer
from models.vocabulary import AppealResult, ClockKind

COLUMNS: tuple[Column, ...] = (
    Column("case"),
    Column("source"),
    Column("ref"),
    Column("order"),
    Column("appeal", Kind.NUMBER),
    Column("party"),
    Column("ground"),
    Column("reason"),
    Column("seller"),
    Column("buyer"),
    Column("filed_at", Kind.INSTANT),
    Column("result"),
    Column("ruled_at", Kind.INSTANT),
    Column("ruled_by"),
    Column("approved_by"),
    Column("seconds_taken", Kind.DURATION),
    Column("is_late", Kind.FLAG),
    Column("outcome_before"),
    Column("refund_before", Kind.MONEY),
    Column("outcome_after"),
    Column("refund_after", Kind.MONEY),
    Column("refund_difference", Kind.MONEY),
    Column("currency"),
    Column("decided_at", Kind.INSTANT),
)
WAITING = "waiting"


def _selected(point: Standpoint) -> Any:
    filed = Appeal.filed_at <= point.second
    return Appeal.select().join(Dispute).where(filed).order_by(Appeal.filed_at, Appeal.id)


def _read(ids: Sequence[int], point: Standpoint) -> Iterator[tuple[int, Row]]:
    """Three selects."""
    columns = (
        Appeal.id, Dispute.id, Dispute.source, Dispute.ref, Order.ref, Appeal.number, Appeal.party, Appeal.ground,
        Dispute.reason, SELLER.ref, BUYER.ref, Appeal.filed_at, Appeal.result, Appeal.ruled_at, Appeal.against,
        Dispute.currency, facts.decided_at(point),
    )  # fmt: skip
    rows: Any = list(joined(Appeal.select(*columns).join(Dispute)).where(among(Appeal.id, ids)).tuples())
    cases = {row[1] for row in rows}
    rulings, late = _rulings(cases), _late(cases, point)
    for row in rows:
        yield row[0], _row(row, rulings[row[1]], late, point)


def _rulings(ids: set[int]) -> defaultdict[int, list[Any]]:
    """Every decision of these cases, in order."""
    rows: Any = (
        Decision.select(
            Decision.dispute, Decision.number, Decision.outcome, Decision.refund_minor, Decision.maker,
            Decision.approver, Decision.issued_at, Decision.result,
        )
        .where(among(Decision.dispute, ids))
        .order_by(Decision.dispute, Decision.number)
        .namedtuples()
    )  # fmt: skip
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.dispute].append(row)
    return found


def _late(ids: set[int], point: Standpoint) -> dict[tuple[int, datetime], bool]:
    """Whether the hearing's clock was broken, by case and when the appeal was filed."""
    rows: Any = (
        Timer.select(Timer.dispute, Timer.started_at, was_broken(point))
        .where(among(Timer.dispute, ids) & (Timer.kind == ClockKind.APPEAL_REVIEW))
        .tuples()
    )
    return {(dispute_id, started_at): bool(is_late) for dispute_id, started_at, is_late in rows}


def _row(row: Sequence[Any], rulings: Sequence[Any], late: dict[tuple[int, datetime], bool], point: Standpoint) -> Row:
    (
        _, dispute_id, source, ref, order, number, party, ground, reason, seller, buyer, filed_at, result, ruled_at,
        against, currency, decided_at,
    ) = row  # fmt: skip
    if ruled_at is not None and ruled_at > point.at:
        ruled_at = None
    before = next((each for each in rulings if each.number == against), None)
    after = next((each for each in rulings if each.result and ruled_at and each.issued_at == ruled_at), None)
    difference = after.refund_minor - before.refund_minor if after and before else None
    return (
        f"C{dispute_id}", source, ref, order, number, party, ground, reason, seller, buyer, filed_at,
        result if ruled_at else WAITING, ruled_at, after.maker or None if after else None,
        after.approver or None if after else None, int((ruled_at - filed_at).total_seconds()) if ruled_at else None,
        late.get((dispute_id, filed_at)), before.outcome if before else None, _money(before, currency),
        after.outcome if after else None, _money(after, currency),
        None if difference is None else Money(difference, currency), currency, as_instant(decided_at),
    )  # fmt: skip


def _money(ruling: Any, currency: str) -> Money | None:
    return Money(ruling.refund_minor, currency) if ruling else None


APPEALS = Report(
    name="appeals",
    title="Appeals",
    says="A row for each appeal, the earliest first; dates are those of the outcome that stands. The percentiles are "
    "of the seconds from filing to ruling, the difference is what the buyer gets more, or less, than before.",
    columns=COLUMNS,
    keys=keys(
        *("result", "ground", "party", "reason", "seller", "buyer", "ruled_by", "currency", "source", "is_late"),
        dated="filed_at",
    ),
    measures=(
        Rows("appeals"),
        Having(WAITING, "result", (WAITING,)),
        *(Having(result, "result", (result,)) for result in map(str, AppealResult)),
        Having("is_late", "is_late"),
        InMoney("refund_difference"),
        Spread("seconds_taken"),
    ),
    dated=Dispute.decided_at,
    selected=_selected,
    of=Appeal.id,
    read=_read,
    charts=("result", "ground", "party"),
    parts=(WAITING, *map(str, AppealResult)),
)
