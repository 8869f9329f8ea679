"""Commands from their first byte to their exit, against the shortest Python that knows SQLite."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

from models.queries import queue
from tests.bench.figure import Figure, alternated, compared, seconds
from tests.bench.store import LOGIN, Store

ROUNDS = 9
FLOOR = ("-c", "import sqlite3")


def figures(store: Store) -> Iterator[Figure]:
    case = queue.page(queue.VIEWS["in-review"], limit=1).rows[0].case
    for words in (["count"], ["queue", "--limit", "50"], ["show", case]):
        command = ("-m", "console", "--db", store.url, "--as", LOGIN, *words)
        _took(store, *command)  # compiles the modules
        measured = alternated(lambda command=command: _took(store, *command), lambda: _took(store, *FLOOR), ROUNDS)  # type: ignore[misc]
        yield compared(f"disputes {' '.join(words[:1] if words[0] == 'show' else words)}", measured, "ms", "≤ 4")


def _took(store: Store, *arguments: str) -> float:
    return seconds(
        lambda: subprocess.run(
            [sys.executable, *arguments],
            stdout=subprocess.DEVNULL,
            check=True,
            env={**os.environ, **store.environment},
        )
    )
