"""Twenty people log in within the same second, on one store: when each sees a list, and the memory that each takes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from selectors import EVENT_READ, DefaultSelector
from statistics import median
from time import monotonic

from tests.bench.figure import Figure, Pair, compared, pair
from tests.bench.seat import WIDE, Seat, its, ours
from tests.bench.start import memory
from tests.bench.store import Store

SESSIONS = 20
ROUNDS = 3
QUIET_SECONDS = 2.0
"""Without a byte from any of them."""
OUR_LIST, ITS_LIST = b"enter", b"seller 30"
"""What is on the screen when a list is; reading the bytes as a terminal would takes longer than to paint them."""

Opened = Callable[[Store, tuple[int, int]], AbstractContextManager[Seat]]


def figures(store: Store) -> Iterator[Figure]:
    rounds = [(_twenty(ours, store, OUR_LIST), _twenty(its, store, ITS_LIST)) for _ in range(ROUNDS)]
    yield compared("20 log-ins in the same second: median to the list", _of(rounds, 0), "s", "≤ 1.15")
    yield compared("memory of each of twenty sessions (PSS)", _of(rounds, 1), "MiB", "≤ 32 MiB")


def _twenty(opened: Opened, store: Store, sign: bytes) -> tuple[float, float]:
    """Medians: seconds to the list, MiB when all are quiet."""
    with ExitStack() as stack:
        began = monotonic()
        seats = [stack.enter_context(opened(store, WIDE)) for _ in range(SESSIONS)]
        seconds = [at - began for at in _listed([seat.terminal.descriptor for seat in seats], sign)]
        return median(seconds), median(memory(seat.process_id) for seat in seats)


def _listed(descriptors: Sequence[int], sign: bytes) -> list[float]:
    """When the sign came from each; returns when all are quiet."""
    texts, found = dict.fromkeys(descriptors, b""), dict[int, float]()
    with DefaultSelector() as selector:
        for descriptor in descriptors:
            selector.register(descriptor, EVENT_READ)
        while ready := selector.select(QUIET_SECONDS if len(found) == len(descriptors) else None):
            for key, _ in ready:
                texts[key.fd] += os.read(key.fd, 65_536)
                if sign in texts[key.fd]:
                    found.setdefault(key.fd, monotonic())
    return list(found.values())


def _of(rounds: list[tuple[tuple[float, float], tuple[float, float]]], which: int) -> Pair:
    return pair([(our[which], its[which]) for our, its in rounds])
