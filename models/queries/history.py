"""A case's events, and the case that they add up to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from models.prepared import Slot, prepared
from models.queries.among import among
from models.queries.elsewhere import refunded_elsewhere
from models.rules import effects
from models.rules.act import Act, act_from
from models.rules.case import Case
from models.rules.recorded import Recorded, standing
from models.tables import Event


class RawEvent(NamedTuple):
    """An event of a case as it is stored."""

    seq: int
    verb: str
    actor: str
    recorded_at: datetime
    body: str


def acts_of(dispute_id: int) -> list[tuple[Act, datetime]]:
    """Every act that stands, each with the instant it was recorded, in order. One select."""
    return [(act, event.recorded_at) for event in standing(events_of(dispute_id)) for act in event.acts]


def events_of(dispute_id: int) -> list[Recorded]:
    """Every event of the case that did something to it, those too that were corrected since. One select."""
    return [event for event in (recorded(*row) for row in _events.rows(dispute_id)) if event.acts]


@prepared
def _events(dispute_id: Slot) -> Any:
    columns = (Event.seq, Event.verb, Event.actor, Event.recorded_at, Event.body)
    return Event.select(*columns).where(Event.dispute == dispute_id).order_by(Event.seq)


def events_among(ids: Iterable[int]) -> Iterator[tuple[int, list[RawEvent]]]:
    """The events of many cases, case by case, as they are stored: an event is read by `recorded`. One select."""
    rows: Any = (
        Event.select(Event.dispute, Event.seq, Event.verb, Event.actor, Event.recorded_at, Event.body)
        .where(among(Event.dispute, ids))
        .order_by(Event.dispute, Event.seq)
        .tuples()
        .iterator()
    )
    for dispute_id, group in groupby(rows, key=itemgetter(0)):
        yield dispute_id, [RawEvent(*row[1:]) for row in group]


def standing_acts(events: Iterable[RawEvent]) -> list[tuple[Act, datetime]]:
    """Every act that no correction took back, each with the instant it was recorded, in order."""
    told = [recorded(*event) for event in events]
    return [(act, event.recorded_at) for event in standing(told) for act in event.acts]


def recorded(seq: int, verb: str, actor: str, recorded_at: datetime, body: str) -> Recorded:
    return Recorded(seq, verb, actor, recorded_at, tuple(map(act_from, json.loads(body).get("acts", ()))))


def case_from_events(dispute_id: int) -> Case:
    """The case as its events tell it, beside what other cases of its order refund: the source of every verdict."""
    case = effects.replayed(acts_of(dispute_id))
    case.elsewhere_minor, case.elsewhere_underway_minor = refunded_elsewhere(dispute_id)
    return case


def instant(seconds: int) -> datetime:
    """A stored instant, where a query reads raw rows."""
    return datetime.fromtimestamp(seconds, UTC)
