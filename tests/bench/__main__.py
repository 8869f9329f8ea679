"""Every figure against its floor, as a table: `python -m tests.bench [--cases N …] [--only NAME] [--in FOLDER]`.

With several sizes of the store a line shows what each came to, and how the last stands to the first.
"""

from __future__ import annotations

import re
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from tests.bench.figure import Figure
from tests.bench.store import store_of

GROUPS = {
    "start": True,
    "sessions": True,
    "walking": True,
    "keys": True,
    "held": False,
    "idle": True,
    "reading": True,
    "searching": True,
    "importing": False,
    "exporting": True,
    "commands": True,
    "sweeping": True,
    "agents": False,
}
"""Modules of this folder; each has `figures`. Whether they have to do with how many cases the store has."""
HEADINGS = ("", "ours", "floor", "ratio", "reach")
COUNTS = re.compile(r"^[\d,]+ (?=decisions)| \(.*?\)|: [\d,]+ steps.*")
"""What a line's name says of one store alone."""
AMOUNT = re.compile(r"([\d,.]+) (ms|s|B|MiB|/s|%)")
IN_BASE = {"ms": 0.001}


def main() -> None:
    parser = ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument(
        "--cases", type=int, default=[10_000], metavar="N", nargs="+", help="in the store; 10000 unless told"
    )
    parser.add_argument("--only", choices=GROUPS, action="append", metavar="NAME", help=", ".join(GROUPS))
    parser.add_argument("--in", dest="folder", type=Path, metavar="FOLDER", help="keep the stores there")
    given = parser.parse_args()
    runs: list[dict[str, list[Figure]]] = []
    for number, cases in enumerate(given.cases):
        with store_of(cases, given.folder) as store:
            found: dict[str, list[Figure]] = {}
            for name in given.only or GROUPS:
                if GROUPS[name] or not number:
                    print(f"{cases:,}: {name} …", file=sys.stderr, flush=True)
                    found[name] = list(import_module(f"tests.bench.{name}").figures(store))
            runs.append(found)
    if len(runs) == 1:
        print(table([each for figures in runs[0].values() for each in figures]))
    else:
        print(growth(given.cases, runs))


def table(figures: Sequence[Figure]) -> str:
    return _aligned(HEADINGS, [(each.what, each.ours, each.floor, _ratio(each.ratio), each.reach) for each in figures])


def growth(sizes: Sequence[int], runs: Sequence[dict[str, list[Figure]]]) -> str:
    """Lines of several sizes, side by side. Whatever has to do with none of them stands in the first column alone."""
    rows = []
    for name, figures in runs[0].items():
        for place, first in enumerate(figures):
            line = [first, *(run[name][place] for run in runs[1:] if place < len(run.get(name, ())))]
            cells = [f"{each.ours}{_ratio(each.ratio, ', ')}" for each in line]
            cells += [""] * (len(sizes) - len(cells))
            rows.append((COUNTS.sub("", first.what), *cells, _grown(line), first.reach))
    return _aligned(("", *(f"{size:,} cases" for size in sizes), "growth", "reach"), rows)


def _grown(line: Sequence[Figure]) -> str:
    """The last to the first: by their ratios to the floors, which a slow hour hardly changes; else as they are."""
    first, last = line[0], line[-1]
    if first is last:
        return ""
    if first.ratio and last.ratio:
        return _ratio(last.ratio / first.ratio)
    before, after = AMOUNT.match(first.ours), AMOUNT.match(last.ours)
    if before is None or after is None or not _base(before):
        return ""
    return _ratio(_base(after) / _base(before))


def _base(amount: re.Match[str]) -> float:
    return float(amount[1].replace(",", "")) * IN_BASE.get(amount[2], 1.0)


def _ratio(value: float | None, lead: str = "") -> str:
    return "" if value is None else f"{lead}{value:.2f}×"


def _aligned(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(headings, *rows, strict=True)]
    rule = ["-" * width for width in widths]
    return "\n".join(
        f"| {' | '.join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))} |"
        for line in (headings, rule, *rows)
    )


if __name__ == "__main__":
    main()
