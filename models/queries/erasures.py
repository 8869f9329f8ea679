"""What was erased on request, as the events tell it."""

from __future__ import annotations

import json
from typing import Any

from models.tables import Event


def erased_pieces() -> frozenset[tuple[int, int]]:
    """Case and number of every piece of evidence whose file was erased. One select."""
    bodies: Any = Event.select(Event.body).where(Event.verb == "erase").tuples()
    return frozenset((case, number) for (body,) in bodies for case, number in json.loads(body)["pieces"])
