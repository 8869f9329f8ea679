"""`python -m tests.bench.server [--cases N]`: reading and searching on PostgreSQL, against its driver.

The server is the tests' own, with the room that an installation gives it. What is measured, and by which statements the
floor reads, is that of `reading` and `searching`.
"""

from __future__ import annotations

import re
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import psycopg

from models import clock
from models.database import close_store, open_store
from seed.demo.build import build
from tests.bench import reading, searching
from tests.bench.__main__ import table
from tests.bench.store import LOGIN
from tests.stores import postgres

SETTINGS = postgres.SETTINGS | {"shared_buffers": "512MB", "effective_cache_size": "2GB"}
LIST = ("SELECT value FROM json_each(?)", "SELECT value::bigint FROM jsonb_array_elements_text(?::jsonb)")


def main() -> None:
    parser = ArgumentParser(prog="python -m tests.bench.server", description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000, metavar="N", help="in the store; 10000 unless told")
    given = parser.parse_args()
    programs = postgres.binaries()
    if programs is None:
        sys.exit("There is no PostgreSQL server here: install one, such as Debian's package 'postgresql'.")
    with postgres.server(programs, SETTINGS) as server:
        url = server.url(server.new_database())
        build(url, cases=given.cases, now=clock.now(), login=LOGIN)
        close_store()
        with psycopg.connect(url, autocommit=True) as driver:
            driver.execute("ANALYZE")  # a server does it by itself before long
            open_store(url)
            print(table([*reading.measured(Driver(driver), LOGIN), *searching.measured(LOGIN)]))
            close_store()


class Driver:
    """Asked as SQLite is: its marks of values become PostgreSQL's, and its list of numbers."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def __call__(self, statement: str, values: Sequence[object]) -> list[Any]:
        named = {f"v{place}": value for place, value in enumerate(values, 1)}
        return self._connection.execute(_spelled(statement), named).fetchall()


@lru_cache(maxsize=64)
def _spelled(statement: str) -> bytes:
    """`?2` is the second value, and a `?` the next one."""
    place = 0

    def mark(found: re.Match[str]) -> str:
        nonlocal place
        place += 1
        return f"%(v{found[1] or place})s"

    return re.sub(r"\?([0-9]?)", mark, statement.replace(*LIST)).encode()


if __name__ == "__main__":
    main()
