"""One store an engine for all walks: each try is rolled back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from models import database
from tests.stores.fixtures import ENGINES
from tests.stores.postgres import Server
from tests.table import cases

Walked = tuple[str, dict[str, int]]


@pytest.fixture(scope="package", params=ENGINES)
def walked(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, dict[str, int]]]:
    """The URL of the store, and its cases by name."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        path = shutil.copy(template, tmp_path_factory.mktemp("walked") / "store.db")
        yield f"sqlite:///{path}", _filled(f"sqlite:///{path}")
    else:
        server: Server = request.getfixturevalue("postgres_server")
        name = server.new_database(request.getfixturevalue("postgres_template"))
        yield server.url(name), _filled(server.url(name))
        server.drop_database(name)


@pytest.fixture
def ids(walked: Walked) -> Iterator[dict[str, int]]:
    """The cases by name, in a store that is open."""
    database.open_store(walked[0])
    yield walked[1]
    database.close_store()


def _filled(url: str) -> dict[str, int]:
    database.open_store(url)
    try:
        return cases.make()
    finally:
        database.close_store()
