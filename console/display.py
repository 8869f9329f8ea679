"""What the terminal is sent: each frame while it can follow, else the newest picture when it can again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import monotonic
from typing import Any

from rich.color import ColorSystem
from rich.control import Control
from textual._ansi_sequences import SYNC_END, SYNC_START
from textual._compositor import CompositorUpdate
from textual.app import App

from console.driver import DeskDriver
from console.flow import Flow
from console.painter import Painter

TRY_AGAIN_SECONDS = 0.1
"""To paint, where no answer of the terminal says when."""
ANSWERED_AT_END_SECONDS = 0.5
WORTH_HOLDING_BYTES = 1000
"""Of a smaller frame nobody sees the half."""


class Display:
    """The way from the application's pictures to its terminal."""

    def __init__(self, app: App[Any], late: Callable[[], None]) -> None:
        self._app = app
        self._late = late
        """Called before a picture is painted that was left out at first."""
        self._painter = Painter(app.console._color_system or ColorSystem.STANDARD)
        self._flow = Flow()
        self.is_owing = False
        """A picture was left out."""
        self.painted_at = 0.0

    def show(self, update: CompositorUpdate) -> None:
        if self._painter.take(update, self._app.size):
            self._paint()
        else:
            self.forget()
            self.send(update.render_segments(self._app.console))

    def forget(self) -> None:
        """The terminal no longer shows what was sent: what is drawn from now on is sent whole."""
        self._painter.forget()

    def send(self, sequence: str) -> None:
        driver = self._app._driver
        if driver is not None:
            driver.write(sequence + self._flow.sent(len(sequence)))

    def answered(self) -> None:
        """The terminal has read up to where it was asked."""
        self._flow.answered()
        if self.is_owing and not self._is_clogged:
            self._pay()

    async def finish(self) -> None:
        """Ask nothing more, and hear the answers that are on their way: later they would be typed into a shell."""
        self._flow.stop()
        for _ in range(round(ANSWERED_AT_END_SECONDS / TRY_AGAIN_SECONDS * 10)):
            if not self._flow.waits:
                return
            await asyncio.sleep(TRY_AGAIN_SECONDS / 10)

    @property
    def _is_clogged(self) -> bool:
        driver = self._app._driver
        is_blocked = isinstance(driver, DeskDriver) and driver.is_blocked
        return is_blocked or (self._flow.is_behind and not self._flow.give_up())

    def _paint(self) -> None:
        if self._is_clogged:
            if not self.is_owing:
                self.is_owing = True
                self._app.set_timer(TRY_AGAIN_SECONDS, self._pay)
            return
        self.painted_at = monotonic()
        frame = self._painter.frame()
        if not frame:
            return
        if hasattr(self._app.focused, "cursor_screen_offset"):  # where text is typed, the terminal's own cursor stands
            frame += Control.move_to(*self._app.cursor_position).segment.text
        if self._app._sync_available and len(frame) > WORTH_HOLDING_BYTES:
            frame = f"{SYNC_START}{frame}{SYNC_END}"
        self.send(frame)

    def _pay(self) -> None:
        if not self.is_owing:
            return
        if self._is_clogged:
            self._app.set_timer(TRY_AGAIN_SECONDS, self._pay)
            return
        self.is_owing = False
        self._late()
        self._paint()
