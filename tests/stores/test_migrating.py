"""The shape of a store: made whole, brought up by command, and the same as the tables say."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import peewee
import pytest
from playhouse.schema_diff import diff_models

from models import database, migrating
from models.actor import Actor
from models.errors import Outdated, StoreUnavailable
from models.operations import agents, upgrading
from models.operations.looking import look
from models.operations.presence import present
from models.tables import ALL, Agent, Event, Meta
from models.tables import database as engine
from tests.operations.desk import ANNA, SUE, on_day, people
from tests.operations.faults import failing_at
from tests.stores.beside import beside
from tests.stores.migrator import at_once

MORE = """
def up(migrator, db):
    db.execute_sql("CREATE TABLE more (id INTEGER)")
    db.execute_sql("INSERT INTO more VALUES (1)")
"""


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """The migrations of a program that knows one more."""
    folder = tmp_path / "migrations"
    shutil.copytree(migrating.MIGRATIONS, folder)
    (folder / "9000_more.py").write_text(MORE)
    return folder


def migrate(url: str) -> list[str]:
    return migrating.migrate(database.open_store(url, expect_current=False))


def test_tables_and_migrations_do_not_drift(store: database.Location) -> None:
    difference = diff_models(engine.obj, list(ALL))
    assert not difference, difference


def test_a_store_of_an_older_version_is_refused_and_not_touched(
    store_url: str, later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrating, "MIGRATIONS", later)
    with pytest.raises(StoreUnavailable, match=r"older version: run 'disputes migrate'\.$"):
        database.open_store(store_url)
    assert not engine.table_exists("more")


def test_whoever_is_inside_while_the_store_goes_to_a_newer_version_has_to_go(
    store: database.Location, later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people()
    seen = look(ANNA, None)
    assert seen.actor == present(ANNA)

    def by_a_newer_program() -> None:
        with monkeypatch.context() as newer:
            newer.setattr(migrating, "MIGRATIONS", later)
            upgrading.upgrade(SUE, database.current())

    beside(store.url, by_a_newer_program)
    while isinstance(seen.actor, Actor):  # a notification of PostgreSQL is on its way for a moment
        seen = look(ANNA, seen)
    assert isinstance(seen.actor, Outdated) and "newer version" in str(seen.actor)
    last = Event.select().order_by(Event.seq.desc()).get()
    assert (last.verb, last.actor, json.loads(last.body)) == ("migrate", "sue", {"applied": ["9000_more"]})


def test_a_store_of_a_newer_version_is_refused(store_url: str, later: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as newer:
        newer.setattr(migrating, "MIGRATIONS", later)
        assert migrate(store_url) == ["9000_more"]
        database.close_store()
    with pytest.raises(StoreUnavailable, match=r"newer version: use the newer 'disputes'\.$"):
        database.open_store(store_url)


def test_migrating_keeps_what_is_there_and_a_second_time_does_nothing(
    store_url: str, later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database.open_store(store_url)
    with on_day(0):
        agents.found("sue", "Sue")
    monkeypatch.setattr(migrating, "MIGRATIONS", later)
    assert migrate(store_url) == ["9000_more"]
    assert migrate(store_url) == []
    database.open_store(store_url)
    assert Agent.get().login == "sue"


def test_the_file_is_copied_before_it_is_migrated(
    sqlite_url: str, later: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as newer:
        newer.setattr(migrating, "MIGRATIONS", later)
        migrate(sqlite_url)
        migrate(sqlite_url)
    copy = tmp_path / "store.db.before-9000_more"
    assert copy.stat().st_mode & 0o777 == 0o600
    database.close_store()
    database.open_store(f"sqlite:///{copy}")  # of the version before, and whole
    assert Meta.get_by_id("digest_key").value


def test_a_migration_that_fails_leaves_the_store_as_it_was(
    store_url: str, later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (later / "9000_more.py").write_text(MORE + '    db.execute_sql("INSERT INTO nowhere VALUES (1)")\n')
    with monkeypatch.context() as newer:
        newer.setattr(migrating, "MIGRATIONS", later)
        with pytest.raises(peewee.PeeweeException):
            migrate(store_url)
    assert not engine.table_exists("more")
    database.open_store(store_url)


def test_of_several_who_migrate_at_once_one_does_it(store_url: str, later: Path, tmp_path: Path) -> None:
    assert at_once("migrate", store_url, later) == ["9000_more", "nothing", "nothing"]
    assert len(list(tmp_path.glob("store.db.before-*"))) == (1 if store_url.startswith("sqlite") else 0)


def test_of_several_who_make_the_store_at_once_one_does_it(bare_store_url: str) -> None:
    assert at_once("create", bare_store_url, migrating.MIGRATIONS) == ["False", "False", "True"]
    database.open_store(bare_store_url)
    assert Meta.select().where(Meta.key == "digest_key").count() == 1


def test_a_store_is_made_whole_or_not_at_all(bare_store_url: str) -> None:
    place = database.location(bare_store_url)
    for number in range(1, 300, 1 if place.is_sqlite else 7):  # PostgreSQL makes all tables anew each time
        database._bind(place)
        with failing_at(number) as plan:
            try:
                database.create_store(bare_store_url)
            except (StoreUnavailable, peewee.PeeweeException):
                assert plan.has_failed
        if not plan.has_failed or database.exists(place):
            break
        with pytest.raises(StoreUnavailable, match="There is no store at"):
            database.open_store(bare_store_url)
        database.close_store()
    assert number > 40, "nothing was tried"
    database.open_store(bare_store_url)
    assert Meta.get_by_id("digest_key").value
    assert not diff_models(engine.obj, list(ALL))
