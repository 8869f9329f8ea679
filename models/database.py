"""Opening, making and migrating a store; the only module that knows how the two engines differ at the door."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, nullcontext, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import apsw
import peewee
from peewee import __exception_wrapper__ as driver_errors_as_ours  # type: ignore[attr-defined]
from playhouse.apsw_ext import APSWDatabase

from models import clock, drivers, migrating, policy_texts
from models.dataclass import dataclass
from models.errors import Misused, StoreUnavailable
from models.file_system import network_file_system
from models.folding import folded
from models.tables import Meta, database
from models.ticket import writer_ticket

APPLICATION_ID = 1146310740
"""Marks a SQLite file as ours: DSPT in ASCII."""
MARK_AS_OURS = "PRAGMA application_id = 1146310740"
OLDEST_SQLITE = (3, 51, 3)
"""Before it, two processes that write and checkpoint at the same moment can lose commits."""
LOCK_TIMEOUT_SECONDS = 5
NOT_THIS_ROLE = "42501"
"""PostgreSQL's own number."""
HALF_RESTORED = "restore_under_way"
"""A table that stands on PostgreSQL until what was restored has been looked at: its own tool ends before that."""

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
    "wal_autocheckpoint": 0,  # it would run within the commit, while others wait: see `models.checkpoint`
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
        if self.path:
            return str(self.path)
        return re.sub(r"(?i)([?&]password=)[^&]*", r"\1***", re.sub(r"//([^:/@]*):[^@]*@", r"//\1:***@", self.url))


def location(url: str) -> Location:
    """Read a store's URL: `sqlite:///relative`, `sqlite:////absolute` or `postgresql://…`. Raises Misused."""
    if url.startswith("sqlite:///"):
        path = url.removeprefix("sqlite:///")
        if "%" in path:
            from urllib.parse import unquote

            path = unquote(path)
        if path and path != ":memory:":
            return Location(url, Path(path).absolute())
    elif url.startswith(("postgresql://", "postgres://")) and _names_a_database(url):
        return Location(url, None)
    raise Misused(f"'{url}' is no store: write sqlite:///path or postgresql://user@host/name.")


def _names_a_database(url: str) -> bool:
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(url)
        return parts.port != 0 and len(parts.path) > 1  # asking for the port also judges it
    except ValueError:
        return False


def open_store(url: str, *, expect_current: bool = True) -> Location:
    """Bind the tables to the store at `url` and connect this thread. Raises StoreUnavailable.

    A store that is not there, is not ours or has another version is refused, and nothing is created.
    """
    place = location(url)
    with translated(place):
        if place.path is not None and not _is_ours(place.path):
            raise StoreUnavailable(_none_at(place))
        _bind(place)
        database.connect(reuse_if_open=True)
        if place.path is None and not _is_made(place):
            raise StoreUnavailable(_none_at(place))
        if expect_current:
            migrating.check_version(place)
            policy_texts.read()
        agree_on_time()
    return place


def hold_little() -> None:
    """Let this thread's connection keep few pages: a session reads lists and cases, and any write of others drops all
    that a connection has kept anyway."""
    if is_sqlite():
        database.execute_sql("PRAGMA cache_size = -2000")


def interrupter() -> Callable[[], object]:
    """What ends, called by any thread, whatever this thread's connection is doing then."""
    connection: Any = database.connection()
    interrupt: Callable[[], object] = connection.interrupt if is_sqlite() else connection.cancel
    return interrupt


def agree_on_time() -> None:
    """Let the present be the bound store's: several hosts work on a server, and no two clocks are alike."""
    if is_sqlite():
        clock.follow(None)
        return
    with translated():
        seconds = database.execute_sql("SELECT extract(epoch FROM clock_timestamp())").fetchone()[0]
    clock.follow(datetime.fromtimestamp(float(seconds), UTC))


