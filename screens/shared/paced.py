"""A reading that is asked for at each act of others, and that takes longer the more there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

REST = 20.0
"""Times as long as it took. Others may act every second: read each time, what takes a second would take a core."""
AT_ONCE_SECONDS = 0.05
"""What takes no longer needs no rest."""
A_MOMENT_SECONDS = 0.01
"""A timer of the framework's that is due at once divides by zero when it is late."""


class Paced:
    """Starts a reading now, or when it has rested from the last one."""

    def __init__(self, start: Callable[[], object], later: Callable[[float, Callable[[], None]], object]) -> None:
        self._start = start
        self._later = later
        """Such as `Screen.set_timer`."""
        self._rests_until = 0.0
        self._running = 0
        """Readings under way: one that was cancelled ends after the next has begun."""
        self._is_wanted = False

    @property
    def is_busy(self) -> bool:
        """What is shown is old, and is being read or will be."""
        return self._is_wanted or self._running > 0

    def ask(self) -> None:
        """What is shown is old."""
        rest = self._rests_until - monotonic()
        if not self.is_busy and rest <= 0:
            self._start()
        elif not self._is_wanted:
            self._is_wanted = True
            if not self._running:
                self._later(max(rest, A_MOMENT_SECONDS), self._start_wanted)

    @contextmanager
    def running(self) -> Iterator[None]:
        """While it is read."""
        began = monotonic()
        self._running += 1
        try:
            yield
        finally:
            self._running -= 1
            took = monotonic() - began
            rest = REST * took if took > AT_ONCE_SECONDS else 0.0
            self._rests_until = monotonic() + rest
            if self._is_wanted and not self._running:
                self._later(max(rest, A_MOMENT_SECONDS), self._start_wanted)

    def _start_wanted(self) -> None:
        self._is_wanted = False
        self._start()
