"""The events: nothing changes or deletes them, and whoever gets around that is found out."""

from __future__ import annotations

import sqlite3
from typing import Any

import apsw
import peewee
import psycopg
import pytest

from models import database
from models.database import Location
from models.operations import talking
from models.queries import audit
from models.queries.audit import STORED, ChainReport, _stored, verify
from models.rules.chain import LINKED, link
from models.rules.seals import Seal
from models.tables import Dispute, Event
from models.tables import database as engine
from tests.operations.desk import ANNA, a_case, events, on_day, people

REST = "recorded_at, occurred_at, actor, session, verb, dispute_id, body"


@pytest.fixture(autouse=True)
def _some_events(store: Location) -> None:
    people()
    case = a_case()
    with on_day(1):
        for number in range(6):
            talking.note(ANNA, case=case, text=f"note {number}")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET actor = 'eve' WHERE seq = 3",
        "UPDATE event SET seq = seq + 1000",
        "DELETE FROM event WHERE seq = 3",
        "DELETE FROM event",
        f"INSERT INTO event SELECT seq + 1, {REST}, previous_hash, hash FROM event WHERE seq = 1",
        f"INSERT INTO event SELECT seq + 1000, {REST}, hash, hash FROM event WHERE seq = 3",
        f"INSERT INTO event SELECT (SELECT MAX(seq) + 1 FROM event), {REST}, 'x', hash FROM event WHERE seq = 3",
        f"INSERT INTO event SELECT 0, {REST}, previous_hash, hash FROM event WHERE seq = 1",
    ],
)
def test_the_store_refuses_to_change_events(statement: str) -> None:
    before = verify()
    with pytest.raises(peewee.DatabaseError, match="event"):
        engine.execute_sql(statement)
    assert verify() == before


def test_replacing_is_refused_even_without_our_settings(store: Location) -> None:
    if store.path is None:
        with pytest.raises(peewee.DatabaseError, match="never changed"):
            engine.execute_sql("TRUNCATE event CASCADE")
        statement = f"INSERT INTO event SELECT seq, {REST}, previous_hash, hash FROM event WHERE seq = 3 " + (
            "ON CONFLICT (seq) DO UPDATE SET actor = 'eve'"
        )
        with pytest.raises(peewee.DatabaseError, match="event"):
            engine.execute_sql(statement)
        return
    plain = apsw.Connection(str(store.path))  # a second SQLite library would break our locks
    for how in ("INSERT OR REPLACE", "REPLACE"):
        with pytest.raises(apsw.ConstraintError, match="out of order"):
            plain.execute(f"{how} INTO event SELECT seq, {REST}, previous_hash, hash FROM event WHERE seq = 3")
    with pytest.raises(apsw.ConstraintError, match="never changed"):
        plain.execute("UPDATE OR REPLACE event SET seq = 4 WHERE seq = 3")
    with pytest.raises(apsw.ConstraintError, match="out of order"):
        plain.execute(
            f"INSERT INTO event SELECT seq, {REST}, previous_hash, hash FROM event WHERE seq = 3 "
            "ON CONFLICT (seq) DO UPDATE SET actor = 'eve'"
        )
    plain.close()
    assert verify().first_bad_seq is None


def test_a_whole_chain_is_counted_to_its_head() -> None:
    last = Event.select().order_by(Event.seq.desc()).first()
    assert verify() == ChainReport(events=events(), first_bad_seq=None, head=last.hash)
    assert [event.seq for event in Event.select().order_by(Event.seq)] == list(range(1, events() + 1))


