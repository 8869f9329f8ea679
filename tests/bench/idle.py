"""A session that nobody touches: bytes and processor time, alone and while others work."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from time import monotonic

from models.operations import talking
from models.queries import queue
from tests.bench.figure import Figure
from tests.bench.seat import WIDE, Seat, its, ours
from tests.bench.store import Store

SECONDS = 8


def figures(store: Store) -> Iterator[Figure]:
    case = queue.page(queue.VIEWS["all"], sort="case", limit=1).rows[0].id  # shown on no page that is open
    with ours(store, WIDE) as seat, its(store, WIDE) as small:
        for each in (seat, small):
            each.until_listed()
            each.until_quiet(2.5)
        yield _figure("idle", _rested(seat, small))
        yield _figure("idle, a foreign change each second", _rested(seat, small, lambda: _note(store, case)))


def _figure(what: str, rest: tuple[float, int, float]) -> Figure:
    busy, size, floor = rest
    return Figure(
        what, f"{busy:.2f} % of a core, {size} B", f"{floor:.2f} %", busy / floor if floor else None, "≤ 0.3 %, 0 B"
    )


def _note(store: Store, case: int) -> None:
    talking.note(store.actor, case=case, text="looked at by somebody else")


def _rested(seat: Seat, small: Seat, each_second: object = None) -> tuple[float, int, float]:
    """Percent of a core, bytes, and percent of a core of the smallest program."""
    size, began = len(seat.terminal.received), monotonic()
    before = processor_seconds(seat.process_id), processor_seconds(small.process_id)
    for second in range(1, SECONDS + 1):
        if callable(each_second):
            each_second()
        seat.until_quiet(max(0.0, began + second - monotonic()))
    elapsed = monotonic() - began
    busy = processor_seconds(seat.process_id) - before[0]
    floor = processor_seconds(small.process_id) - before[1]
    return 100 * busy / elapsed, len(seat.terminal.received) - size, 100 * floor / elapsed


def processor_seconds(process_id: int) -> float:
    """Of all threads, to the nanosecond; what `stat` counts in hundredths is too coarse for an idle process."""
    tasks = Path(f"/proc/{process_id}/task").iterdir()
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9
