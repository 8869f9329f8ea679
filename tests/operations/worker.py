"""A session of its own, in a process of its own: `python -m tests.operations.worker URL LOGIN`.

Says `ready`, then carries out one line after another and says what became of each, before it reads the next.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


class Worker:
    """The other end: a worker that a test talks to."""

    def __init__(self, url: str, login: str) -> None:
        self.login = login
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.operations.worker", url, login],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def hear(self) -> dict[str, Any]:
        """The next answer; empty when the worker is gone."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        answer: dict[str, Any] = json.loads(line) if line.endswith("\n") else {}
        return answer

    def tell(self, verb: str, case: int = 0) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps([verb, case]) + "\n")
        self.process.stdin.flush()

    def end(self) -> None:
        """However it ended, nothing is left of it."""
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                stream.close()


@contextmanager
def workers(url: str, *logins: str) -> Iterator[list[Worker]]:
    """Workers that stand ready."""
    started = [Worker(url, login) for login in logins]
    try:
        for worker in started:
            assert worker.hear() == {"did": "ready"}
        yield started
    finally:
        for worker in started:
            worker.end()


def main(url: str, login: str) -> None:
    from models import database
    from models.errors import Conflict, DeskError
    from tests.operations.work import WORK

    database.open_store(url)
    _say(did="ready")
    for line in sys.stdin:
        verb, case = json.loads(line)
        try:
            _say(did=WORK[verb](login, case))
        except Conflict as conflict:
            _say(refused="Conflict", who=conflict.who)
        except DeskError as error:
            _say(refused=type(error).__name__, why=str(error))


def _say(**answer: object) -> None:
    print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