def test_pages_of_any_length_make_one_chain(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = verify()
    for length in (1, 2, events(), events() + 1):
        monkeypatch.setattr(audit, "AT_ONCE", length)
        assert verify() == whole


def tamper(store: Location, *statements: str) -> None:
    """What somebody does who can write to the file or owns the database: put the guards aside first."""
    if store.path is not None:
        database.close_store()
        plain = sqlite3.connect(store.path, isolation_level=None)
        for (name,) in plain.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            plain.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            plain.execute(statement)
        plain.close()
        database.open_store(store.url)
    else:
        with psycopg.connect(store.url, autocommit=True) as owner:
            owner.execute("SET session_replication_role = replica")
            for statement in statements:
                owner.execute(statement.encode())


@pytest.mark.parametrize(
    ("statements", "bad"),
    [
        (["UPDATE event SET actor = 'eve' WHERE seq = 3"], 3),
        (["UPDATE event SET body = '{}' WHERE seq = 1"], 1),
        (["UPDATE event SET recorded_at = recorded_at + 1 WHERE seq = 8"], 8),
        (["UPDATE event SET dispute_id = NULL WHERE seq = 9"], 9),
        (["UPDATE event SET hash = previous_hash WHERE seq = 5"], 5),
        (["DELETE FROM event WHERE seq = 4"], 4),
        (["DELETE FROM event WHERE seq = 1"], 1),
        (
            [
                "UPDATE event SET seq = -1 WHERE seq = 6",
                "UPDATE event SET seq = 6 WHERE seq = 7",
                "UPDATE event SET seq = 7 WHERE seq = -1",
            ],
            6,
        ),
        (
            [
                f"INSERT INTO event SELECT 99, {REST}, hash, hash FROM event WHERE seq = 7",
            ],
            None,
        ),
    ],
)
def test_tampering_is_named_by_its_first_number(store: Location, statements: list[str], bad: int | None) -> None:
    whole = events()
    tamper(store, *statements)
    report = verify()
    assert report.first_bad_seq == (bad or whole + 1)
    assert report.events == (bad or whole + 1) - 1


def test_an_event_that_is_hashed_anew_breaks_the_chain_behind_it(store: Location) -> None:
    event: Any = Event.select().where(Event.seq == 4).dicts().get()
    values = ("previous_hash", "seq", "recorded_at", "occurred_at", "actor", "session", "verb", "dispute", "body")
    event |= {"actor": "eve", "recorded_at": int(event["recorded_at"].timestamp())}
    event["occurred_at"] = int(event["occurred_at"].timestamp())
    forged = link(event[name] for name in values)
    tamper(store, f"UPDATE event SET actor = 'eve', hash = '{forged}' WHERE seq = 4")
    assert verify().first_bad_seq == 5


def a_seal() -> Seal:
    """As `audit seal` takes it out, to be kept elsewhere."""
    report = verify()
    return Seal(1, report.events, report.events, report.head, "2024-03-05T09:00:00Z")


def rebuilt(first: int) -> list[str]:
    """Event `first` with another actor, and every hash from there on as if it had always been so."""
    statements, previous = [], Event.get_by_id(first).previous_hash
    for stored in _stored():
        values = dict(zip(STORED, stored, strict=True))
        if values["seq"] >= first:
            values |= {"previous_hash": previous} | ({"actor": "eve"} if values["seq"] == first else {})
            previous = link(values[name] for name in LINKED)
            changed = f"actor = '{values['actor']}', previous_hash = '{values['previous_hash']}', hash = '{previous}'"
            statements.append(f"UPDATE event SET {changed} WHERE seq = {values['seq']}")
    return statements


def test_a_chain_that_was_recomputed_is_found_by_a_seal_alone(store: Location) -> None:
    seal = a_seal()
    assert verify([seal]).broken_seal is None
    tamper(store, *rebuilt(3))
    assert Event.get_by_id(3).actor == "eve"
    assert verify() == ChainReport(seal.count, None, verify().head), "by itself it is whole"
    assert verify([seal]).broken_seal == seal


def test_an_old_copy_that_was_put_back_is_found_by_a_seal_alone(store: Location) -> None:
    seal = a_seal()
    tamper(store, f"DELETE FROM event WHERE seq > {seal.last - 2}")
    assert verify().first_bad_seq is None
    assert verify([seal]).broken_seal == seal
    case = Dispute.get().id
    with on_day(2):
        for number in range(4):
            talking.note(ANNA, case=case, text=f"another {number}")
    assert verify([seal]).broken_seal == seal, "and later work does not cover it up"


def test_each_event_names_who_where_and_on_what() -> None:
    event = Event.get(Event.verb == "note")
    assert (event.actor, event.dispute == Dispute.get(), event.previous_hash) == (
        "anna",
        True,
        Event.get_by_id(event.seq - 1).hash,
    )
