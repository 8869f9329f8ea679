"""The demonstration's store: made once, and given to each test as a copy."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from models import clock, database
from models.actor import Actor
from seed.demo.build import build

NOW = datetime(2026, 3, 20, 14, 25, 7, tzinfo=UTC)
LOGIN = "nina"


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Actor]:
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    actor = build(f"sqlite:///{path}", now=NOW, login=LOGIN)
    database.close_store()
    return path, actor


@pytest.fixture
def demo(demo_template: tuple[Path, Actor], tmp_path: Path) -> Iterator[Actor]:
    """Who looks around in the store of the default size, which is open; the present is the store's own."""
    shutil.copy(demo_template[0], tmp_path / "demo.db")
    database.open_store(f"sqlite:///{tmp_path / 'demo.db'}")
    with clock.stands_at(NOW):
        yield demo_template[1]
    database.close_store()


def rows(*columns: Any, where: Any = True) -> list[Any]:
    """These columns of one table, as tuples."""
    return list(columns[0].model.select(*columns).where(where).tuples())


def column(one: Any) -> list[Any]:
    """The values of one column."""
    return [value for (value,) in rows(one)]
