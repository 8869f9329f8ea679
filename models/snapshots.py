"""The whole store as it stood at one moment, taken beside whoever writes; where the two engines differ in that.

SQLite writes the copy itself, in one transaction: a copy by steps would start again with every write of another.
PostgreSQL's own tool does it, on the snapshot of a transaction of ours, so that what we read beside it is the same.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import apsw

from models import database as door
from models.backup_file import POSTGRES, SQLITE
from models.dataclass import dataclass
from models.errors import StoreUnavailable
from models.queries.intakes import PLACE
from models.rules.intake import intake_from
from models.tables import database

# The driver takes one of each two percent signs away.
_EMPTY = """
DO $$ DECLARE each RECORD; BEGIN
  FOR each IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP
    EXECUTE format('DROP TABLE IF EXISTS %%I CASCADE', each.tablename);
  END LOOP;
  FOR each IN SELECT oid::regprocedure AS name FROM pg_proc WHERE pronamespace = current_schema()::regnamespace LOOP
    EXECUTE format('DROP FUNCTION IF EXISTS %%s CASCADE', each.name);
  END LOOP;
END $$
"""
_HEAD = "SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1"
_FILES = "SELECT DISTINCT sha256 FROM evidence WHERE sha256 IS NOT NULL"
_DRAFTS = "SELECT place, body FROM draft"
Rows = Callable[[str], Iterable[Any]]


@dataclass(frozen=True, slots=True)
class Snapshot:
    path: Path
    events: int
    head: str
    files: list[str]
    """The contents that it names, in order."""


@contextmanager
def snapshot(folder: Path) -> Iterator[Snapshot]:
    """The open store, as a file in `folder`. Raises StoreUnavailable."""
    if door.is_sqlite():
        path = folder / SQLITE
        database.execute_sql("VACUUM INTO ?", (str(path),))
        with closing(apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)) as reader:
            found = _described(path, reader.execute)
        yield found
        return
    path = folder / POSTGRES
    with database.atomic():
        database.execute_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        (name,) = database.execute_sql("SELECT pg_export_snapshot()").fetchone()
        found = _described(path, lambda statement: database.execute_sql(statement).fetchall())
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={name}", f"--file={path}")
    yield found


def check_tool(name: str) -> str:
    """Where the program of PostgreSQL is. Raises StoreUnavailable where it is not."""
    found = shutil.which(name)
    if found is None:
        raise StoreUnavailable(
            f"A store on PostgreSQL is kept and restored by {name}, which is not in the PATH: install "
            "PostgreSQL's client programs (on Debian 'apt install postgresql-client')."
        )
    return found


def load_dump(dump: Path) -> None:
    """Make everything in the dump in the open, empty database, or nothing. Raises StoreUnavailable."""
    _run("pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", str(dump))


def check_empty() -> None:
    """Raise StoreUnavailable where the open database of PostgreSQL holds tables of anybody."""
    tables = database.get_tables()
    if tables:
        raise StoreUnavailable(
            f"The database {door.current().shown} holds tables already, such as {sorted(tables)[0]}: a store is "
            "restored into an empty one."
        )


def empty() -> None:
    """Take everything out of the open database of PostgreSQL, which was empty before we filled it."""
    database.execute_sql(_EMPTY)


def mark_half_restored() -> None:
    """Nobody takes the open database for a store until `mark_restored`, whatever becomes of this process.

    The table is that of `database.HALF_RESTORED`.
    """
    database.execute_sql("CREATE TABLE restore_under_way ()")


def mark_restored() -> None:
    """Within the transaction that writes down that it was."""
    database.execute_sql("DROP TABLE restore_under_way")


def _described(path: Path, rows: Rows) -> Snapshot:
    ((events, head),) = [*rows(_HEAD)] or [(0, "")]
    files = {row[0] for row in rows(_FILES)}
    for place, body in rows(_DRAFTS):
        if place.startswith(PLACE):
            files |= _of_draft(json.loads(body))
    return Snapshot(path, events, head, sorted(files))


def _of_draft(body: Any) -> set[str]:
    return {piece.sha256 for piece in intake_from(body if isinstance(body, dict) else {}).shown}


def _run(program: str, *words: str) -> None:
    """The password goes by the environment: a command line is everybody's to read."""
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    place = door.current()
    values: dict[str, Any] = dict(conninfo_to_dict(place.url))
    environment = {**os.environ, **({"PGPASSWORD": password} if (password := values.pop("password", "")) else {})}
    done = subprocess.run(  # noqa: S603 - no shell; the program is PostgreSQL's, the words are ours
        [check_tool(program), f"--dbname={make_conninfo('', **values)}", *words],
        env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip().partition("\n")[0]
        raise StoreUnavailable(f"{program} could not finish on {place.shown}: {said or done.returncode}.")
