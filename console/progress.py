"""How far a long piece of work has come: one line on a terminal's standard error, gone when the work is done."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

EVERY_SECONDS = 1.0


@contextmanager
def counted(what: str, total: int | None = None, *, is_shown: bool = True) -> Iterator[Callable[[int], None]]:
    """Call what it gives with the number that is done, as often as you like: the line is rewritten once a second."""
    if not (is_shown and sys.stderr.isatty()):
        yield lambda count: None
        return
    whole = "" if total is None else f" of {total:,}"
    written_at = float("-inf")

    def show(count: int) -> None:
        nonlocal written_at
        if time.monotonic() - written_at >= EVERY_SECONDS:
            written_at = time.monotonic()
            _write(f"\r\x1b[K{what}: {count:,}{whole}")

    show(0)
    try:
        yield show
    finally:
        _write("\r\x1b[K")


def _write(text: str) -> None:
    with suppress(OSError):  # a terminal that is gone stops no work
        print(text, end="", file=sys.stderr, flush=True)
