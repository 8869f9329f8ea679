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
AT_ONCE_SECONDS = 0.01


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
        self._saved: dict[str, Fields] = {}
        """By place, what the store holds of this session."""
        self._due_in = inf
        self._saving = asyncio.Lock()

    def keep(self, place: str, fields: Fields, *, within: float = SAVE_AFTER_SECONDS) -> None:
        """Remember `fields`; they are in the store `within` about so many seconds."""
        if self._waiting.get(place, self._saved.get(place)) == fields:
            return
        self._waiting[place] = fields
        self._save_in(within)

    def _save_in(self, seconds: float) -> None:
        if seconds < self._due_in:
            self._due_in = seconds
            self._later(seconds)

    def drop(self, place: str) -> None:
        """Forget what has been sent."""
        self._waiting[place] = None
        self._save_in(AT_ONCE_SECONDS)

    async def kept(self, place: str) -> Fields | None:
        """What was typed there last and never sent, here or on any other host."""
        if place in self._waiting:
            return self._waiting[place]
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
        batch, self._waiting = self._waiting, {}
        for place, fields in batch.items():
            try:
                await asyncio.shield(asyncio.wrap_future(self._gateway.write(self._change(place, fields))))
            except DeskError as error:
                self._waiting = {**batch, **self._waiting}
                self._tell(f"What you type is not saved yet: {error}")
                self._save_in(TRY_AGAIN_SECONDS)
                return False
            if fields is None:
                self._saved.pop(place, None)
            else:
                self._saved[place] = fields
        return True

    def save_at_last(self, seconds: float) -> None:
        """The same without an event loop, for a session that ended badly. Blocks, `seconds` at most for each."""
        batch, self._waiting = self._waiting, {}
        for place, fields in batch.items():
            with suppress(DeskError, TimeoutError):
                self._gateway.write(self._change(place, fields)).result(seconds)

    def _change(self, place: str, fields: Fields | None) -> Callable[[], None]:
        if fields is None:
            return partial(writing.drop_draft, self._actor, place=place)
        return partial(writing.save_draft, self._actor, place=place, fields=fields)
