"""A store that is not there, not ours or not well: one sentence, and nothing is created or changed."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw
import pytest

from models import database
from models.database import close_store, create_store, exists, location, open_store
from models.errors import Misused, StoreUnavailable
from models.operations import agents, talking
from models.operations.transaction import writing
from models.queries.audit import verify
from models.tables import Agent, Meta
from models.tables import database as engine
from models.vocabulary import Role
from tests.operations.desk import ANNA, SUE, a_case, on_day, people
from tests.stores import postgres

NOBODY = 65534


def refusal(url: str) -> str:
    """The sentence with which it is refused."""
    with pytest.raises(StoreUnavailable) as refused:
        open_store(url)
    sentence = str(refused.value)
    assert sentence.endswith(".") and "\n" not in sentence
    return sentence


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_a_store_that_is_not_there_is_named_and_not_made(tmp_path: Path) -> None:
    path = tmp_path / "away" / "store.db"
    for missing in (path, tmp_path / "store.db"):
        sentence = refusal(f"sqlite:///{missing}")
        assert str(missing) in sentence and "disputes init" in sentence and "disputes demo" in sentence
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_is_no_store_yet(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.touch()
    assert "There is no store" in refusal(f"sqlite:///{path}")
    assert path.stat().st_size == 0
    assert create_store(f"sqlite:///{path}")


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}"
    assert "not a file" in refusal(url)
    with pytest.raises(StoreUnavailable, match="not a file"):
        create_store(url)


def test_a_file_of_text_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear desk,\n" * 200)
    before = contents(tmp_path)
    assert "no SQLite file" in refusal(f"sqlite:///{path}")
    with pytest.raises(StoreUnavailable, match="no SQLite file"):
        create_store(f"sqlite:///{path}")
    close_store()
    assert contents(tmp_path) == before


@pytest.mark.parametrize("journal", ["delete", "wal"])
def test_the_database_of_another_program_is_left_as_it_is(tmp_path: Path, journal: str) -> None:
    path = tmp_path / "photos.db"
    other = sqlite3.connect(path)
    other.execute(f"PRAGMA journal_mode = {journal}")
    other.execute("CREATE TABLE photo (id INTEGER)")
    other.commit()
    other.close()
    before = path.read_bytes()
    assert "not a store of ours" in refusal(f"sqlite:///{path}")
    with pytest.raises(StoreUnavailable, match="not a store of ours"):
        create_store(f"sqlite:///{path}")
    close_store()
    assert path.read_bytes() == before
    assert not path.with_name("photos.db.writer").exists()


def test_a_damaged_store_is_named_as_such(sqlite_url: str, tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with path.open("r+b") as file:
        for page in range(1, path.stat().st_size // 4096):
            file.seek(page * 4096)
            file.write(b"\xa5" * 4096)
    assert "damaged" in refusal(sqlite_url)


@contextmanager
def as_an_ordinary_user() -> Iterator[Path]:
    """A folder that belongs to whoever runs the block; the administrator, who may write anything, steps down."""
    with tempfile.TemporaryDirectory(prefix="desk-ro-") as name:
        is_root = os.geteuid() == 0
        if is_root:
            os.chown(name, NOBODY, NOBODY)
            os.seteuid(NOBODY)
        try:
            yield Path(name)
        finally:
            close_store()
            if is_root:
                os.seteuid(0)


@pytest.mark.parametrize("is_folder_too", [True, False])
def test_a_store_that_may_not_be_written_says_so(is_folder_too: bool) -> None:
    with as_an_ordinary_user() as folder:
        url = f"sqlite:///{folder / 'store.db'}"
        create_store(url)
        people()
        close_store()
        (folder / "store.db").chmod(0o400)
        if is_folder_too:
            folder.chmod(0o500)
        before = {path.name for path in folder.iterdir()}
        try:
            with pytest.raises(StoreUnavailable) as refused:
                _open_and_write(url)
            assert str(folder) in str(refused.value)
            close_store()
            assert {path.name for path in folder.iterdir()} <= before | {"store.db-shm", "store.db-wal"}
        finally:
            folder.chmod(0o700)


def _open_and_write(url: str) -> None:
    open_store(url)
    agents.add(SUE, login="eve", name="Eve", role=Role.AGENT)


def test_a_store_in_a_folder_that_may_not_be_read_says_so() -> None:
    with as_an_ordinary_user() as folder:
        folder.chmod(0o000)
        try:
            with pytest.raises(StoreUnavailable):
                open_store(f"sqlite:///{folder / 'store.db'}")
            with pytest.raises(StoreUnavailable):
                create_store(f"sqlite:///{folder / 'deeper' / 'store.db'}")
        finally:
            folder.chmod(0o700)


def test_a_store_that_another_program_locks_says_so(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "LOCK_TIMEOUT_SECONDS", 0.01)
    place = open_store(sqlite_url)
    people()
    case = a_case()
    assert place.path is not None
    # Not Python's own sqlite3: a second library in one process would neither see nor keep the first one's locks.
    other = apsw.Connection(str(place.path))
    other.execute("BEGIN IMMEDIATE")
    with on_day(1), pytest.raises(StoreUnavailable, match="locked by another program; nothing was written"):
        talking.note(ANNA, case=case, text="n")
    other.execute("ROLLBACK")
    other.close()
    with on_day(1):
        talking.note(ANNA, case=case, text="n")


def test_a_full_disk_writes_nothing(sqlite_url: str) -> None:
    open_store(sqlite_url)
    people()
    case = a_case()
    before = verify()
    pages = engine.execute_sql("PRAGMA page_count").fetchone()[0]
    engine.execute_sql(f"PRAGMA max_page_count = {pages}")
    with on_day(1), pytest.raises(StoreUnavailable, match="no room left"):
        talking.note(ANNA, case=case, text="x" * 100_000)
    assert verify() == before


def test_a_server_that_is_not_there_is_named(tmp_path: Path) -> None:
    sentence = refusal(f"postgresql://desk:secret@/desk?host={tmp_path}")
    assert "secret" not in sentence
    assert str(tmp_path) in sentence


def test_a_server_without_our_database_or_store_is_named(
    postgres_server: postgres.Server, bare_postgres_url: str
) -> None:
    assert "does not exist" in refusal(postgres_server.url("nowhere"))
    close_store()
    assert "There is no store at" in refusal(bare_postgres_url)
    assert engine.get_tables() == []


@pytest.mark.parametrize(
    "url", ["", "store.db", "mysql://desk/desk", "sqlite:///", "sqlite:///:memory:", "postgresql://h:port/d"]
)
def test_what_is_no_location_is_misused(url: str) -> None:
    with pytest.raises(Misused):
        location(url)


def test_a_store_is_made_once_and_privately(bare_store_url: str, tmp_path: Path) -> None:
    assert not exists(location(bare_store_url))
    assert create_store(bare_store_url)
    key = Meta.get_by_id("digest_key").value
    assert exists(location(bare_store_url))
    assert not create_store(bare_store_url)
    assert Meta.get_by_id("digest_key").value == key
    if bare_store_url.startswith("sqlite"):
        assert all(path.stat().st_mode & 0o077 == 0 for path in tmp_path.iterdir())


def test_an_error_inside_a_write_takes_everything_back(store: database.Location) -> None:
    def breaks_off() -> None:
        with writing():
            Agent.create(login="x", name="x", role="agent", created_at=0)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        breaks_off()
    assert not Agent.select().exists()


def test_a_closed_store_opens_again(store_url: str) -> None:
    for _ in range(2):
        open_store(store_url)
        close_store()
        close_store()
    open_store(store_url)
    assert Meta.select().exists()
