"""What the store knows of a buyer and a seller, as numbers with their whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from peewee import SQL, Select, fn

from models.prepared import Slot, prepared
from models.queries import facts
from models.queries.among import among
from models.queries.case_parts import PartyView
from models.queries.facts import Node
from models.queries.standpoint import Standpoint, whenever
from models.rules.party_record import Taken
from models.tables import Dispute, Measure, Party, Timer
from models.vocabulary import ClockEnd, ClockKind

RECORD_DAYS = timedelta(days=90)
"""How far back a record looks, by when cases were opened."""
RECORD_CASES = 1000
"""A record is made of so many of the latest cases at most: one of a hundred thousand would hold up every screen."""


def parties(buyer_id: int, seller_id: int, point: Standpoint) -> tuple[PartyView, PartyView]:
    """The buyer and the seller with their records, as the present has them. Three selects."""
    rows = {row.id: row for row in _both.rows(buyer_id, seller_id)}
    numbers = tuple(map(int, _numbers.first(buyer_id, seller_id, point.second)))
    until = suspensions((buyer_id, seller_id), point.at)
    buyer, seller = rows[buyer_id], rows[seller_id]
    return (
        _view(buyer, [*numbers[:2], None, None], until.get(buyer_id)),
        _view(seller, numbers[2:], until.get(seller_id)),
    )


def suspensions(party_ids: Sequence[int], at: datetime) -> dict[int, datetime]:
    """Until when those of the parties who are suspended at `at` are so. One select."""
    return {party: until for party, until in _suspended.rows(party_ids, at) if until is not None}


@prepared
def _suspended(party_ids: Slot, at: Slot) -> Any:
    holds = (Measure.kind == Taken.SUSPENSION) & (Measure.made_at <= at) & (Measure.until_at > at)
    until = fn.MAX(Measure.until_at)
    return Measure.select(Measure.party, until).where(among(Measure.party, party_ids) & holds).group_by(Measure.party)


@prepared
def _both(buyer_id: Slot, seller_id: Slot) -> Any:
    return Party.select().where((Party.id == buyer_id) | (Party.id == seller_id))


@prepared
def _numbers(buyer_id: Slot, seller_id: Slot, second: Slot) -> Any:
    """Cases and open cases of the buyer; the same of the seller; what the seller missed and promised."""
    buyer = _cases(_recent("buyer", buyer_id, second)).alias("buyer")
    seller = _cases(_recent("seller", seller_id, second)).alias("seller")
    answers = _answers(_recent("seller", seller_id, second), second).alias("answers")
    counts = [side.c[name] for side in (buyer, seller) for name in ("cases", "open_cases")]
    return Select((buyer, seller, answers), [*counts, answers.c.missed, answers.c.promised])


def _recent(side: str, party_id: Slot, second: Slot) -> Any:
    since = second - int(RECORD_DAYS.total_seconds())
    theirs = (getattr(Dispute, side) == party_id) & (Dispute.opened_at >= since) & (Dispute.opened_at <= second)
    columns = (Dispute.id, Dispute.is_open)
    return Dispute.select(*columns).where(theirs).order_by(Dispute.opened_at.desc()).limit(RECORD_CASES).alias("recent")


def _cases(recent: Any) -> Any:
    return Select((recent,), [_number().alias("cases"), _number(recent.c.is_open).alias("open_cases")])


def _answers(recent: Any, second: Slot) -> Any:
    point = whenever(second, date.max)
    missed, promised = _number(facts.is_broken(point)), _number(_is_judged(point))
    theirs = Timer.select(missed.alias("missed"), promised.alias("promised"))
    return theirs.join(recent, on=(Timer.dispute == recent.c.id)).where(Timer.kind == ClockKind.SELLER_RESPONSE)


def _number(which: Node | None = None) -> Any:
    rows = fn.COUNT(SQL("*"))
    return rows if which is None else rows.filter(which)


def _is_judged(point: Standpoint) -> Node:
    """It was kept or broken: neither still in time, nor cancelled."""
    ended = Timer.ended_as.in_((ClockEnd.MET, ClockEnd.MISSED, ClockEnd.MET_LATE_RECORDED))
    return ended | facts.is_late(point)


def _view(party: Any, numbers: Sequence[int | None], suspended_until: datetime | None) -> PartyView:
    cases, open_cases, missed, promised = numbers
    return PartyView(
        ref=party.ref,
        name=party.name,
        country=party.country,
        language=party.language,
        cases=cases or 0,
        open_cases=open_cases or 0,
        missed=missed,
        promised=promised,
        suspended_until=suspended_until,
    )
