"""Everything that was done to a case, in the order in which it was recorded."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from models.queries.case_parts import EventView
from models.queries.wording import looked, words
from models.rules.act import act_from
from models.rules.corrections import Recorded, superseded
from models.tables import Event


def timeline(dispute_id: int, currency: str, texts: Mapping[int, str]) -> tuple[EventView, ...]:
    """One view for each act, `texts` being the case's messages by their number. One select."""
    rows: Any = (
        Event.select(Event.seq, Event.recorded_at, Event.occurred_at, Event.actor, Event.verb, Event.body)
        .where(Event.dispute == dispute_id)
        .order_by(Event.seq)
        .tuples()
    )
    events = list(rows)
    wrong = superseded([_recorded(row) for row in events])
    return tuple(view for row in events for view in _views(row, currency, texts, wrong))


def _recorded(row: Any) -> Recorded:
    seq, recorded_at, _, actor, verb, body = row
    return Recorded(seq, verb, actor, recorded_at, tuple(act_from(each) for each in json.loads(body).get("acts", ())))


def _views(row: Any, currency: str, texts: Mapping[int, str], wrong: frozenset[int]) -> Iterator[EventView]:
    seq, recorded_at, occurred_at, actor, verb, body = row
    bodies = json.loads(body).get("acts", ())
    for each in bodies:
        act = act_from(each)
        yield EventView(
            seq=seq,
            recorded_at=recorded_at,
            occurred_at=act.occurred_at,
            actor=actor,
            verb=act.verb,
            party=act.party,
            words=words(act, currency),
            text=texts.get(act.text_id or 0, ""),
            is_corrected=seq in wrong,
        )
    if not bodies:
        yield EventView(
            seq=seq, recorded_at=recorded_at, occurred_at=occurred_at, actor=actor, verb=verb, party=None,
            words=looked(json.loads(body)) or verb, text="",
        )  # fmt: skip
