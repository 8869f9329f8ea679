"""A session that is killed in the middle of its writes: nothing in halves, and nothing lost that was acknowledged."""

from __future__ import annotations

import random
import signal

from models import database
from models.database import Location
from models.queries.audit import verify
from models.tables import Agent, Dispute, Event, ImportRow, Message
from models.tables import database as engine
from tests.operations.desk import a_case, assert_all_replay, people
from tests.operations.worker import Worker, workers

KILLS = 12
"""On each engine."""
VERBS = ("note", "offer", "import", "note", "add agent")


def test_a_killed_session_leaves_nothing_in_halves(store: Location) -> None:
    people()
    case = a_case()
    chance = random.Random(20260302)
    acknowledged: list[str] = []
    for _ in range(KILLS):
        database.close_store()
        with workers(store.url, "sue") as (worker,):
            acknowledged += work_until_killed(worker, case, chance)
        database.open_store(store.url)
        assert_whole()
        assert_still_there(acknowledged)
    assert len(acknowledged) > KILLS


def work_until_killed(worker: Worker, case: int, chance: random.Random) -> list[str]:
    """What it had acknowledged. It has more to do than it gets to, so that the kill always meets it at work."""
    for _ in range(40):
        worker.tell(chance.choice(VERBS), case)
    heard = []
    for _ in range(chance.randint(1, 8)):
        answer = worker.hear()
        assert "did" in answer, answer
        heard.append(answer["did"])
    for _ in range(chance.randint(0, 60_000)):  # somewhere within the next write
        pass
    worker.process.send_signal(signal.SIGKILL)
    while answer := worker.hear():
        heard.append(answer["did"])
    return heard


def assert_whole() -> None:
    if database.is_sqlite():
        assert engine.execute_sql("PRAGMA integrity_check").fetchone() == ("ok",)
        assert engine.execute_sql("PRAGMA foreign_key_check").fetchall() == []
    assert verify().first_bad_seq is None
    cases = assert_all_replay()
    assert (cases - 1) % 3 == 0, "a chunk in halves"
    assert ImportRow.select().where(ImportRow.verdict == "created").count() == cases
    notes = Event.select().where(Event.verb.in_(("note", "respond"))).count()
    assert Message.select().count() == notes, "a text without its event, or the other way round"
    assert Event.select().where(Event.verb == "agents add").count() == Agent.select().count() - 1


def assert_still_there(acknowledged: list[str]) -> None:
    for said in acknowledged:
        kind, *names = said.split()
        if kind == "event":
            assert Event.get_or_none(Event.seq == int(names[0])) is not None, said
        elif kind == "agent":
            assert Agent.get_or_none(Agent.login == names[0]) is not None, said
        else:
            assert Dispute.select().where(Dispute.ref.in_(names)).count() == len(names), said