def create_store(url: str) -> bool:
    """Make the store at `url` with the present shape; False if one is already there. Raises StoreUnavailable."""
    place = location(url)
    if exists(place):
        return False
    with translated(place):
        if place.path is not None:
            place.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(place.path, os.O_RDWR | os.O_CREAT, 0o600))
        _bind(place)
        with writer_ticket(place.path) if place.path else nullcontext():  # SQLite does not wait to change its journal
            database.connect(reuse_if_open=True)
        with migrating.alone(place), database.atomic():  # a store is made whole or not at all
            is_new = bool(migrating.apply_all())
            if is_new and place.path is not None:
                database.execute_sql(MARK_AS_OURS)
            Meta.insert(key="digest_key", value=os.urandom(32).hex()).on_conflict_ignore().execute()
    return is_new


def exists(place: Location) -> bool:
    """Whether a store of ours stands at `place`. Raises StoreUnavailable for what is something else."""
    with translated(place):
        if place.path is not None:
            return _is_ours(place.path)
        _bind(place)
        database.connect(reuse_if_open=True)
        return _is_made(place)


def is_half_restored(place: Location) -> bool:
    """Whether a restore on PostgreSQL is under way, or was cut off before anybody had looked at what it made."""
    with translated(place):
        _bind(place)
        database.connect(reuse_if_open=True)
        return bool(database.table_exists(HALF_RESTORED))


def _is_made(place: Location) -> bool:
    statement = "SELECT to_regclass('schema_migration'), to_regclass(%s)"
    made, unfinished = database.execute_sql(statement, (HALF_RESTORED,)).fetchone()
    if unfinished is not None:
        raise StoreUnavailable(
            f"A restore into {place.shown} is under way or was cut off: run 'disputes restore' again."
        )
    return made is not None


def close_store() -> None:
    """Close this thread's connection."""
    if database.obj is not None and not database.is_closed():
        with ExitStack() as stack:
            if isinstance(database.obj, APSWDatabase):  # closing the last connection checkpoints
                with suppress(StoreUnavailable):  # a store that cannot be written is closed all the same
                    stack.enter_context(writer_ticket(Path(database.obj.database)))
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
    except (peewee.IntegrityError, peewee.ProgrammingError, peewee.DataError) as error:
        if getattr(error.__cause__ or error.__context__, "sqlstate", "") != NOT_THIS_ROLE:
            raise  # our own mistake, not the store's
        shown = (place or current()).shown
        raise StoreUnavailable(
            f"The store {shown} does not let this account do that: docs/postgresql/roles.sql says which one may."
        ) from error
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
    """The tables stand for the store at `place`; what was known of another one's policies is forgotten."""
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
        engine.register_function(_folded_or_none, "desk_folded", 1)
    else:
        engine = _postgres(place.url)
    database.initialize(engine)
    policy_texts.forget()


def _folded_or_none(text: str | None) -> str | None:
    """A text that nobody has written, such as a translation, holds no word."""
    return None if text is None else folded(text)


_READ_WRITE = 0x2
"""SQLITE_OPEN_READWRITE: a missing file is an error, never a new empty store."""


def _postgres(url: str) -> Any:
    try:
        drivers.postgres()
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


def _is_ours(path: Path) -> bool:
    """Whether the file is a store; False where nothing is yet. Raises StoreUnavailable for a file of something else.

    Looked at through SQLite and read-only: binding the tables would switch somebody else's file to our journal, and
    reading the bytes ourselves would, on closing, drop the locks of this process.
    """
    if kind := network_file_system(path):
        raise StoreUnavailable(
            f"{path} is on a network file system ({kind}), where SQLite loses writes: keep the store on a local disk, "
            "or use PostgreSQL."
        )
    if not path.exists():
        return False
    if not path.is_file():
        raise StoreUnavailable(f"{path} is not a file: a SQLite store is one file.")
    with driver_errors_as_ours, closing(apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)) as reader:
        reader.setbusytimeout(int(LOCK_TIMEOUT_SECONDS * 1000))
        is_ours = bool(reader.pragma("application_id") == APPLICATION_ID)
        if not is_ours and reader.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
            raise StoreUnavailable(f"{path} is a SQLite file, but not a store of ours; nothing was changed.")
    return is_ours


def _none_at(place: Location) -> str:
    return f"There is no store at {place.shown}: make one with 'disputes init', or look around with 'disputes demo'."
