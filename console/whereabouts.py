"""Telling others which case this session has open: when it changes, while it lasts, and when it ends."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from models.actor import Actor
from models.errors import DeskError
from models.gateway import Gateway
from models.operations import visiting


class Whereabouts:
    """What was said last. A store that cannot be written only means that others do not see where one is."""

    def __init__(self, gateway: Gateway, actor: Callable[[], Actor]) -> None:
        self._gateway = gateway
        self._actor = actor
        self._here: tuple[int, bool] | None = None

    def moved(self, place: dict[str, Any]) -> bool:
        """Whether `place`, as screens remember it, has another case open than before."""
        case = place.get("open")
        here = (case, bool(place.get("is_deciding"))) if isinstance(case, int) else None
        before, self._here = self._here, here
        return here != before

    async def say(self) -> None:
        if self._here is None:
            await self.say_gone()
            return
        case, is_deciding = self._here
        await self._write(partial(visiting.visit, self._actor(), case=case, is_deciding=is_deciding))

    async def beat(self) -> None:
        """Still here."""
        if self._here is not None:
            await self.say()

    async def say_gone(self) -> None:
        await self._write(partial(visiting.leave, self._actor()))

    async def _write(self, change: Callable[[], None]) -> None:
        with suppress(DeskError):  # the screen says what is wrong with the store
            await asyncio.shield(asyncio.wrap_future(self._gateway.write(change)))
