"""The stores of the tests are new, separate, and gone afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from models import database
from models.errors import StoreUnavailable
from models.tables import Meta
from models.tables import database as tables
from tests.stores import postgres


def test_a_store_opens_on_each_engine(store: database.Location, store_url: str) -> None:
    assert store.is_sqlite is store_url.startswith("sqlite")
    assert tables.table_exists(Meta)


@pytest.mark.parametrize("turn", [1, 2])
def test_what_one_test_writes_the_next_does_not_see(store: database.Location, turn: int) -> None:
    assert not tables.table_exists("left_behind")
    tables.execute_sql("CREATE TABLE left_behind (id INTEGER)")


def test_a_bare_place_has_no_store(bare_store_url: str) -> None:
    with pytest.raises(StoreUnavailable):
        database.open_store(bare_store_url)
    assert database.create_store(bare_store_url)


def test_a_server_ends_with_its_block_and_leaves_no_folder() -> None:
    programs = postgres.binaries()
    if programs is None:
        pytest.skip("no PostgreSQL server is installed here")
    with postgres.server(programs) as server:
        folder = server.folder
        number = int((folder / "data" / "postmaster.pid").read_text().split()[0])
    assert not folder.exists()
    assert not Path(f"/proc/{number}").exists()
