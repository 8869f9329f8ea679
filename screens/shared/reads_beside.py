"""Long questions, by a thread and a connection of their own: they hold up no key, no write and no other page."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from models.gateway import Gateway
from screens.base import ConsoleScreen

Answer = TypeVar("Answer")


class ReadsBeside(ConsoleScreen):
    """The connection is opened by the first question, and closed with the screen."""

    _beside: Gateway | None = None

    async def read_beside(self, question: Callable[[], Answer], *, is_waited_for: bool = True) -> Answer:
        """As `read`; what is read goes on as long as the answer is wanted."""
        if self._beside is None:
            self._beside = Gateway(self.host.gateway.url)
        answer = asyncio.wrap_future(self._beside.read(question))
        return await (self.waited_for(answer) if is_waited_for else answer)

    def close_beside(self) -> None:
        """The connection has served; the next question opens another one."""
        if self._beside is not None:
            asyncio.get_running_loop().run_in_executor(None, self._beside.close)
            self._beside = None

    def on_unmount(self) -> None:
        self.close_beside()
