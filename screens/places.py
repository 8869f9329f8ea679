"""Where somebody was, as it is kept between two sessions, and going back there."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from models.errors import DeskError
from models.queries.queue import VIEWS, Key, View
from screens.queue.window import Listing

if TYPE_CHECKING:
    from screens.queue.screen import QueueScreen

DESK = "desk"
"""The draft's place."""


async def open_place(queue: QueueScreen, place: dict[str, Any]) -> None:
    """Show the queue as it was, and the case and decision that were open above it. Returns when it can be seen."""
    view = await _view(queue, str(place.get("view", "home")))
    listing = Listing(view, str(place.get("where", "")), str(place.get("sort", "")))
    key = place.get("key")
    loaded = queue.load(listing, place.get("case"), Key(key[0], key[1]) if key else None)
    await loaded.wait()
    intake = place.get("intake")
    if isinstance(intake, str):
        queue.open_intake(intake)
    if place.get("room"):
        queue.do_room()
    if isinstance(place.get("report"), str):
        queue.open_report(str(place["report"]))
    if place.get("policy"):
        queue.do_policy()
    if place.get("sellers"):
        queue.do_sellers()
    party = place.get("party")
    if isinstance(party, int):
        queue.open_party(party)
    opened = place.get("open")
    if isinstance(opened, int):
        queue.open_case(opened, is_deciding=bool(place.get("is_deciding")))


async def _view(queue: QueueScreen, name: str) -> View:
    """A view that was dropped since, or cannot be read now, is no reason not to begin."""
    if name not in VIEWS:
        with suppress(DeskError):
            await queue.learn_views()
    return queue.views.get(name, VIEWS["home"])
