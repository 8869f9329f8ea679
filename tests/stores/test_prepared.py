"""Statements that are spelled once read and write what Peewee reads and writes, on either engine, turn by turn."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from typing import Any

import peewee
import pytest
from peewee import SQL, fn
from playhouse.migrate import SchemaMigrator, migrate
from playhouse.test_utils import count_queries

from models import database
from models.prepared import Prepared, Slot, insert, prepared, update
from models.tables import ALL, Agent, Dispute, Measure, Party, Timer
from models.tables import database as engine
from models.vocabulary import ClockKind, Role
from tests.operations.faults import failing_at
from tests.queries.cases import add, some_case

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@prepared
def agent(login: Slot) -> Any:
    return Agent.select().where(Agent.login == login)


@prepared
def opened_between(first: Slot, last: Slot, most: Slot) -> Any:
    columns = (Dispute.id, Dispute.order, Dispute.opened_at, Dispute.is_open, Dispute.refund_minor, Dispute.assignee)
    within = (Dispute.opened_at >= first) & (Dispute.opened_at <= last)
    return Dispute.select(*columns).where(within).order_by(Dispute.id.desc()).limit(most)


@prepared
def gone(login: Slot) -> Any:
    return Agent.delete().where(Agent.login == login)


def an_agent(login: str = "ann", **changes: Any) -> dict[str, Any]:
    return {"login": login, "name": "Ann", "role": Role.AGENT, "created_at": AT, **changes}


@pytest.fixture
def cases(store: database.Location) -> list[int]:
    rng = random.Random(3)
    return [made.id for made in add(some_case(rng, number) for number in range(40))]


def test_every_row_of_every_table_is_read_as_peewee_reads_it(cases: list[int]) -> None:
    read = 0
    for table in ALL:
        whole: Any = table
        query = whole.select().order_by(*whole._meta.get_primary_keys())
        rows = Prepared(lambda query=query: query, 0).rows()
        assert rows == list(query.tuples()), table
        read += len(rows)
    assert read > 400


def test_columns_have_the_names_of_their_fields(cases: list[int]) -> None:
    row = opened_between.first(AT.replace(year=2025), AT.replace(year=2027), 1)
    model: Any = Dispute.get_by_id(cases[-1])
    assert (row.id, row.order_id, row.assignee_id) == (model.id, model.order_id, model.assignee_id)
    assert (row.opened_at, row.is_open, row.refund_minor) == (model.opened_at, model.is_open, model.refund_minor)
    assert isinstance(row.is_open, bool)


def test_arguments_pass_the_fields_that_they_are_compared_with(cases: list[int]) -> None:
    first, last = AT.replace(year=2025), AT
    wanted: Any = Dispute.select(Dispute.id).where((Dispute.opened_at >= first) & (Dispute.opened_at <= last))
    ids = sorted((each.id for each in wanted), reverse=True)
    assert len(ids) > 1
    assert [row.id for row in opened_between.rows(first, last, 1000)] == ids
    assert [row.id for row in opened_between.rows(first, last, 1)] == ids[:1]
    with pytest.raises(TypeError, match="An instant is an aware datetime"):
        opened_between.rows(first.replace(tzinfo=None), last, 1)


def test_what_is_worked_out_is_read_as_peewee_reads_it(cases: list[int]) -> None:
    @prepared
    def worked_out(kind: Slot) -> Any:
        columns = (fn.MAX(Timer.due_at), fn.COUNT(Timer.id), fn.MIN(Timer.started_at).alias("since"), SQL("7"))
        return Timer.select(*columns).where(Timer.kind == kind)

    latest, count, since, seven = worked_out.first(ClockKind.RESOLUTION)
    due: Any = Timer.select().where(Timer.kind == ClockKind.RESOLUTION)
    assert latest == max(each.due_at for each in due)
    assert (count, seven) == (due.count(), 7)
    assert since == worked_out.first(ClockKind.RESOLUTION).since == min(each.started_at for each in due)


def test_a_subselect_and_an_alias_take_arguments(cases: list[int]) -> None:
    @prepared
    def others_of_the_order(case: Slot) -> Any:
        mine, other = Dispute.alias(), Dispute.alias()
        of = mine.select(mine.order).where(mine.id == case)
        return other.select(other.id, other.opened_at, other.order).where(other.order.in_(of) & (other.id != case))

    for case in cases[:5]:
        model: Any = Dispute.get_by_id(case)
        others: Any = Dispute.select().where((Dispute.order == model.order_id) & (Dispute.id != case))
        found = {(row.id, row.opened_at, row.order_id) for row in others_of_the_order.rows(case)}
        assert found == {(each.id, each.opened_at, each.order_id) for each in others}


def test_nothing_found(store: database.Location) -> None:
    assert agent.rows("nobody") == []
    assert agent.first("nobody") is None
    assert agent.value("nobody") is None


def test_a_row_is_inserted_with_its_defaults_and_named_by_its_key(store: database.Location) -> None:
    first, second = insert(Agent, an_agent()), insert(Agent, an_agent("ben", is_active=False))
    assert first != second
    assert agent.first("ann") == (first, "ann", "Ann", "agent", True, AT)
    assert agent.first("ben").is_active is False
    assert Agent.get_by_id(second).created_at == AT


def test_none_is_written_and_read(store: database.Location) -> None:
    party = insert(Party, {"side": "buyer", "ref": "b1"})
    row = {"party": party, "kind": "note", "note": "", "made_at": AT, "made_by": "sue", "until_at": None}
    number = insert(Measure, row)
    assert Measure.get_by_id(number).until_at is None
    assert update(Measure, {"until_at": AT}, id=number) == 1
    assert Measure.get_by_id(number).until_at == AT
    assert update(Measure, {"until_at": None}, id=number) == 1
    assert Measure.get_by_id(number).until_at is None


def test_writes_say_how_many_rows_they_wrote(store: database.Location) -> None:
    for login in ("ann", "ben"):
        insert(Agent, an_agent(login))
    assert update(Agent, {"name": "B", "is_active": False}, login="ben", role=Role.AGENT) == 1
    assert (agent.first("ben").name, agent.first("ann").name) == ("B", "Ann")
    assert update(Agent, {"name": "C"}, login="ben", role=Role.SUPERVISOR) == 0
    assert update(Agent, {"name": "D"}, role=Role.AGENT) == 2
    assert (gone.run("ben"), gone.run("ben")) == (1, 0)


def test_a_write_refuses_the_wrong_kind_of_value(store: database.Location) -> None:
    with pytest.raises(TypeError, match="An instant is an aware datetime"):
        insert(Agent, an_agent(created_at="yesterday"))
    assert agent.first("ann") is None


def test_the_engine_changes_within_a_process(sqlite_url: str, postgres_url: str) -> None:
    for name, url in (("one", sqlite_url), ("two", postgres_url), ("three", sqlite_url), ("four", postgres_url)):
        database.open_store(url)
        assert agent.first(name) is None
        insert(Agent, an_agent(name))
        assert agent.first(name).created_at == AT
        assert Agent.select().count() == (1 if name in ("one", "two") else 2)


def test_a_statement_outlives_a_migration_of_its_table(store: database.Location) -> None:
    insert(Agent, an_agent())
    for _ in range(7):  # the driver of PostgreSQL prepares what comes often
        before = agent.first("ann")
    migrator: Any = SchemaMigrator.from_database(engine.obj)
    migrate(migrator.add_column("agent", "more", peewee.TextField(null=True)), migrator.add_index("agent", ("name",)))
    assert agent.first("ann") == before
    insert(Agent, an_agent("ben"))
    migrate(migrator.drop_column("agent", "more"))
    assert agent.first("ann") == before
    assert update(Agent, {"name": "B"}, login="ben") == 1


def test_a_statement_is_one_query_and_its_errors_are_peewees(store: database.Location) -> None:
    insert(Agent, an_agent())
    with count_queries() as counted:
        agent.rows("ann")
    assert counted.count == 1
    with pytest.raises(peewee.IntegrityError), engine.atomic():
        insert(Agent, an_agent())
    with pytest.raises(peewee.OperationalError), failing_at(1):
        agent.first("ann")


def test_a_transaction_takes_statements_back(store: database.Location) -> None:
    with engine.atomic() as transaction:
        insert(Agent, an_agent())
        transaction.rollback()
    assert agent.first("ann") is None


def test_a_closed_store_is_not_opened_by_a_statement(store: database.Location) -> None:
    database.close_store()
    with pytest.raises(peewee.InterfaceError):
        agent.first("ann")
