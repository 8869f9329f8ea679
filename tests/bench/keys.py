"""What a key costs in the list: one line, a line that scrolls, a page, the end; and opening a case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import mean

from tests.bench.figure import Figure, Pair, compared, pair, percentile, shown
from tests.bench.seat import DOWN, ENTER, NARROW, PAGE_DOWN, PAGE_UP, WIDE, Answer, Seat, its, ours
from tests.bench.store import Store

ROUNDS = 3
INSIDE, TO_EDGE, BEYOND, PAGES, ENDS, OPENINGS = 16, 18, 14, 4, 2, 3


@dataclass(frozen=True, slots=True)
class Walk:
    """The answers to each kind of key."""

    inside: list[Answer]
    scrolled: list[Answer]
    paged: list[Answer]
    ended: list[Answer]
    opened: list[Answer]
    left: list[Answer]


NAMES = {
    "scrolled": ("cursor key over the page's edge", "≤ 0.5, ≤ 8,500 B"),
    "paged": ("page down, page up", "≤ 1"),
    "ended": ("to the end, to the beginning", "≤ 1"),
    "opened": ("opening a case", "≤ 1, ≤ 50 ms"),
    "left": ("going back by a key", "≤ 1"),
}


def figures(store: Store) -> Iterator[Figure]:
    wide = [_both(store, WIDE) for _ in range(ROUNDS)]
    yield compared("cursor key, first change p50", _times(wide, "inside", 50), "ms", "≤ 0.5")
    yield compared("cursor key, first change p95", _times(wide, "inside", 95), "ms", "≤ 1")
    yield compared("cursor key, bytes at 120×40", _sizes(wide, "inside"), "B", "≤ 500 B")
    narrow = [_both(store, NARROW)]
    yield compared("cursor key, bytes at 80×24", _sizes(narrow, "inside"), "B", "≤ 400 B")
    for kind, (name, reach) in NAMES.items():
        yield compared(f"{name}, first change p95", _times(wide, kind, 95), "ms", reach)
        sizes = _sizes(wide, kind)
        yield Figure(f"{name}, bytes at 120×40", shown(sizes.ours, "B"), shown(sizes.floor, "B"), sizes.ratio)


def _both(store: Store, size: tuple[int, int]) -> tuple[Walk, Walk]:
    with ours(store, size) as seat:
        seat.until_listed()
        seat.until_quiet()
        seat.press(":")  # keys that come before the prompt is there would be verbs
        seat.terminal.send("all\r")
        seat.terminal.until(lambda lines: "All cases" in lines[0] and seat.cursor() is not None)
        full = _walk(seat)
    with its(store, size) as seat:
        seat.until_listed()
        return full, _walk(seat)


def _walk(seat: Seat) -> Walk:
    seat.until_quiet()
    inside = seat.walk(*[DOWN] * INSIDE)
    seat.walk(*[DOWN] * TO_EDGE)
    scrolled = seat.walk(*[DOWN] * BEYOND)
    seat.walk(seat.ends[1])
    paged = seat.walk(*[PAGE_DOWN, PAGE_UP] * PAGES)
    ended = seat.walk(*seat.ends * ENDS)
    visits = [(seat.press(ENTER), seat.press("q")) for _ in range(OPENINGS)]
    return Walk(inside, scrolled, paged, ended, [each[0] for each in visits], [each[1] for each in visits])


def _times(rounds: list[tuple[Walk, Walk]], kind: str, percent: int) -> Pair:
    def of(walk: Walk) -> float:
        return percentile([each.first_change for each in getattr(walk, kind)], percent)

    return pair([(of(full), of(small)) for full, small in rounds])


def _sizes(rounds: list[tuple[Walk, Walk]], kind: str) -> Pair:
    def of(walk: Walk) -> float:
        answers: list[Answer] = getattr(walk, kind)
        return mean(each.size for each in answers)

    return pair([(of(full), of(small)) for full, small in rounds])
