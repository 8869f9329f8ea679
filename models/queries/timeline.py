"""Everything that was done to a case, in the order in which it was recorded."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from models.dataclass import dataclass
from models.prepared import Slot, prepared
from models.queries.case_parts import EventView
from models.queries.wording import looked, words
from models.rules.act import Act, act_from
from models.rules.recorded import Recorded, standing, superseded
from models.tables import Event


@dataclass(frozen=True, slots=True)
class Entry:
    """One event of the case with its body."""

    recorded: Recorded
    occurred_at: datetime
    body: Mapping[str, object]


def entries(dispute_id: int) -> list[Entry]:
    """Every event of the case, those too that did nothing to it. One select."""
    return [_entry(*row) for row in _events.rows(dispute_id)]


@prepared
def _events(dispute_id: Slot) -> Any:
    columns = (Event.seq, Event.verb, Event.actor, Event.recorded_at, Event.occurred_at, Event.body)
    return Event.select(*columns).where(Event.dispute == dispute_id).order_by(Event.seq)


def acts_standing(of: Sequence[Entry]) -> list[tuple[Act, datetime]]:
    """Every act that no correction took back, each with the instant it was recorded, in order."""
    return [(act, each.recorded_at) for each in standing([each.recorded for each in of]) for act in each.acts]


Texts = Mapping[int, tuple[str, str]]
"""The messages of a case by their number: the text, and its translation."""


def timeline(of: Sequence[Entry], currency: str, texts: Texts) -> tuple[EventView, ...]:
    """One view for each act."""
    wrong = superseded([each.recorded for each in of])
    return tuple(view for each in of for view in _views(each, currency, texts, wrong))


def _entry(seq: int, verb: str, actor: str, recorded_at: datetime, occurred_at: datetime, text: str) -> Entry:
    body = json.loads(text)
    acts = tuple(act_from(each) for each in body.get("acts", ()))
    return Entry(Recorded(seq, verb, actor, recorded_at, acts), occurred_at, body)


def _views(entry: Entry, currency: str, texts: Texts, wrong: frozenset[int]) -> Iterator[EventView]:
    event = entry.recorded
    for act in event.acts:
        text, translation = texts.get(act.text_id or 0, ("", ""))
        yield EventView(
            seq=event.seq,
            recorded_at=event.recorded_at,
            occurred_at=act.occurred_at,
            actor=event.actor,
            verb=act.verb,
            party=act.party,
            words=words(act, currency),
            text=text,
            translation=translation,
            is_corrected=event.seq in wrong,
        )
    if not event.acts:
        yield EventView(
            seq=event.seq, recorded_at=event.recorded_at, occurred_at=entry.occurred_at, actor=event.actor,
            verb=event.verb, party=None, words=looked(entry.body) or event.verb, text="",
        )  # fmt: skip
