"""The terminal's two directions: keys are waited for without waking up in between, and answers are told from keys."""

from __future__ import annotations

import os
import select
from codecs import getincrementaldecoder
from collections.abc import Callable
from contextlib import suppress
from io import TextIOWrapper
from typing import Any, cast

from textual import events
from textual._time import get_time
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from console.ears import Ears
from console.outlet import Outlet

READ_BYTES = 4096
MOST_WAITING_FRAMES = 3
LARGEST = (1000, 500)
"""Columns and lines that are drawn; a client may claim any number, and every cell costs memory."""


class DeskDriver(LinuxDriver):
    """The framework's own asks ten times a second whether it is to end, which is half of what an idle session costs."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._end, self._tell_end = os.pipe()
        self._outlet = Outlet(cast(TextIOWrapper, self._file))
        self._file = cast(TextIOWrapper, self._outlet)

    @property
    def is_blocked(self) -> bool:
        """The terminal takes nothing any more; soon whoever writes would have to wait until it does."""
        return self._writer_thread is not None and self._writer_thread._queue.qsize() > MOST_WAITING_FRAMES

    def write(self, data: str) -> None:
        left = self._outlet.at_once(data)
        if left is not None:
            super().write(left)

    def disable_input(self) -> None:
        os.write(self._tell_end, b"\0")
        super().disable_input()

    def run_input_thread(self) -> None:
        ears = Ears()
        decode = getincrementaldecoder("utf-8")("replace").decode
        heard = select.poll()
        heard.register(self.fileno, select.POLLIN)
        heard.register(self._end, select.POLLIN)
        while True:
            ready = dict(heard.poll(_wait_of(ears)))
            if self._end in ready:
                self.exit_event.wait()
                return
            if self.fileno in ready:
                data = b""
                with suppress(OSError):
                    data = os.read(self.fileno, READ_BYTES)
                if not data:
                    return  # the terminal is gone
                read_at = get_time()
                for message in ears.feed(decode(data)):
                    message.time = read_at  # what was typed in one go is known by it
                    self.process_message(message)
            for message in ears.tick():
                self.process_message(message)

    def _get_terminal_size(self) -> tuple[int, int]:
        columns, lines = super()._get_terminal_size()
        return min(columns, LARGEST[0]), min(lines, LARGEST[1])

    def process_message(self, message: Message) -> None:
        if isinstance(message, events.CursorPosition):
            answered: Callable[[], None] = self._app.terminal_answered  # type: ignore[attr-defined]
            self._loop.call_soon_threadsafe(answered)
        else:
            super().process_message(message)


def _wait_of(ears: Ears) -> float | None:
    """Milliseconds until what has begun like an escape sequence is a key after all; None where nothing has begun."""
    if ears.decides_at is None:
        return None
    return max(0.0, (ears.decides_at - get_time()) * 1000) + 1
