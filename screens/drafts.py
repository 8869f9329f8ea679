"""Whatever is being typed, in the store within seconds: a dropped line or a killed process loses nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from math import inf
from typing import Any

from models.actor import Actor
from models.errors import DeskError
from models.gateway import Gateway
from models.operations import drafts as writing
from models.queries import drafts as reading

Fields = dict[str, Any]

SAVE_AFTER_SECONDS = 1.0
"""From the first change on, not from the last: who types without a pause is saved too."""
TRY_AGAIN_SECONDS = 5.0


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
        self._waiting: dict[str, Fields] = {}
        """By place, the newest."""
        self._underway: dict[str, Fields] = {}
        """The one that is being written."""
        self._saved: dict[str, Fields] = {}
        """By place, what the store holds of this session."""
        self._due_in = inf
        self._saving = asyncio.Lock()

    def keep(self, place: str, fields: Fields, *, within: float = SAVE_AFTER_SECONDS) -> None:
        """Remember `fields`; they are in the store `within` about so many seconds."""
        if {**self._saved, **self._underway, **self._waiting}.get(place) == fields:
            return
        self._waiting[place] = fields
        self._save_in(within)

    def _save_in(self, seconds: float) -> None:
        if seconds < self._due_in:
            self._due_in = seconds
            self._later(seconds)

    def take(self, place: str) -> Fields | None:
        """What of it is not on its way to the store: whoever sends it writes it down first."""
        return self._waiting.pop(place, None)

    def was_sent(self, place: str) -> None:
        """It is gone from the store, with what it was written for."""
        self._underway.pop(place, None)
        self._saved.pop(place, None)

    async def kept(self, place: str) -> Fields | None:
        """What was typed there last and never sent, here or on any other host."""
        newest = {**self._underway, **self._waiting}
        if place in newest:
            return newest[place]
        question = partial(reading.draft, self._actor.login, place)
        return await asyncio.wrap_future(self._gateway.read(question))

    async def save(self) -> bool:
        """Write everything that waits; what could not be written stays and is tried again. False then.

        One at a time: who saves at the end waits for what is being saved, and the end cuts nothing off.
        """
        async with self._saving:
            return await self._save()

    async def _save(self) -> bool:
        self._due_in = inf
        for place in list(self._waiting):
            if place not in self._waiting:
                continue  # sent meanwhile
            fields = self._waiting.pop(place)
            self._underway = {place: fields}
            try:
                await asyncio.shield(asyncio.wrap_future(self._gateway.write(self._change(place, fields))))
            except DeskError as error:
                self._waiting.setdefault(place, fields)
                self._tell(f"What you type is not saved yet: {error}")
                self._save_in(TRY_AGAIN_SECONDS)
                return False
            else:
                self._saved |= self._underway
            finally:
                self._underway = {}
        return True

    def save_at_last(self, seconds: float) -> None:
        """The same without an event loop, for a session that ended badly. Blocks, `seconds` at most for each."""
        batch, self._waiting = self._waiting, {}
        for place, fields in batch.items():
            with suppress(DeskError, TimeoutError):
                self._gateway.write(self._change(place, fields)).result(seconds)

    def _change(self, place: str, fields: Fields) -> Callable[[], None]:
        return partial(writing.save_draft, self._actor, place=place, fields=fields)
