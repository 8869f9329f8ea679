"""Running the command: in this process, which is quick, or as one of its own, which is the truth."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

from console.__main__ import main
from models import clock
from models.database import close_store

ROOT = Path(__file__).parents[2]
NOW = datetime(2024, 3, 25, 12, tzinfo=UTC)
"""Where the present stands for commands within this process: three weeks after the first case."""


@dataclass(frozen=True, slots=True)
class Ended:
    status: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Of JSON Lines."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def object(self) -> Any:
        return json.loads(self.out)

    def refused(self, status: int, *parts: str) -> str:
        """One sentence on standard error, nothing on standard output, this status."""
        assert (self.status, self.out) == (status, ""), self
        assert re.fullmatch(r"disputes: \S.*[.?)]\n", self.err), self.err
        for part in parts:
            assert part in self.err, self.err
        return self.err


Disputes = Callable[..., Ended]
"""`disputes("count", "--format", "json", stdin=…)`, in this process, on a store of the test's own."""


def in_process(
    url: str, *words: str | Path, login: str = "sue", stdin: bytes | str = b"", now: datetime = NOW
) -> Ended:
    """As `login`; the store is closed afterwards, as when a process ends."""
    return looked_at(ran(lambda: main(["--db", url, "--as", login, *map(str, words)]), stdin, now), words)


def ran(entry: Callable[[], int], stdin: bytes | str = b"", now: datetime = NOW) -> Ended:
    """What `entry` returns and says."""
    given = stdin.encode() if isinstance(stdin, str) else stdin
    sides = {"stdout": io.BytesIO(), "stderr": io.BytesIO()}
    with ExitStack() as stack:
        stack.enter_context(clock.stands_at(now))
        for name, buffer in {**sides, "stdin": io.BytesIO(given)}.items():
            stream = io.TextIOWrapper(buffer, "utf-8", newline="" if name in sides else None, write_through=True)
            stack.enter_context(patch.object(sys, name, stream))
        try:
            status = entry()
        finally:
            close_store()
        out, err = (side.getvalue().decode() for side in sides.values())
    return Ended(status, out, err)


def process(*words: str | bytes | Path, stdin: bytes = b"", env: dict[str, str] | None = None) -> Ended:
    """A process of its own, with pipes on all three sides."""
    done = subprocess.run(
        [sys.executable, "-m", "console", *words],
        cwd=ROOT,
        input=stdin,
        capture_output=True,
        env={**os.environ, **(env or {})},
        timeout=120,
        check=False,
    )
    return looked_at(Ended(done.returncode, done.stdout.decode(), done.stderr.decode()), words)


def looked_at(ended: Ended, words: tuple[Any, ...]) -> Ended:
    """Whatever was asked: no traceback, no mistake of ours, and nothing that a terminal would obey."""
    assert "Traceback" not in ended.err and "something went wrong" not in ended.err, ended.err
    assert 0 <= ended.status <= 6, ended
    is_csv = "csv" in words  # text as it is, for programs
    for text in (ended.err, "" if is_csv else ended.out):
        assert not acting(text), repr(text)
    return ended


def acting(text: str) -> list[str]:
    """What acts on a terminal, or hides: all control and format characters but the line break."""
    return [sign for sign in text if sign != "\n" and unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
