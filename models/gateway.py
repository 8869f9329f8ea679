"""The one thread that talks to the store, for a process that must not wait for it.

Connections belong to threads, and a thread that runs cannot be stopped: so a session has one of each. What is handed
in runs in order; a read that nobody waits for any longer is dropped before it starts, a write never is.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from typing import Any, TypeVar

from models import database
from models.errors import NotAllowed, StoreUnavailable

Answer = TypeVar("Answer")

BETWEEN_STATEMENTS_SECONDS = 0.02
"""An interruption that comes just before a statement does nothing to it."""


class Gateway:
    """A session's way to the store at `url`. The store is opened by the first thing that asks for it."""

    def __init__(self, url: str, refused: Callable[[NotAllowed], None] = lambda refusal: None) -> None:
        self.url = url
        self._refused = refused
        """Called in this thread where somebody asked for what they have no right to."""
        self._place = database.location(url)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        self._reads: set[Future[Any]] = set()
        self._guard = threading.Lock()
        self._is_open = False
        self._interrupt: Callable[[], object] | None = None
        """Ends what the open connection is doing; None where none is open."""
        self._is_abandoned = False
        self._file: tuple[int, int] | None = None
        """Which file the connection stands on; an open one that was moved away would swallow everything."""

    def read(self, question: Callable[[], Answer]) -> Future[Answer]:
        """Ask; the answer or one of `models.errors` comes with the future. Cancelling it drops a read that waits."""
        future = self._thread.submit(self._answer, question, True)
        with self._guard:
            self._reads.add(future)
        future.add_done_callback(self._forget)
        return future

    def write(self, change: Callable[[], Answer]) -> Future[Answer]:
        """Carry out a change. Whoever waits must shield the future: a cancelled one that had not begun is not done."""
        return self._thread.submit(self._answer, change, False)

    def close(self) -> None:
        """Drop the reads that wait, finish the writes, close the connection, end the thread. Blocks."""
        self._end()
        self._thread.shutdown(wait=True)

    def abandon(self) -> None:
        """Close, and cut off what is being read: nobody waits for it, and it may go through a million cases. Blocks."""
        self._is_abandoned = True
        closed = self._end()
        while not wait([closed], timeout=BETWEEN_STATEMENTS_SECONDS).done:
            with self._guard:  # it must not be closed meanwhile
                if self._interrupt is not None:
                    self._interrupt()
        self._thread.shutdown(wait=True)

    def _end(self) -> Future[None]:
        with self._guard:
            waiting = list(self._reads)
        for future in waiting:
            future.cancel()
        return self._thread.submit(self._close)

    def _forget(self, future: Future[Answer]) -> None:
        with self._guard:
            self._reads.discard(future)

    def _answer(self, ask: Callable[[], Answer], may_ask_again: bool) -> Answer:
        try:
            return self._attempt(ask)
        except StoreUnavailable:
            self._close()
            if not may_ask_again or self._is_abandoned:
                raise
        # A server that dropped the session leaves a connection that fails for ever; a write in doubt is not repeated.
        return self._attempt(ask)

    def _attempt(self, ask: Callable[[], Answer]) -> Answer:
        if self._is_open and self._file_there() != self._file:
            self._close()
        with database.translated(self._place):
            if not self._is_open:
                database.open_store(self.url)
                database.hold_little()
                self._is_open, self._file = True, self._file_there()
                self._interrupt = database.interrupter()
            try:
                return ask()
            except NotAllowed as refusal:
                self._refused(refusal)
                raise

    def _file_there(self) -> tuple[int, int] | None:
        """Device and number of the file that has the store's name now; None for a server, and where there is none."""
        if self._place.path is None:
            return None
        with suppress(OSError):
            status = self._place.path.stat()
            return status.st_dev, status.st_ino
        return None

    def _close(self) -> None:
        with self._guard:
            self._is_open, self._interrupt = False, None
        with suppress(StoreUnavailable), database.translated(self._place):
            database.close_store()
