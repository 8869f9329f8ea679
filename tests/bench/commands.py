"""Commands from their first byte to their exit, against the shortest Python that knows SQLite."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from models.queries import queue
from tests.bench.figure import Figure, alternated, compared, seconds
from tests.bench.store import LOGIN, Store

ROUNDS = 9
FLOOR = ("-c", "import sqlite3")


def figures(store: Store) -> Iterator[Figure]:
    case = queue.page(queue.VIEWS["in-review"], limit=1).rows[0].case
    yield _compared(store, store.url, "--version")
    yield _compared(store, store.url, "--help")
    yield _compared(store, store.url, "count")
    yield _compared(store, store.url, "queue", "--limit", "50")
    yield _compared(store, store.url, "show", case)
    url = f"sqlite:///{store.folder / 'written.db'}"
    _took(store, *_command(url, "init"))
    _took(store, *_command(url, "import", str(_file(store))))
    yield _compared(store, url, "note", "C1", "A look.")


def _file(store: Store) -> Path:
    """Cases to write a note to."""
    path = store.folder / "cases.csv"
    rows = (f"D-{number},O-{number},2026-03-01T09:00:00Z,B-1,S-1,not_received/lost,10.00,USD" for number in range(9))
    path.write_text("\n".join(["case_ref,order_ref,opened_at,buyer_ref,seller_ref,reason,amount,currency", *rows]))
    return path


def _compared(store: Store, url: str, *words: str) -> Figure:
    command = _command(url, *words)
    _took(store, *command)  # compiles the modules
    measured = alternated(lambda: _took(store, *command), lambda: _took(store, *FLOOR), ROUNDS)
    name = " ".join(words[:1] if words[0] in ("show", "note") else words)
    return compared(f"disputes {name}", measured, "ms", "≤ 4")


def _command(url: str, *words: str) -> tuple[str, ...]:
    return ("-m", "console", "--db", url, "--as", LOGIN, *words)


def _took(store: Store, *arguments: str) -> float:
    return seconds(
        lambda: subprocess.run(
            [sys.executable, *arguments],
            stdout=subprocess.DEVNULL,
            check=True,
            env={**os.environ, **store.environment},
        )
    )
