"""Standard input, output and error as this process found them: perhaps closed, in another encoding, or full."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from io import TextIOWrapper


def steady() -> None:
    """UTF-8 whatever the locale says, and three streams even where one was closed.

    A sign that the locale lacks would end a command half-way. A missing stream would, as a number, go to the next file
    that is opened, which is the store.
    """
    for number in range(3):
        with suppress(OSError):
            os.fstat(number)
            continue
        os.open(os.devnull, os.O_RDWR)
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115
        elif isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="strict" if name == "stdin" else "backslashreplace")


def tell(sentence: str) -> None:
    """Say it on standard error; where nobody listens, the exit status has to do."""
    with suppress(OSError):
        print(sentence, file=sys.stderr, flush=True)
