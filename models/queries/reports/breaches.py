"""Promises that were broken, and whom each is booked to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from models.columns import Column, Kind, Money
from models.queries import facts
from models.queries.ledgers import Booked, booked_of
from models.queries.reports.measures import Having, Rows, Spread
from models.queries.reports.promises import BOTH, BREACHED, PROMISED, Promise, promises_among
from models.queries.reports.report import Report, Row, keys
from models.queries.standpoint import Standpoint
from models.tables import Dispute, Timer
from models.vocabulary import Ball, ClockEnd, ClockKind, Party

COLUMNS: tuple[Column, ...] = (
    Column("case"),
    Column("source"),
    Column("ref"),
    Column("clock"),
    Column("owner"),
    Column("booked_to"),
    Column("reason"),
    Column("seller"),
    Column("buyer"),
    Column("agent"),
    Column("amount", Kind.MONEY),
    Column("currency"),
    Column("started_at", Kind.INSTANT),
    Column("due_at", Kind.INSTANT),
    Column("stopped_at", Kind.INSTANT),
    Column("standing"),
    Column("seconds_late", Kind.DURATION),
    Column("buyer_seconds", Kind.DURATION),
    Column("seller_seconds", Kind.DURATION),
    Column("platform_seconds", Kind.DURATION),
)
_BALLS = (Ball.BUYER, Ball.SELLER, Ball.PLATFORM)


def _selected(point: Standpoint) -> Any:
    broken = PROMISED & facts.is_broken(point)
    return Timer.select().join(Dispute).where(broken).order_by(Timer.due_at, Timer.id)


def _read(ids: Sequence[int], point: Standpoint) -> Iterator[tuple[int, Row]]:
    """A fourth select beside those of the promises, and a replay of each case; who had the ball is of the present."""
    found = list(promises_among(ids, point))
    cases = sorted({each.dispute_id for each in found})
    booked = {} if point.is_given else booked_of(cases, point.at)
    for each in found:
        yield each.id, _row(each, booked.get(each.dispute_id), point)


def _row(each: Promise, booked: Booked | None, point: Standpoint) -> Row:
    late = ((each.stopped_at or point.at) - each.due_at).total_seconds()
    had = (booked.ledger.seconds_of(ball) if booked else None for ball in _BALLS)
    return (
        f"C{each.dispute_id}", each.source, each.ref, each.clock, each.owner, _booked_to(each, booked), each.reason,
        each.seller, each.buyer, each.agent, Money(each.amount_minor, each.currency), each.currency, each.started_at,
        each.due_at, each.stopped_at, each.standing, max(int(late), 0), *had,
    )  # fmt: skip


def _booked_to(each: Promise, booked: Booked | None) -> str | None:
    blame = booked.blame.get(each.number) if booked else None
    if blame is not None:
        return str(blame)
    return None if each.owner == BOTH or each.clock == ClockKind.RESOLUTION else each.owner


BREACHES = Report(
    name="breaches",
    title="Breaches",
    says="A row for each promise that was broken, by its due instant, to which dates apply. It is booked to its owner; "
    "a resolution to whoever had the ball longest, the end of talks to who had it then. What was done in time and only "
    "written down late is late by nothing. The last three columns tell how long each had the ball, as of now.",
    columns=COLUMNS,
    keys=keys(
        *("clock", "booked_to", "owner", "reason", "seller", "buyer", "agent", "currency", "source", "standing"),
        dated="due_at",
    ),
    measures=(
        Rows("breaches"),
        Having("missed", "standing", (ClockEnd.MISSED,)),
        Having("met_late_recorded", "standing", (ClockEnd.MET_LATE_RECORDED,)),
        Having("running", "standing", (BREACHED,)),
        *(Having(f"by_{party}", "booked_to", (party,)) for party in Party),
        Spread("seconds_late"),
    ),
    dated=Timer.due_at,
    selected=_selected,
    of=Timer.id,
    read=_read,
    charts=("clock", "booked_to", "month"),
    parts=tuple(f"by_{party}" for party in Party),
    needs_present=("agent", "booked_to"),
)
