"""The way of bytes to the terminal: at once while it takes them, and by a thread that may wait when it does not.

A frame that only another thread may send is on its way up to half a millisecond after it is made.
"""

from __future__ import annotations

import os
from contextlib import suppress
from io import TextIOWrapper


class Outlet:
    """A terminal's file, for one thread that must not wait and one that may."""

    def __init__(self, file: TextIOWrapper) -> None:
        self._file = file
        self._own = -1
        """The terminal opened once more: whoever shares the file with us goes on waiting."""
        with suppress(OSError):
            self._own = os.open(os.ttyname(file.fileno()), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
        self._rest = b""
        self._handed = self._written = self._gone = 0
        """Texts that the thread was given, has written, and has sent off."""

    def at_once(self, text: str) -> str | None:
        """Send without waiting; what is to be given to the thread, perhaps an empty text, or None where all is sent.

        Nothing overtakes what the thread still holds.
        """
        if self._own >= 0 and self._handed == self._gone:
            data = text.encode("utf-8", "backslashreplace")
            with suppress(OSError):  # it takes nothing, or is gone: the thread finds out
                sent = os.write(self._own, data)
                if sent == len(data):
                    return None
                text, self._rest = "", data[sent:]
        self._handed += 1
        return text

    def write(self, text: str) -> None:
        """The thread's; waits for the terminal."""
        if self._rest:
            self._file.buffer.write(self._rest)
            self._rest = b""
        self._file.write(text)
        self._written += 1

    def flush(self) -> None:
        self._file.flush()
        self._gone = self._written

    def fileno(self) -> int:
        return self._file.fileno()

    def isatty(self) -> bool:
        return self._file.isatty()
