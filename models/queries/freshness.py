"""Whether somebody else has changed the store since we last looked, without asking it while nobody has.

SQLite's own number of foreign commits costs no query (the file's time does not move under WAL). PostgreSQL sends a
notification with each commit that concerns others; it waits at the connection until we look.
"""

from __future__ import annotations

from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

from models import database
from models.dataclass import dataclass
from models.tables import database as connection

MOST_EVENTS = 200
"""Of more it is not worth telling what they touch."""
NOTIFY, LISTEN = "NOTIFY desk", "LISTEN desk"


@dataclass(frozen=True, slots=True)
class Mark:
    """Compare it with an earlier one, nothing else."""

    commits: tuple[int, int]
    """Moves when another connection has committed anything, a draft or a visit too."""
    event: int
    """The last event: moves when a case, or anything else that has a history, has changed."""


@dataclass(slots=True)
class _Line:
    """A connection to the store, as we listen on it."""

    number: int
    """One that is new may have missed something, so its mark is another."""
    heard: int = 0
    """Notifications of PostgreSQL."""


_lines: WeakKeyDictionary[Any, _Line] = WeakKeyDictionary()
_numbers = count(1)


def mark(before: Mark | None) -> Mark:
    """How the store stands now. On SQLite one pragma, on PostgreSQL no word to the server where nothing came."""
    commits = _foreign_commits()
    if before is not None and before.commits == commits:
        return before
    last = connection.execute_sql("SELECT COALESCE(MAX(seq), 0) FROM event").fetchone()[0]
    return Mark(commits, int(last))


def touched(since: int) -> dict[int, set[str]] | None:
    """The cases of which something was done after the event `since`, and what; None where it is about more than some
    cases, such as a policy."""
    asked = "SELECT dispute_id, verb FROM event WHERE seq > ? ORDER BY seq LIMIT ?"
    asked = asked if database.is_sqlite() else asked.replace("?", "%s")
    rows = connection.execute_sql(asked, (since, MOST_EVENTS + 1)).fetchall()
    if len(rows) > MOST_EVENTS or any(case is None for case, _ in rows):
        return None
    found: dict[int, set[str]] = {}
    for case, verb in rows:
        found.setdefault(case, set()).add(verb)
    return found


def tell_others() -> None:
    """Inside a transaction: sessions on PostgreSQL hear of it when it commits; on SQLite they see it by themselves."""
    if not database.is_sqlite():
        connection.execute_sql(NOTIFY)


def _foreign_commits() -> tuple[int, int]:
    driver = connection.connection()
    line = _lines.get(driver)
    if line is None:
        line = _lines[driver] = _Line(next(_numbers))
        if not database.is_sqlite():
            connection.execute_sql(LISTEN)
    if database.is_sqlite():
        return line.number, int(connection.execute_sql("PRAGMA data_version").fetchone()[0])
    line.heard += sum(1 for _ in driver.notifies(timeout=0))
    return line.number, line.heard
