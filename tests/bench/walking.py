"""A session's memory over an agent's hour in keys: the same round again and again, each time at other cases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.bench.figure import Figure, shown
from tests.bench.seat import DOWN, ENTER, ESCAPE, PAGE_DOWN, PAGE_UP, WIDE, Seat, ours
from tests.bench.start import memory
from tests.bench.store import Store

LAPS = 4
SORTS = ("amount", "-opened", "-case")
QUERIES = ("is:overdue", "amount>100 is:open", "parcel", '"not arrive"')
VIEWS = ("in-review", "unassigned", "mine")
BESIDE = ("w", "V", "?", "1", "2", "m", "o")
"""What is looked into from a case, in turn: reasons, evidence, help, the parties, and two forms."""
END, HOME, RIGHT, TAB = "\x1b[F", "\x1b[H", "\x1b[C", "\t"
RESTED_SECONDS = 4.0
"""Longer than the console waits before it throws away what was closed."""
OWN = "Anonymous"
"""What is mapped from files is shared with whatever else runs, and changes with it."""


def figures(store: Store) -> Iterator[Figure]:
    with ours(store, WIDE) as seat:
        walk = Walk(seat)
        seat.until_listed()
        start = walk.memory()
        laps = [walk.lap(number) for number in range(LAPS)]
    first, last = laps[0], laps[-1]
    through, after = "own memory after a lap through all screens", f"the same after {LAPS} laps, {walk.keys:,} keys"
    yield Figure(through, shown(first, "MiB"), shown(start, "MiB"), first / start)
    yield Figure(after, shown(last, "MiB"), shown(first, "MiB"), last / first, "≤ 1.1")


class Walk:
    """Begins and ends in the queue."""

    def __init__(self, seat: Seat) -> None:
        self._seat = seat
        self.keys = 0

    def memory(self) -> float:
        """MiB of its own when it is quiet."""
        self._seat.until_quiet(RESTED_SECONDS)
        return memory(self._seat.process_id, OWN)

    def lap(self, number: int) -> float:
        """The memory after it."""
        self._through_lists(number)
        for view in (":all is:closed", ":approvals", ":all"):
            self._type(view)
            self._press(*[PAGE_DOWN] * number)
            for beside in BESIDE:
                self._through_case(beside)
        self._type(":mine state:in_review")
        with self._inside("d", "decision"):
            self._press(DOWN, TAB, ESCAPE)
        with self._inside("0", "The room"):
            self._press(*[DOWN] * 4, PAGE_DOWN, "q")
        with self._inside("3", "Late sellers"):
            self._press(DOWN, PAGE_DOWN, "q")
        with self._inside("4", "Policy"):
            self._press(PAGE_DOWN, "q")
        self._press("5")
        with self._inside(ENTER, "Decisions"):
            self._press(*[PAGE_DOWN] * 4, RIGHT, "q")
        return self.memory()

    def _through_lists(self, number: int) -> None:
        self._type(":all")
        self._press(*[DOWN] * 40, *[PAGE_DOWN] * 6, *[PAGE_UP] * 6, END, *[PAGE_UP] * 4, HOME)
        for sort in SORTS:
            self._type(f":sort {sort}")
            self._press(*[PAGE_DOWN] * (2 + number))
        for query in QUERIES:
            self._type(f"/{query}")
            self._press(*[DOWN] * 5, ESCAPE)
        for view in VIEWS:
            self._type(f":{view}")
            self._press(*[DOWN] * 3)
        self._press("v", DOWN, DOWN, ENTER)

    def _through_case(self, beside: str) -> None:
        self._press(DOWN)
        with self._inside(ENTER, "ball:"):
            self._press(PAGE_DOWN, PAGE_DOWN, PAGE_UP, beside)
            if not self._seat.shows("There is no evidence"):
                self._press(PAGE_DOWN, ESCAPE)
            self._press("]", "]", "q")

    @contextmanager
    def _inside(self, into: str, title: str) -> Iterator[None]:
        """The title is on the top line there, and is not in the list."""
        self._press(into)
        self._seat.terminal.until(lambda lines: title in lines[0])
        yield
        self._seat.terminal.until(lambda lines: title not in lines[0])

    def _press(self, *keys: str) -> None:
        for key in keys:
            self.keys += 1
            self._seat.step(key)

    def _type(self, text: str) -> None:
        self._press(*text, ENTER)
