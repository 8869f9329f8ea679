"""The one thread that talks to the store."""

from __future__ import annotations

import threading
from functools import partial
from typing import Any

import pytest

from models import database
from models.errors import StoreUnavailable
from models.gateway import Gateway
from models.queries.freshness import mark
from models.tables import Agent
from models.tables import database as connection
from tests.screens.seat import MAYA, NOOR, fill


def test_everything_runs_in_order_on_one_thread(store_url: str) -> None:
    gateway = Gateway(store_url)
    seen: list[tuple[str, int]] = []
    futures = [gateway.write(lambda name=name: seen.append((name, threading.get_ident()))) for name in "abc"]  # type: ignore[misc]
    for future in futures:
        future.result(10)
    gateway.close()
    assert [name for name, _ in seen] == ["a", "b", "c"]
    assert len({thread for _, thread in seen} | {threading.get_ident()}) == 2


def test_a_session_s_connection_keeps_few_pages(sqlite_url: str) -> None:
    fill(sqlite_url, [])
    gateway = Gateway(sqlite_url)
    kibibytes = gateway.read(lambda: connection.execute_sql("PRAGMA cache_size").fetchone()[0]).result(10)
    gateway.close()
    assert -2_000 <= kibibytes < 0


def test_a_read_that_nobody_waits_for_is_not_done_and_a_write_is_finished(store_url: str) -> None:
    gateway, gate, done = Gateway(store_url), threading.Event(), []
    gateway.write(gate.wait)
    stale = gateway.read(lambda: done.append("stale"))
    gateway.write(lambda: done.append("write"))
    stale.cancel()
    gate.set()
    gateway.close()
    assert done == ["write"]


FOR_EVER = {
    True: "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
    False: "SELECT pg_sleep(3600)",
}


def test_what_is_being_read_is_cut_off_when_nobody_waits_for_anything_more(store_url: str) -> None:
    gateway, is_under_way = Gateway(store_url), threading.Event()

    def read_for_ever() -> None:
        is_under_way.set()
        connection.execute_sql(FOR_EVER[database.is_sqlite()])

    asked = gateway.read(read_for_ever)
    assert is_under_way.wait(10)
    gateway.abandon()
    with pytest.raises(StoreUnavailable):
        asked.result(0)


def test_a_store_that_is_missing_is_told_in_a_sentence_and_found_when_it_is_there(bare_sqlite_url: str) -> None:
    gateway = Gateway(bare_sqlite_url)
    with pytest.raises(StoreUnavailable, match="There is no store at"):
        gateway.read(Agent.select().count).result(10)
    database.create_store(bare_sqlite_url)
    database.close_store()
    assert gateway.read(Agent.select().count).result(10) == 0
    gateway.close()


def test_a_session_that_the_server_dropped_is_opened_again_for_a_read(postgres_url: str) -> None:
    gateway = Gateway(postgres_url)
    number = gateway.read(lambda: connection.execute_sql("SELECT pg_backend_pid()").fetchone()[0]).result(10)
    database.open_store(postgres_url)
    connection.execute_sql("SELECT pg_terminate_backend(%s)", (number,))
    database.close_store()
    assert gateway.read(Agent.select().count).result(10) == 0
    gateway.close()


def test_the_mark_moves_when_others_have_changed_the_store(store_url: str) -> None:
    gateway = Gateway(store_url)
    before = gateway.read(partial(mark, None)).result(10)
    assert gateway.read(partial(mark, before)).result(10) == before
    fill(store_url, [])
    after = gateway.read(partial(mark, before)).result(10)
    assert after.commits != before.commits and after.event > before.event
    assert {agent.login for agent in gateway.read(lambda: list(Agent.select())).result(10)} == {MAYA.login, NOOR.login}
    gateway.close()


def test_while_nobody_changes_anything_nothing_is_asked(store_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    database.open_store(store_url)
    before = mark(None)
    execute = connection.obj.execute_sql

    def counted(sql: str, *arguments: Any) -> Any:
        asked.append(sql)
        return execute(sql, *arguments)

    monkeypatch.setattr(connection.obj, "execute_sql", counted)
    for _ in range(3):
        assert mark(before) is before
    assert asked == (["PRAGMA data_version"] * 3 if database.is_sqlite() else [])
    database.close_store()


def test_nothing_is_written_to_a_file_that_was_moved_away(sqlite_url: str) -> None:
    fill(sqlite_url, [])
    gateway, path = Gateway(sqlite_url), database.location(sqlite_url).path
    assert path is not None
    gateway.read(lambda: Agent.select().count()).result(10)
    away = path.with_suffix(".away")
    path.rename(away)
    with pytest.raises(StoreUnavailable, match="no store"):
        gateway.write(lambda: Agent.update(name="?").execute()).result(10)
    away.rename(path)
    assert gateway.read(lambda: Agent.select().where(Agent.name == "?").count()).result(10) == 0
    gateway.close()
