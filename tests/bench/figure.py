"""One line of the table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter

UNITS = {"ms": 1000.0, "s": 1.0, "": 1.0}


@dataclass(frozen=True, slots=True)
class Figure:
    what: str
    ours: str
    floor: str = ""
    """What the floor or peer of the same run took; empty where there is none."""
    ratio: float | None = None
    """Ours to the floor, the median of pairs that were measured one after the other."""
    reach: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Medians of rounds, each a measure of ours and of the floor in turn."""

    ours: float
    floor: float
    ratio: float


def alternated(ours: Callable[[], float], floor: Callable[[], float], rounds: int) -> Pair:
    """Ours, floor, floor, ours …: a machine that grows slower is unfair to neither."""
    found: list[tuple[float, float]] = []
    for number in range(rounds):
        if number % 2:
            second = floor()
            found.append((ours(), second))
        else:
            found.append((ours(), floor()))
    return pair(found)


def pair(found: Sequence[tuple[float, float]]) -> Pair:
    return Pair(
        median(each[0] for each in found),
        median(each[1] for each in found),
        median(each[0] / each[1] if each[1] else 0.0 for each in found),
    )


def compared(what: str, measured: Pair, unit: str, reach: str = "") -> Figure:
    return Figure(what, shown(measured.ours, unit), shown(measured.floor, unit), measured.ratio, reach)


def shown(value: float, unit: str) -> str:
    """Seconds as `ms` or `s`; anything else as it is."""
    value *= UNITS.get(unit, 1.0)
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:,.{0 if unit in ('B', '/s') else digits}f} {unit}".strip()


def seconds(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


def percentile(values: Sequence[float], percent: int) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]
