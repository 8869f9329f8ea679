"""From the command to a list that takes keys, and what that sends; the memory it takes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from time import monotonic

from tests.bench.figure import Figure, Pair, compared, pair
from tests.bench.seat import WIDE, Seat, its, ours
from tests.bench.store import Store

ROUNDS = 5


def figures(store: Store) -> Iterator[Figure]:
    _both(store, 0)  # compiles the modules
    rounds = [_both(store, number) for number in range(ROUNDS)]
    yield compared("start to ready for keys", _of(rounds, 0), "ms", "≤ 1.15")
    yield compared("bytes at start, 120×40", _of(rounds, 1), "B", "≤ 0.5")
    yield compared("memory of a session (PSS)", _of(rounds, 2), "MiB", "≤ 1.25")


def _both(store: Store, number: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    if number % 2:
        second = _small(store)
        return _full(store), second
    return _full(store), _small(store)


def _full(store: Store) -> tuple[float, ...]:
    began = monotonic()
    with ours(store, WIDE) as seat:
        return _started(seat, began)


def _small(store: Store) -> tuple[float, ...]:
    began = monotonic()
    with its(store, WIDE) as seat:
        return _started(seat, began)


def _started(seat: Seat, began: float) -> tuple[float, ...]:
    """Seconds until a key moved the cursor, bytes until then, MiB afterwards."""
    seat.until_listed()
    seat.until_moved()
    seconds, size = monotonic() - began, len(seat.terminal.received)
    seat.until_quiet()
    return seconds, size, memory(seat.process_id)


def _of(rounds: list[tuple[tuple[float, ...], tuple[float, ...]]], which: int) -> Pair:
    return pair([(full[which], small[which]) for full, small in rounds])


def memory(process_id: int, kind: str = "Pss") -> float:
    """MiB of a process, its share of what it shares with others; or another line of the kernel's."""
    for line in Path(f"/proc/{process_id}/smaps_rollup").read_text().splitlines():
        if line.startswith(f"{kind}:"):
            return int(line.split()[1]) / 1024
    raise LookupError(process_id)
