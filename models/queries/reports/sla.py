"""How promises were kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from models.columns import Column, Kind
from models.queries.reports.measures import Having, Rows, Spread
from models.queries.reports.promises import BREACHED, PROMISED, RUNNING, Promise, promises_among
from models.queries.reports.report import Report, Row, keys
from models.queries.standpoint import Standpoint
from models.tables import Dispute, Timer
from models.vocabulary import ClockEnd

COLUMNS: tuple[Column, ...] = (
    Column("case"),
    Column("source"),
    Column("ref"),
    Column("clock"),
    Column("owner"),
    Column("reason"),
    Column("seller"),
    Column("buyer"),
    Column("agent"),
    Column("started_at", Kind.INSTANT),
    Column("due_at", Kind.INSTANT),
    Column("stopped_at", Kind.INSTANT),
    Column("standing"),
    Column("seconds_taken", Kind.DURATION),
    Column("decided_at", Kind.INSTANT),
)


def _selected(point: Standpoint) -> Any:
    promised = PROMISED & (Timer.started_at <= point.second)
    return Timer.select().join(Dispute).where(promised).order_by(Timer.dispute, Timer.number)


def _read(ids: Sequence[int], point: Standpoint) -> Iterator[tuple[int, Row]]:
    for each in promises_among(ids, point):
        yield each.id, _row(each)


def _row(each: Promise) -> Row:
    return (
        f"C{each.dispute_id}", each.source, each.ref, each.clock, each.owner, each.reason, each.seller, each.buyer,
        each.agent, each.started_at, each.due_at, each.stopped_at, each.standing, each.seconds_taken, each.decided_at,
    )  # fmt: skip


SLA = Report(
    name="sla",
    title="Promises kept",
    says="A row for each promise of each case, in the order of the cases; agent is who decided the case, else who has "
    "it. Dates are those of the outcome. The percentiles are of the seconds from start to stop, pauses and all, of "
    "promises met or missed.",
    columns=COLUMNS,
    keys=keys("clock", "owner", "reason", "seller", "buyer", "agent", "source", "standing", dated="decided_at"),
    measures=(
        Rows("promises"),
        Having("met", "standing", (ClockEnd.MET,)),
        Having("missed", "standing", (ClockEnd.MISSED,)),
        Having("met_late_recorded", "standing", (ClockEnd.MET_LATE_RECORDED,)),
        Having("waived", "standing", (ClockEnd.WAIVED,)),
        Having("cancelled", "standing", (ClockEnd.CANCELLED,)),
        Having("breached", "standing", (BREACHED,)),
        Having("running", "standing", (RUNNING,)),
        Spread("seconds_taken"),
    ),
    dated=Dispute.decided_at,
    selected=_selected,
    of=Timer.id,
    read=_read,
    charts=("clock", "owner", "family"),
    parts=("met", "met_late_recorded", "missed", "breached", "running", "waived", "cancelled"),
    needs_present=("agent",),
)
