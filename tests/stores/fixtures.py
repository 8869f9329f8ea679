"""Stores for tests: a SQLite file and a PostgreSQL database each, made once and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from models import database
from tests.stores import postgres

ENGINES = ("sqlite", "postgres")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "store.db"
    database.create_store(f"sqlite:///{path}")
    database.close_store()
    assert not path.with_name("store.db-wal").exists(), "the copy would miss what is still in the log"
    return path


@pytest.fixture
def bare_sqlite_url(tmp_path: Path) -> str:
    """Where no store is yet."""
    return f"sqlite:///{tmp_path / 'store.db'}"


@pytest.fixture
def sqlite_url(sqlite_template: Path, bare_sqlite_url: str, tmp_path: Path) -> str:
    """A new store without cases."""
    shutil.copy(sqlite_template, tmp_path / "store.db")
    return bare_sqlite_url


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """One for this process: with xdist each worker has its own, started when its first test asks."""
    programs = postgres.binaries()
    if programs is None:
        pytest.skip("no PostgreSQL server is installed here (initdb is neither in /usr/lib/postgresql nor in PATH)")
    with postgres.server(programs) as server:
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres_server: postgres.Server) -> str:
    name = postgres_server.new_database()
    database.create_store(postgres_server.url(name))
    database.close_store()
    return name


@pytest.fixture
def bare_postgres_url(postgres_server: postgres.Server) -> Iterator[str]:
    """An empty database, no store yet."""
    name = postgres_server.new_database()
    yield postgres_server.url(name)
    postgres_server.drop_database(name)


@pytest.fixture
def postgres_url(postgres_server: postgres.Server, postgres_template: str) -> Iterator[str]:
    """A new store without cases."""
    name = postgres_server.new_database(postgres_template)
    yield postgres_server.url(name)
    postgres_server.drop_database(name)


@pytest.fixture(params=ENGINES)
def store_url(request: pytest.FixtureRequest) -> str:
    """A new store without cases: the test runs once on each engine."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(params=ENGINES)
def bare_store_url(request: pytest.FixtureRequest) -> str:
    """A place without a store: the test runs once on each engine."""
    return str(request.getfixturevalue(f"bare_{request.param}_url"))


@pytest.fixture
def store(store_url: str) -> Iterator[database.Location]:
    """A new store, open in the test's own thread."""
    yield database.open_store(store_url)
    database.close_store()
