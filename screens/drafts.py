"""Whatever is being typed, in the store within seconds: a dropped line or a killed process loses nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

from models.actor import Actor
from models.errors import DeskError
from models.gateway import Gateway
from models.operations import drafts as writing
from models.queries import drafts as reading

Fields = dict[str, Any]

SAVE_AFTER_SECONDS = 1.0
"""From the first change on, not from the last: who types without a pause is saved too."""


class DraftKeeper:
    """The drafts of one person, on their way to the store."""

    def __init__(
        self, gateway: Gateway, actor: Actor, later: Callable[[float], None], tell: Callable[[str], None]
    ) -> None:
        self._gateway = gateway
        self._actor = actor
        self._later = later
        """Asks for `save` in so many seconds."""
        self._tell = tell
        self._waiting: dict[str, Fields | None] = {}
        """By place, the newest; None means that it is to be forgotten."""
        self._is_due = False

    def keep(self, place: str, fields: Fields) -> None:
        """Remember `fields`; they are in the store within about a second."""
        self._waiting[place] = fields
        if not self._is_due:
            self._is_due = True
            self._later(SAVE_AFTER_SECONDS)

    def drop(self, place: str) -> None:
        """Forget what has been sent."""
        self.keep(place, {})
        self._waiting[place] = None

    async def kept(self, place: str) -> Fields | None:
        """What was typed there last and never sent, here or on any other host."""
        if place in self._waiting:
            return self._waiting[place]
        question = partial(reading.draft, self._actor.login, place)
        return await asyncio.wrap_future(self._gateway.read(question))

    async def save(self) -> bool:
        """Write everything that waits; what could not be written stays and is tried again. False then."""
        self._is_due = False
        batch, self._waiting = self._waiting, {}
        for place, fields in batch.items():
            if fields is None:
                change = partial(writing.drop_draft, self._actor, place=place)
            else:
                change = partial(writing.save_draft, self._actor, place=place, fields=fields)
            try:
                await asyncio.shield(asyncio.wrap_future(self._gateway.write(change)))
            except DeskError as error:
                self._waiting = {**batch, **self._waiting}
                self._tell(f"What you type is not saved yet: {error}")
                if not self._is_due:
                    self._is_due = True
                    self._later(5 * SAVE_AFTER_SECONDS)
                return False
        return True
