"""A slow line between a program and its terminal, as ssh makes one: it takes whatever is written, and is late."""

from __future__ import annotations

import os
import select
import zlib
from collections import deque
from dataclasses import dataclass
from time import monotonic

from tests.terminal.terminal import Terminal

PIECE_BYTES = 200
"""What arrives at once."""
QUIET_SECONDS = 0.6
"""Longer than anything is under way without a byte arriving, once the line is empty."""
PATIENCE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Kind:
    """What the line is like."""

    name: str
    delay: float = 0.0
    """Seconds there and back."""
    rate: float = float("inf")
    """Bytes a second towards the terminal; towards the program go only keys."""
    is_compressed: bool = False


class Line:
    def __init__(self, terminal: Terminal, kind: Kind) -> None:
        self._terminal = terminal
        self._kind = kind
        self._packer = zlib.compressobj(6)
        self._free_at = 0.0
        self._down: deque[tuple[float, bytes]] = deque()
        self._up: deque[tuple[float, bytes]] = deque()
        self.size = 0
        """Bytes that have gone over the line."""
        self.arrived_at = 0.0
        """When the terminal got the last byte."""
        terminal.answer = self.press

    def press(self, keys: str) -> None:
        """Somebody presses them now."""
        self._up.append((monotonic() + self._kind.delay / 2, keys.encode()))

    def work(self, seconds: float) -> None:
        """Let everything take its course for so long."""
        end = monotonic() + seconds
        while (now := monotonic()) < end:
            self._step(min(end, *(queue[0][0] for queue in (self._down, self._up) if queue), end) - now)

    def until_quiet(self) -> None:
        """Until nothing is under way, and nothing more comes."""
        end, quiet_since = monotonic() + PATIENCE_SECONDS, monotonic()
        while monotonic() < end and monotonic() - quiet_since < QUIET_SECONDS:
            self.work(0.02)
            if self._down or self._up:
                quiet_since = monotonic()
            quiet_since = max(quiet_since, self.arrived_at)

    def _step(self, seconds: float) -> None:
        if select.select([self._terminal.descriptor], [], [], max(0.0, seconds))[0]:
            self._take(os.read(self._terminal.descriptor, 65536))
        now = monotonic()
        while self._up and self._up[0][0] <= now:
            os.write(self._terminal.descriptor, self._up.popleft()[1])
        while self._down and self._down[0][0] <= now:
            self.arrived_at, data = self._down.popleft()
            self._terminal.feed(data)

    def _take(self, data: bytes) -> None:
        now = monotonic()
        packed = len(self._packer.compress(data) + self._packer.flush(zlib.Z_SYNC_FLUSH))
        size = packed if self._kind.is_compressed else len(data)
        self.size += size
        for start in range(0, len(data), PIECE_BYTES):
            piece = data[start : start + PIECE_BYTES]
            self._free_at = max(self._free_at, now) + size * len(piece) / len(data) / self._kind.rate
            self._down.append((self._free_at + self._kind.delay / 2, piece))
