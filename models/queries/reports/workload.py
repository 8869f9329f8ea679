"""What is open, and with whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from models.columns import Column, Kind
from models.queries import facts, rows
from models.queries.among import among
from models.queries.reports.measures import Earliest, Having, Rows
from models.queries.reports.report import Report, Row, keys
from models.queries.rows import CaseRow
from models.queries.standpoint import Standpoint
from models.tables import Dispute

COLUMNS: tuple[Column, ...] = (
    Column("case"),
    Column("source"),
    Column("ref"),
    Column("order"),
    Column("agent"),
    Column("state"),
    Column("ball"),
    Column("reason"),
    Column("seller"),
    Column("buyer"),
    Column("amount", Kind.MONEY),
    Column("currency"),
    Column("opened_at", Kind.INSTANT),
    Column("next_clock"),
    Column("next_due_at", Kind.INSTANT),
    Column("due_today", Kind.FLAG),
    Column("is_overdue", Kind.FLAG),
    Column("overdue", Kind.WORDS),
    Column("overdue_by", Kind.DURATION),
)


def _selected(point: Standpoint) -> Any:
    due_at = facts.next_due_at(point)
    return Dispute.select().where(facts.is_open(point)).order_by(due_at.asc(nulls="LAST"), Dispute.id)


def _read(ids: Sequence[int], point: Standpoint) -> Iterator[tuple[int, Row]]:
    """Two selects."""
    select = rows.selected(point).where(among(Dispute.id, ids) & facts.is_open(point)).tuples()
    for each in rows.read(select, point):
        yield each.id, _row(each, point)


def _row(each: CaseRow, point: Standpoint) -> Row:
    return (
        each.case, each.source, each.ref, each.order, each.assignee, each.state, each.ball, each.reason, each.seller,
        each.buyer, each.amount, each.currency, each.opened_at, each.next_clock, each.next_due_at,
        _is_today(each.next_due_at, point), bool(each.overdue), each.overdue, each.overdue_by,
    )  # fmt: skip


def _is_today(due_at: datetime | None, point: Standpoint) -> bool:
    return due_at is not None and due_at.astimezone(point.zone).date() == point.at.astimezone(point.zone).date()


WORKLOAD = Report(
    name="workload",
    title="Workload",
    says="A row for each open case, the most urgent first; agent is who has it. Due is the earliest clock that runs, "
    "overdue or not. Whoever has no case has no row.",
    columns=COLUMNS,
    keys=keys("agent", "state", "ball", "reason", "seller", "buyer", "currency", "source", "next_clock"),
    measures=(
        Rows("open"),
        Having("due_today", "due_today"),
        Having("is_overdue", "is_overdue"),
        Earliest("next_due_at"),
    ),
    dated=None,
    selected=_selected,
    of=Dispute.id,
    read=_read,
    charts=("agent", "state", "next_clock"),
    parts=("is_overdue",),
    needs_present=("agent", "ball"),
)
