"""Reading and folding a long file in a process of its own, while this one writes what is ready.

Working out what a row becomes takes longer than writing it, and neither can go on in threads. So a copy of this process
reads on and hands over chunk after chunk; it never touches the store, and ends with whoever waits for it.
"""

from __future__ import annotations

import fcntl
import gc
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from functools import partial
from itertools import islice
from multiprocessing.connection import Connection, Pipe
from typing import Any, NoReturn

from models import clock
from models.dataclass import dataclass
from models.errors import Misused, StoreUnavailable
from models.imported import RawRow, ReadRow
from models.operations.new_cases import NewCase
from models.operations.told_rows import ToldRows
from models.tables import database

ALONE = 400
"""Rows, of a whole number of chunks, that are folded here: a short file is not worth a process."""
PIPE_BYTES = 1024 * 1024
"""Room for a chunk, so that the next one is begun before this one is taken; Linux gives nobody more unasked."""
BEHIND_OTHERS = 10
"""Steps of the scheduler: people's keys and writes come first where there are fewer cores than work."""

ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

Fold = Callable[[ReadRow, datetime], NewCase | ReadRow]
Packed = tuple[dict[str, object], tuple[Any, ...], ToldRows] | ReadRow
"""What is left of a case; as an object it would take three times as long to send."""


@dataclass(slots=True)
class Chunk:
    rows: list[NewCase | ReadRow]
    """Those that were rejected stay as they were read."""
    now: datetime
    """When they were folded, which is when they count as recorded."""


def chunks(rows: Iterable[ReadRow], fold: Fold, size: int, *, may_fork: bool) -> Iterator[Chunk]:
    """The rows, folded, so many at a time."""
    stream = iter(rows)
    folded = _folded(stream, fold, size)
    yield from islice(folded, ALONE // size)
    if may_fork and _can_fork():
        yield from _from_another_process(folded)
    else:
        yield from folded


def _folded(stream: Iterator[ReadRow], fold: Fold, size: int) -> Iterator[Chunk]:
    while read := list(islice(stream, size)):
        now = clock.now()
        yield Chunk([fold(row, now) for row in read], now)


def _can_fork() -> bool:
    """A copy has one thread, whatever the others held; and whoever writes holds locks that it would hold too."""
    is_of_use = (os.cpu_count() or 1) > 1
    return is_of_use and threading.active_count() == 1 and not database.in_transaction()


def _from_another_process(folded: Iterator[Chunk]) -> Iterator[Chunk]:
    ours, theirs = Pipe(duplex=False)
    if sys.platform == "linux":
        with suppress(OSError):  # where less is allowed it only takes longer
            fcntl.fcntl(theirs.fileno(), fcntl.F_SETPIPE_SZ, PIPE_BYTES)
    # Held back meanwhile: a copy that is interrupted before it knows that it is one would clear away what is ours.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDS)
    child = os.fork()
    if child == 0:
        _send(folded, ours, theirs)
    try:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        theirs.close()
        yield from iter(partial(_received, ours), None)  # holds none of them longer than it is looked at
    finally:
        ours.close()
        os.kill(child, signal.SIGKILL)  # it has nothing to put in order
        os.waitpid(child, 0)


def _received(pipe: Connection) -> Chunk | None:
    try:
        now, folded = pickle.loads(pipe.recv_bytes())  # noqa: S301 - from our own copy
    except EOFError:
        raise StoreUnavailable("The process that reads the file is gone; import it again, what is in stays.") from None
    if isinstance(now, BaseException):
        raise now
    return now and Chunk(_unpacked(folded), now)


def _unpacked(folded: list[Packed]) -> list[NewCase | ReadRow]:
    found: list[NewCase | ReadRow] = []
    for each in folded:
        if isinstance(each, tuple):
            raw, values, rows = each
            found.append(NewCase(RawRow(rows.number, raw), values, rows, None))
        else:
            found.append(each)
    return found


def _packed(chunk: Chunk) -> bytes:
    folded = [(each.raw.values, each.values, each.rows) if isinstance(each, NewCase) else each for each in chunk.rows]
    return pickle.dumps((chunk.now, folded))


def _send(folded: Iterator[Chunk], ours: Connection, pipe: Connection) -> NoReturn:
    """All that the copy ever does."""
    try:
        ours.close()
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever waits is told too, and ends both
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDS)
        os.nice(BEHIND_OTHERS)  # the process that writes waits for nobody: it may hold what all others wait for
        gc.freeze()
        gc.disable()  # hardly anything here hangs in a ring: looked for between chunks, it costs a tenth less
        with _Ending(pipe):
            while (chunk := next(folded, None)) is not None:
                sent = _packed(chunk)
                del chunk  # whatever still stands would be looked through
                pipe.send_bytes(sent)
                gc.collect(1)
    finally:
        os._exit(0)


class _Ending:
    """Tells whoever waits how it ended: well, or by what. Only the words of what is no error of ours can be told."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, fault: BaseException | None, trace: object) -> None:
        if isinstance(fault, BrokenPipeError):
            return  # nobody waits any longer
        if fault is not None and not isinstance(fault, Misused | OSError):
            fault = RuntimeError(f"{type(fault).__name__}: {fault}")
        self._pipe.send_bytes(pickle.dumps((fault, [])))
