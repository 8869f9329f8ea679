"""A case's events, and the case that they add up to."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from models.queries.elsewhere import refunded_elsewhere
from models.rules import effects
from models.rules.act import Act, act_from
from models.rules.case import Case
from models.rules.corrections import Recorded, standing
from models.tables import Event


def acts_of(dispute_id: int) -> list[tuple[Act, datetime]]:
    """Every act that stands, each with the instant it was recorded, in order. One select."""
    return [(act, event.recorded_at) for event in standing(events_of(dispute_id)) for act in event.acts]


def events_of(dispute_id: int) -> list[Recorded]:
    """Every event of the case that did something to it, those too that were corrected since. One select."""
    rows: Any = (
        Event.select(Event.seq, Event.verb, Event.actor, Event.recorded_at, Event.body)
        .where(Event.dispute == dispute_id)
        .order_by(Event.seq)
        .tuples()
        .iterator()
    )
    found = (
        Recorded(seq, verb, actor, recorded_at, tuple(act_from(body) for body in json.loads(text).get("acts", ())))
        for seq, verb, actor, recorded_at, text in rows
    )
    return [event for event in found if event.acts]


def case_from_events(dispute_id: int) -> Case:
    """The case as its events tell it, beside what other cases of its order refund: the source of every verdict."""
    case = effects.replayed(acts_of(dispute_id))
    case.elsewhere_minor, case.elsewhere_underway_minor = refunded_elsewhere(dispute_id)
    return case


def instant(seconds: int) -> datetime:
    """A stored instant, where a query reads raw rows."""
    return datetime.fromtimestamp(seconds, UTC)
