"""What the store knows of a buyer and a seller, as numbers with their whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from peewee import Select, fn

from models.queries import facts
from models.queries.case_parts import PartyView
from models.queries.facts import Node
from models.queries.rows import as_instant
from models.queries.standpoint import Standpoint
from models.rules.party_record import Taken
from models.tables import Dispute, Measure, Party, Timer
from models.tables.dispute import IS_OPEN
from models.vocabulary import ClockEnd, ClockKind

RECORD_DAYS = timedelta(days=90)
"""How far back a record looks, by when cases were opened."""
RECORD_CASES = 1000
"""A record is made of so many of the latest cases at most: one of a hundred thousand would hold up every screen."""


def parties(buyer_id: int, seller_id: int, point: Standpoint) -> tuple[PartyView, PartyView]:
    """The buyer and the seller with their records. Three selects."""
    rows = {row.id: row for row in Party.select().where(Party.id.in_((buyer_id, seller_id)))}
    numbers = _numbers(buyer_id, seller_id, point)
    until = suspensions((buyer_id, seller_id), point.at)
    buyer, seller = rows[buyer_id], rows[seller_id]
    return (
        _view(buyer, [*numbers[:2], None, None], until.get(buyer_id)),
        _view(seller, numbers[2:], until.get(seller_id)),
    )


def suspensions(party_ids: Sequence[int], at: datetime) -> dict[int, datetime]:
    """Until when those of the parties who are suspended at `at` are so. One select."""
    holds = (Measure.kind == Taken.SUSPENSION) & (Measure.made_at <= at) & (Measure.until_at > at)
    rows: Any = (
        Measure.select(Measure.party, fn.MAX(Measure.until_at))
        .where(Measure.party.in_(list(party_ids)) & holds)
        .group_by(Measure.party)
        .tuples()
    )
    return {party: found for party, until in rows if (found := as_instant(until)) is not None}


def _numbers(buyer_id: int, seller_id: int, point: Standpoint) -> Sequence[int]:
    of_buyer, of_seller = _recent("buyer", buyer_id, point), _recent("seller", seller_id, point)
    counts: list[Any] = [_cases(of_buyer), _cases(of_buyer & IS_OPEN)]
    counts += [_cases(of_seller), _cases(of_seller & IS_OPEN)]
    counts += [_answers(of_seller & facts.is_broken(point)), _answers(of_seller & _is_judged(point))]
    row: Any = Select(columns=counts).bind(Dispute._meta.database).tuples().execute()[0]
    return tuple(int(number) for number in row)


def _recent(side: str, party_id: int, point: Standpoint) -> Node:
    other = Dispute.alias()
    since = point.second - int(RECORD_DAYS.total_seconds())
    theirs = (getattr(other, side) == party_id) & (other.opened_at >= since) & (other.opened_at <= point.second)
    return Dispute.id.in_(other.select(other.id).where(theirs).order_by(other.opened_at.desc()).limit(RECORD_CASES))


def _cases(which: Node) -> Any:
    return Dispute.select(fn.COUNT(Dispute.id)).where(which)


def _answers(which: Node) -> Any:
    promised = (Timer.kind == ClockKind.SELLER_RESPONSE) & which
    return Timer.select(fn.COUNT(Timer.id)).join(Dispute).where(promised)


def _is_judged(point: Standpoint) -> Node:
    """It was kept or broken: neither still in time, nor cancelled."""
    ended = Timer.ended_as.in_((ClockEnd.MET, ClockEnd.MISSED, ClockEnd.MET_LATE_RECORDED))
    return ended | facts.is_late(point)


def _view(party: Party, numbers: Sequence[int | None], suspended_until: datetime | None) -> PartyView:
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
