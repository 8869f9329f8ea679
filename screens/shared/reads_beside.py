"""Long questions, by a thread and a connection of their own: they hold up no key, no write and no other page."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import monotonic
from typing import TypeVar

from models.gateway import Gateway
from screens.base import ConsoleScreen

Answer = TypeVar("Answer")

REST_FOR_EACH_SECOND = 20.0
"""Others may commit every second: reading again at each of their acts would take a core where it takes a second."""


class ReadsBeside(ConsoleScreen):
    """The connection is opened by the first question, and closed with the screen."""

    _beside: Gateway | None = None
    _rests_until = 0.0
    _is_to_load = False

    def load(self) -> object:
        """Read, and show what was read."""
        raise NotImplementedError

    def store_changed(self) -> None:
        """Load now, or when what is shown has been read long enough ago."""
        rest = self._rests_until - monotonic()
        if rest <= 0:
            self.load()
        elif not self._is_to_load:
            self._is_to_load = True
            self.set_timer(rest, self._load_at_last)

    def _load_at_last(self) -> None:
        self._is_to_load = False
        self.load()

    async def read_beside(self, question: Callable[[], Answer]) -> Answer:
        """As `read`; what is read goes on as long as the answer is wanted."""
        if self._beside is None:
            self._beside = Gateway(self.host.gateway.url)
        began = monotonic()
        try:
            return await asyncio.wrap_future(self._beside.read(question))
        finally:
            ended = monotonic()
            self._rests_until = ended + REST_FOR_EACH_SECOND * (ended - began)

    def on_unmount(self) -> None:
        if self._beside is not None:
            asyncio.get_running_loop().run_in_executor(None, self._beside.close)
