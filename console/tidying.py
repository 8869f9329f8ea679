"""When the collector looks for rings of objects: while nobody types, so that no key waits for it.

Left to itself it looks when so and so many objects were made, which is while something is drawn, and stops that for ten
to thirty milliseconds.
"""

from __future__ import annotations

import gc
from time import monotonic

QUIET_SECONDS = 0.5
"""Since the last key. Who types on and on leaves it to the collector."""
WORTH_A_LOOK = 1000
"""Objects more than at the last look."""


class Tidying:
    def __init__(self) -> None:
        self._has_closed = False
        self._typed_at = 0.0

    def begin(self) -> None:
        """What is there now stays to the end, and is never looked through."""
        gc.freeze()

    def typed(self) -> None:
        """A key; the next one may come soon."""
        self._typed_at = monotonic()

    def closed(self) -> None:
        """A screen went: it is a ring, and older than what is looked through each time."""
        self._has_closed = True

    def tidy(self) -> None:
        """Look through what was made since the last time: a millisecond or two, ten where modules were loaded."""
        if monotonic() - self._typed_at < QUIET_SECONDS:
            return
        if self._has_closed:
            self._has_closed = False
            gc.collect()
        elif gc.get_count()[0] > WORTH_A_LOOK:
            gc.collect(1)
        else:
            return
        _give_back()


def _give_back() -> None:
    """To the machine, what this process keeps between things that are still there; half a millisecond.

    What is read for a count or a report comes and goes by the ten megabytes.
    """
    import ctypes  # nothing before the first list is seen waits for it

    if trim := getattr(ctypes.CDLL(None), "malloc_trim", None):  # of glibc alone
        trim(0)
