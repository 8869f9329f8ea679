"""What was erased on request, as the events tell it."""

from __future__ import annotations

import json
from typing import Any

from models.tables import Event


def erased_parties() -> dict[int, int]:
    """By number, when they were erased last, in seconds. One select."""
    rows: Any = Event.select(Event.body, Event.recorded_at).where(Event.verb == "erase").order_by(Event.seq)
    return {json.loads(row.body)["party"]: int(row.recorded_at.timestamp()) for row in rows}


def erased_pieces() -> frozenset[tuple[int, int]]:
    """Case and number of every piece of evidence whose file was erased. One select."""
    bodies: Any = Event.select(Event.body).where(Event.verb == "erase").tuples()
    return frozenset((case, number) for (body,) in bodies for case, number in json.loads(body)["pieces"])
