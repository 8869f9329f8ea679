"""A store on PostgreSQL for three: who owns it, who works in it, who reads it; by the file that the documents name."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from models import database, migrating
from tests.command_line.cases import new, write_cases
from tests.command_line.run import ROOT, Ended, in_process
from tests.stores import postgres

GRANTS = (ROOT / "docs" / "postgresql" / "roles.sql").read_text("utf-8")
ROLES = ("desk_owner", "desk", "desk_reader")
Url = Callable[[str], str]


@pytest.fixture
def url(postgres_server: postgres.Server) -> Iterator[Url]:
    """Of a new store for each role; roles are the whole server's and outlive it."""
    name = postgres_server.new_database()
    as_root = postgres_server.url(name)
    with psycopg.connect(as_root, autocommit=True) as root:
        had = {role for (role,) in root.execute("SELECT rolname FROM pg_roles")}
        for role in ROLES:
            if role not in had:
                root.execute(psycopg.sql.SQL("CREATE ROLE {} LOGIN").format(psycopg.sql.Identifier(role)))
        root.execute("ALTER SCHEMA public OWNER TO desk_owner")

    def of(role: str) -> str:
        return as_root.replace("//postgres@", f"//{role}@")

    assert in_process(of("desk_owner"), "init").status == 0
    grant(of)
    yield of
    database.close_store()
    postgres_server.drop_database(name)


def grant(url: Url) -> None:
    with psycopg.connect(url("desk_owner")) as owner:
        owner.execute(GRANTS)
        owner.execute(GRANTS)  # as after a migration


def refused(url: str, statement: str) -> None:
    with psycopg.connect(url) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement)


def test_the_program_works_without_owning_anything(url: Url, tmp_path: Path) -> None:
    desk = url("desk")

    def does(*words: str | Path, login: str = "sue", stdin: str = "") -> Ended:
        ended = in_process(desk, *words, login=login, stdin=stdin)
        assert ended.status == 0, ended
        return ended

    does("agents", "add", "anna", "--name", "Anna", "--role", "agent")
    does("import", write_cases(tmp_path, new(), new(case_ref="N-2", outcome="withdrawn", buyer_ref="b-77",
                                                    decided_at="2024-03-20T09:00:00Z")))  # fmt: skip
    does("claim", "C1", login="anna")
    does("note", "C1", "Rang them.", login="anna")
    does("attach", "C1", "-", "--kind", "other", "--by", "buyer", login="anna", stdin="a cup\n")
    does("views", "save", "big", "--where", "amount>1", login="anna")
    does("sweep")
    does("audit", "seal")
    does("erase", "buyer:b-77", "--note", "Asked.")
    does("reindex")
    does("doctor")
    assert "unbroken" in does("audit", "verify").out
    if shutil.which("pg_dump"):
        does("backup", tmp_path / "b.tar")


def test_it_can_add_to_the_chain_and_nothing_else_whatever_becomes_of_its_guards(url: Url) -> None:
    with psycopg.connect(url("desk_owner")) as owner:
        owner.execute("DROP TRIGGER event_is_not_changed ON event")
    for statement in (
        "UPDATE event SET actor = 'tom'", "DELETE FROM event", "TRUNCATE event", "DROP TABLE event",
        "ALTER TABLE event DISABLE TRIGGER USER", "UPDATE meta SET value = ''", "DELETE FROM schema_migration",
        "CREATE TABLE mine ()",
    ):  # fmt: skip
        refused(url("desk"), statement)


def test_what_is_its_owners_is_said_in_a_sentence(url: Url, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert in_process(url("desk_reader"), "queue", "all").status == 0
    in_process(url("desk_reader"), "agents", "add", "tom", "--name", "T", "--role", "agent").refused(6, "roles.sql")
    later = tmp_path / "migrations"
    shutil.copytree(migrating.MIGRATIONS, later)
    (later / "9000_more.py").write_text("def up(migrator, db):\n    db.execute_sql('CREATE TABLE more ()')\n")
    monkeypatch.setattr(migrating, "MIGRATIONS", later)
    in_process(url("desk"), "migrate").refused(6, "does not let this account", "roles.sql")
    assert in_process(url("desk_owner"), "migrate").status == 0
    grant(url)
    assert in_process(url("desk"), "count").status == 0


def test_a_reader_reads_cases_and_no_secrets(url: Url) -> None:
    with psycopg.connect(url("desk_reader")) as reader:
        for table in ("dispute", "event", "decision"):
            reader.execute(psycopg.sql.SQL("SELECT count(*) FROM {}").format(psycopg.sql.Identifier(table)))
    for statement in ("SELECT 1 FROM meta", "SELECT 1 FROM contact", "SELECT 1 FROM draft", "DELETE FROM agent"):
        refused(url("desk_reader"), statement)
