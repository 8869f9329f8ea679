"""`python -m tests.bench [--cases N] [--only NAME] [--in FOLDER]`: every figure against its floor, as a table."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from importlib import import_module
from pathlib import Path

from tests.bench.figure import Figure
from tests.bench.store import store_of

GROUPS = (
    "start",
    "sessions",
    "walking",
    "keys",
    "held",
    "idle",
    "reading",
    "searching",
    "importing",
    "exporting",
    "commands",
    "sweeping",
    "agents",
)
"""Modules of this folder; each has `figures`."""
HEADINGS = ("", "ours", "floor", "ratio", "reach")


def main() -> None:
    parser = ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000, metavar="N", help="in the store; 10000 unless told")
    parser.add_argument("--only", choices=GROUPS, action="append", metavar="NAME", help=", ".join(GROUPS))
    parser.add_argument("--in", dest="folder", type=Path, metavar="FOLDER", help="keep the store there")
    given = parser.parse_args()
    found: list[Figure] = []
    with store_of(given.cases, given.folder) as store:
        for name in given.only or GROUPS:
            print(f"{name} …", file=sys.stderr, flush=True)
            found += import_module(f"tests.bench.{name}").figures(store)
    print(table(found))


def table(figures: list[Figure]) -> str:
    rows = [
        (each.what, each.ours, each.floor, "" if each.ratio is None else f"{each.ratio:.2f}×", each.reach)
        for each in figures
    ]
    widths = [max(map(len, column)) for column in zip(HEADINGS, *rows, strict=True)]
    rule = ["-" * width for width in widths]
    return "\n".join(
        f"| {' | '.join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))} |"
        for line in (HEADINGS, rule, *rows)
    )


if __name__ == "__main__":
    main()
