"""Opening, making and migrating a store; the only module that knows how the two engines differ at the door."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import peewee
from playhouse.apsw_ext import APSWDatabase

from models import migrating
from models.errors import Misused, StoreUnavailable
from models.tables import Meta, database
from models.ticket import writer_ticket

APPLICATION_ID = 1146310740
"""Marks a SQLite file as ours: DSPT in ASCII."""
MARK_AS_OURS = "PRAGMA application_id = 1146310740"
OLDEST_SQLITE = (3, 51, 3)
"""Before it, two processes that write and checkpoint at the same moment can lose commits."""
LOCK_TIMEOUT_SECONDS = 5

PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "full",
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "trusted_schema": 0,
    "secure_delete": 1,
    "cache_size": -8000,
    "temp_store": "memory",
    "mmap_size": 0,
    "journal_size_limit": 64 * 1024 * 1024,
}


@dataclass(frozen=True, slots=True)
class Location:
    """Where a store is."""

    url: str
    path: Path | None
    """The file of a SQLite store; None for PostgreSQL."""

    @property
    def is_sqlite(self) -> bool:
        return self.path is not None

    @property
    def shown(self) -> str:
        """The location without a password."""
        return str(self.path) if self.path else re.sub(r"//([^:/@]*):[^@]*@", r"//\1:***@", self.url)


def location(url: str) -> Location:
    """Read a store's URL: `sqlite:///relative`, `sqlite:////absolute` or `postgresql://…`. Raises Misused."""
    if url.startswith("sqlite:///"):
        path = unquote(url.removeprefix("sqlite:///"))
        if path and path != ":memory:":
            return Location(url, Path(path).absolute())
    elif url.startswith(("postgresql://", "postgres://")) and _port_is_sound(url):
        return Location(url, None)
    raise Misused(f"'{url}' is no store: write sqlite:///path or postgresql://user@host/name.")


def _port_is_sound(url: str) -> bool:
    try:
        return urlsplit(url).port is None or True
    except ValueError:
        return False


def open_store(url: str, *, expect_current: bool = True) -> Location:
    """Bind the tables to the store at `url` and connect this thread. Raises StoreUnavailable.

    A store that is not there, is not ours or has another version is refused, and nothing is created.
    """
    place = location(url)
    _bind(place)
    with translated(place):
        if place.path is not None:
            _check_file(place.path)
        database.connect(reuse_if_open=True)
        _check_ours(place)
    if expect_current:
        migrating.check_version(place)
    return place


def create_store(url: str) -> bool:
    """Make the store at `url` with the present shape; False if one is already there. Raises StoreUnavailable."""
    place = location(url)
    if exists(place):
        return False
    _bind(place)
    with translated(place):
        if place.path is not None:
            place.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(place.path, os.O_RDWR | os.O_CREAT, 0o600))
        database.connect(reuse_if_open=True)
        migrating.apply_all(place)
        if place.path is not None:
            database.execute_sql(MARK_AS_OURS)
        Meta.insert(key="digest_key", value=secrets.token_hex(32)).on_conflict_ignore().execute()
    return True


def exists(place: Location) -> bool:
    """Whether a store of ours stands at `place`."""
    if place.path is not None and (not place.path.exists() or place.path.stat().st_size == 0):
        return False
    _bind(place)
    with translated(place):
        database.connect(reuse_if_open=True)
        if place.path is not None:
            _check_ours(place)
            return True
        return bool(database.table_exists("schema_migration"))


def close_store() -> None:
    """Close this thread's connection."""
    if database.obj is not None and not database.is_closed():
        if isinstance(database.obj, APSWDatabase):
            with writer_ticket(Path(database.obj.database)):  # closing the last connection checkpoints
                database.close()
        else:
            database.close()


def current() -> Location:
    """Where the bound store is."""
    engine = database.obj
    if engine is None:
        raise StoreUnavailable("No store is open.")
    if isinstance(engine, APSWDatabase):
        return Location(f"sqlite:///{engine.database}", Path(engine.database))
    return Location(engine.desk_url, None)


