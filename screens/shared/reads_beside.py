"""Long questions, by a thread and a connection of their own: they hold up no key, no write and no other page."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from models.gateway import Gateway
from screens.base import ConsoleScreen

Answer = TypeVar("Answer")


@contextmanager
def a_connection(url: str) -> Iterator[Gateway]:
    """For these questions alone: kept, it would take as much memory as a whole session's.

    What is still read when nobody waits any longer is cut off.
    """
    gateway = Gateway(url)
    try:
        yield gateway
    finally:
        asyncio.get_running_loop().run_in_executor(None, gateway.abandon)


async def read_alone(url: str, question: Callable[[], Answer]) -> Answer:
    """One question by a connection of its own."""
    with a_connection(url) as gateway:
        return await asyncio.wrap_future(gateway.read(question))


class ReadsBeside(ConsoleScreen):
    """The connection is opened by the first question, and closed with the screen."""

    _beside: Gateway | None = None

    async def read_beside(self, question: Callable[[], Answer]) -> Answer:
        """As `read`; what is read goes on as long as the answer is wanted."""
        if self._beside is None:
            self._beside = Gateway(self.host.gateway.url)
        return await self.waited_for(asyncio.wrap_future(self._beside.read(question)))

    def on_unmount(self) -> None:
        if self._beside is not None:
            asyncio.get_running_loop().run_in_executor(None, self._beside.abandon)
