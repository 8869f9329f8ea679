"""A store of cases that reports can tell apart, made once for each engine: these tests only read."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator

import pytest

from models import clock, database
from tests.queries.cases import NOW, Made, add
from tests.reports.cases import reported_case
from tests.stores.fixtures import ENGINES


@pytest.fixture(scope="session", params=ENGINES)
def full_desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, list[Made]]:
    """Where the store is, and the cases in it: the same three hundred each time."""
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("desk") / "store.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        url = f"sqlite:///{path}"
    else:
        server = request.getfixturevalue("postgres_server")
        url = server.url(server.new_database(request.getfixturevalue("postgres_template")))
    database.open_store(url)
    rng = random.Random(20260417)
    made = add(reported_case(rng, number) for number in range(300))
    database.close_store()
    return url, made


@pytest.fixture
def desk(full_desk: tuple[str, list[Made]]) -> Iterator[list[Made]]:
    """The cases, in a store that is open."""
    url, made = full_desk
    database.open_store(url)
    with clock.stands_at(NOW):
        yield made
    database.close_store()