def is_sqlite() -> bool:
    """Whether the bound store is SQLite."""
    return isinstance(database.obj, APSWDatabase)


@contextmanager
def translated(place: Location | None = None) -> Iterator[None]:
    """Turn the drivers' errors into ours, with the store's place in the sentence."""
    try:
        yield
    except (peewee.IntegrityError, peewee.ProgrammingError, peewee.DataError):
        raise  # our own mistake, not the store's
    except (peewee.DatabaseError, peewee.InterfaceError) as error:
        raise StoreUnavailable(_sentence(error, place or current())) from error
    except OSError as error:
        where = (place or current()).shown
        raise StoreUnavailable(f"The store {where} cannot be reached: {error.strerror or error}.") from error


def _sentence(error: peewee.PeeweeException, place: Location) -> str:
    said = str(error).splitlines()[0] if str(error) else type(error).__name__
    low = said.lower()
    for sign, sentence in {
        "readonly": "is read-only: nothing was written; check who may write the file and its folder",
        "read-only": "is read-only: nothing was written",
        "busy": "is locked by another program; nothing was written, try again",
        "locked": "is locked by another program; nothing was written, try again",
        "full": "has no room left on its disk; nothing was written",
        "not a database": "is not a store of ours: it is no SQLite file",
        "notadb": "is not a store of ours: it is no SQLite file",
        "malformed": "is damaged; run 'disputes doctor' and restore a backup",
        "cantopen": "cannot be opened; check the path and its permissions",
        "unable to open": "cannot be opened; check the path and its permissions",
    }.items():
        if sign in low:
            return f"The store {place.shown} {sentence}."
    return f"The store {place.shown} cannot be used: {said}."


def _bind(place: Location) -> None:
    if database.obj is not None:
        if current().url == place.url or (place.path is not None and current().path == place.path):
            return
        close_store()
    if place.path is not None:
        if APSWDatabase.server_version < OLDEST_SQLITE:
            raise StoreUnavailable(f"SQLite {APSWDatabase.server_version} is too old: install a newer apsw.")
        engine: Any = APSWDatabase(
            str(place.path),
            pragmas=PRAGMAS,
            timeout=LOCK_TIMEOUT_SECONDS,
            lock_type="IMMEDIATE",
            autoconnect=False,
            flags=_READ_WRITE,
        )
    else:
        engine = _postgres(place.url)
    database.initialize(engine)


_READ_WRITE = 0x2
"""SQLITE_OPEN_READWRITE: a missing file is an error, never a new empty store."""


def _postgres(url: str) -> Any:
    try:
        import psycopg  # noqa: F401
    except ImportError as error:
        raise StoreUnavailable(
            "A store on PostgreSQL needs the extra 'postgres': pip install 'dispute-console[postgres]'."
        ) from error
    from playhouse.db_url import connect

    engine = connect(url, prefer_psycopg3=True, autoconnect=False)
    engine.connect_params.setdefault("connect_timeout", 5)
    engine.connect_params.setdefault("application_name", "disputes")
    # A generic plan cannot use the partial indexes of open cases: eight hundred times slower.
    engine.connect_params.setdefault(
        "options", "-c plan_cache_mode=force_custom_plan -c lock_timeout=5s -c TimeZone=UTC"
    )
    engine.desk_url = url
    return engine


def _check_file(path: Path) -> None:
    if not path.exists():
        raise StoreUnavailable(
            f"There is no store at {path}: make one with 'disputes init', or look around with 'disputes demo'."
        )
    if not path.is_file():
        raise StoreUnavailable(f"{path} is not a file: a SQLite store is one file.")


def _check_ours(place: Location) -> None:
    if place.path is not None:
        if database.execute_sql("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise StoreUnavailable(f"{place.shown} is a SQLite file, but not a store of ours; nothing was changed.")
    elif not database.table_exists("schema_migration"):
        raise StoreUnavailable(
            f"There is no store at {place.shown}: make one with 'disputes init', or look around with 'disputes demo'."
        )
