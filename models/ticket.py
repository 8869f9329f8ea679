"""A fair queue in front of SQLite's writer.

SQLite's own waiting polls: with fifty writers a lucky process wins hundreds of times while another waits five seconds.
The kernel queues those who wait for an exclusive `flock`, so a ticket is taken on a side file first. Never lock or even
open the store's own files for this: closing any descriptor of them drops this process's SQLite locks.
"""

from __future__ import annotations

import fcntl
import gc
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from models.errors import StoreUnavailable

_threads = threading.RLock()
"""`flock` is per process; threads of one process queue here."""
_depth = 0
_met_others = False


def ticket_path(store: Path) -> Path:
    """The side file of the store at `store`; it holds the process id of the last writer."""
    return store.with_name(store.name + ".writer")


@contextmanager
def writer_ticket(store: Path) -> Iterator[None]:
    """Hold the right to write; nests within a thread."""
    global _depth, _met_others
    with _threads:
        if _depth:
            yield
            return
        descriptor = _open(ticket_path(store))
        with uncollected():  # it takes thirty milliseconds, in which nobody could write
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX)
                ours = f"{os.getpid():<20}\n".encode()
                _met_others = os.pread(descriptor, len(ours), 0) not in (ours, b"")
                os.pwrite(descriptor, ours, 0)
                _depth = 1
                yield
            finally:
                _depth = 0
                os.close(descriptor)


def met_others() -> bool:
    """Whether another process had written since this one did, when it last took the ticket."""
    return _met_others


@contextmanager
def uncollected() -> Iterator[None]:
    """Python does not look through all its objects meanwhile, as it does now and then by itself."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _open(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise StoreUnavailable(f"The store cannot be written: {path}: {error.strerror}.") from error
