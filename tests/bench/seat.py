"""Two programs at a terminal, ours and the smallest one, driven by the same keys."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic

from models.operations.transaction import writing
from models.tables import Draft
from tests.bench.store import LOGIN, Store
from tests.terminal.terminal import Terminal, terminal_of

WIDE, NARROW = (120, 40), (80, 24)
DOWN, PAGE_DOWN, PAGE_UP, ENTER, ESCAPE = "\x1b[B", "\x1b[6~", "\x1b[5~", "\r", "\x1b"
TERMINAL = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
QUIET_SECONDS = 0.12
"""Without a byte after a key: its painting is over."""


FRAME_SECONDS, BETWEEN_SECONDS = 0.6, 0.02
"""A key's frame has begun; and it is over."""
ESCAPE_SECONDS = 0.25
"""Until then what follows would belong to it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a key led to."""

    first_change: float
    """Seconds to the first byte of what can be seen."""
    size: int
    """Bytes until it was quiet."""


class Seat:
    def __init__(self, terminal: Terminal, is_ours: bool) -> None:
        self.terminal = terminal
        self._is_ours = is_ours

    @property
    def ends(self) -> tuple[str, str]:
        """The keys to the list's end and to its beginning; without Ctrl a DataTable moves between columns."""
        return ("\x1b[F", "\x1b[H") if self._is_ours else ("\x1b[1;5F", "\x1b[1;5H")

    @property
    def process_id(self) -> int:
        return self.terminal.process.pid

    def cursor(self) -> int | None:
        """The line under the cursor; None while there is no list yet."""
        return self._our_cursor() if self._is_ours else self._its_cursor()

    def shows(self, sentence: str) -> bool:
        return any(sentence in line for line in self.terminal.screen.display)

    def until_listed(self) -> None:
        self.terminal.until(lambda lines: self.cursor() is not None)

    def until_moved(self) -> None:
        before = self.cursor()
        self.terminal.send(DOWN)
        self.terminal.until(lambda lines: self.cursor() not in (before, None))

    def press(self, key: str) -> Answer:
        before, began = len(self.terminal.received), monotonic()
        self.terminal.send(key)
        first_change = self.terminal.until_seen() - began
        self.terminal.until_quiet(QUIET_SECONDS)
        return Answer(first_change, len(self.terminal.received) - before)

    def step(self, key: str) -> None:
        """Press it and go on behind its frame; a key that changes nothing has none."""
        self.terminal.send(key)
        if key == ESCAPE:
            self.terminal.until_quiet(ESCAPE_SECONDS)
        else:
            self.terminal.until_byte(FRAME_SECONDS)
            self.terminal.until_quiet(BETWEEN_SECONDS)

    def walk(self, *keys: str) -> list[Answer]:
        return [self.press(key) for key in keys]

    def until_quiet(self, seconds: float = 0.3) -> None:
        self.terminal.until_quiet(seconds)

    def _our_cursor(self) -> int | None:
        lines = enumerate(self.terminal.screen.display)
        return next((number for number, line in lines if line.startswith("> ")), None)

    def _its_cursor(self) -> int | None:
        """The one line whose ground differs from the others'."""
        screen = self.terminal.screen
        if "C0" not in "".join(screen.display[:3]) and "seller" not in screen.display[1]:
            return None
        grounds = {number: screen.buffer[number][1].bg for number in range(1, screen.lines)}
        common = Counter(grounds.values())
        return next((number for number, ground in grounds.items() if common[ground] == 1), None)


@contextmanager
def ours(store: Store, size: tuple[int, int], **environment: str) -> Iterator[Seat]:
    with writing():
        Draft.delete().execute()  # a session would begin where the last one was
    command = [sys.executable, "-m", "console", "--db", store.url, "--as", LOGIN]
    with terminal_of(command, size=size, **TERMINAL, **store.environment, **environment) as opened:
        yield Seat(opened, True)


@contextmanager
def its(store: Store, size: tuple[int, int]) -> Iterator[Seat]:
    command = [sys.executable, "-m", "tests.bench.small_app"]
    with terminal_of(command, size=size, **TERMINAL, **store.environment) as opened:
        yield Seat(opened, False)
