"""How far the terminal has come with what was sent to it: behind a slow line it is asked now and then, and answers when
it has read so far. Whoever sends on regardless fills every buffer on the way, and sees a key's effect seconds later.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from time import monotonic

QUESTION = "\x1b[6n"
"""Where the cursor is: what every terminal answers, and what the framework's parser knows from a key."""
ASK_EACH_BYTES = 1000
"""Not for every key."""
LEAST_ROOM, MOST_ROOM = 2_000, 64_000
"""Bytes that may be on their way; a page of 80×24 is about 2,000."""
GOOD_SECONDS, BAD_SECONDS = 0.1, 0.25
"""More than the shortest way to the terminal and back: then more may be on its way, or only half."""
LOST_AFTER_SECONDS = 2.0
"""An answer that does not come; who attaches to a session of tmux from elsewhere never hears some."""


class Flow:
    """The bytes on their way. A terminal that has never answered is taken to be as fast as we are."""

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self._now = now
        self._underway: deque[tuple[int, float]] = deque()
        """Up to each question that waits for its answer: bytes, and when it was sent."""
        self._unasked = 0
        self._room = 8_000
        self._shortest = float("inf")
        self._heard_at = now()
        self._answers = False
        """It has answered before."""

        self._is_done = False

    @property
    def waits(self) -> bool:
        """An answer is on its way."""
        return self._answers and bool(self._underway)

    @property
    def is_behind(self) -> bool:
        """A frame would only join what waits already."""
        underway = self._unasked + sum(size for size, _ in self._underway)
        return self.waits and underway > self._room

    def sent(self, size: int) -> str:
        """So much is sent now; what is to be added to it."""
        self._unasked += size
        is_deaf = bool(self._underway) and not self._answers
        if self._is_done or is_deaf or self._unasked < ASK_EACH_BYTES:
            return ""
        self._underway.append((self._unasked, self._now()))
        self._unasked = 0
        return QUESTION

    def stop(self) -> None:
        """Ask nothing more."""
        self._is_done = True

    def answered(self) -> None:
        """The terminal has read up to the oldest question."""
        self._answers = True
        self._heard_at = self._now()
        if not self._underway:
            return  # a key that looks like an answer, or one that was given up
        _, asked_at = self._underway.popleft()
        took = self._heard_at - asked_at
        self._shortest = min(self._shortest, took)
        if took > self._shortest + BAD_SECONDS:
            self._room = max(LEAST_ROOM, self._room // 2)
        elif took < self._shortest + GOOD_SECONDS:
            self._room = min(MOST_ROOM, self._room + ASK_EACH_BYTES)

    def give_up(self) -> bool:
        """Whether nothing came for so long that nothing will: then nothing is waited for any more."""
        since = max(self._heard_at, self._underway[0][1]) if self._underway else self._now()
        if self._now() - since < LOST_AFTER_SECONDS:
            return False
        self._underway.clear()
        return True
