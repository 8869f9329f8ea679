"""A store from before flags were kept in a table of their own gets them from its events."""

from __future__ import annotations

from typing import Any

from models import database, migrating
from models.operations import correcting, following, talking
from models.tables import Flag, Outgoing
from models.tables import database as engine
from models.vocabulary import Audience, Party
from tests.operations.desk import ANNA, BEN, a_case, assert_replays, on_day, people

NAME = "0004_flags_and_goodwill"


def make_older() -> None:
    """Take back what the migration brings."""
    engine.execute_sql("DROP TABLE flag")
    engine.execute_sql("DROP TABLE goodwill")
    engine.execute_sql("ALTER TABLE decision DROP COLUMN built")
    engine.execute_sql(f"DELETE FROM schema_migration WHERE name = '{NAME}'")


def flags() -> list[Any]:
    return list(Flag.select().order_by(Flag.dispute, Flag.number).dicts())


def test_flags_are_taken_from_the_events(store_url: str) -> None:
    place = database.open_store(store_url)
    people()
    first, second = a_case(), a_case(ref="D-2", order_ref="O-2")
    with on_day(1):
        talking.message(ANNA, case=first, audience=Audience.BUYER, text="We look into it.")
        wrong = following.flag(ANNA, case=first, party=Party.BUYER, note="n").event_seq
        assert wrong is not None
        correcting.correct(ANNA, case=first, event=wrong, note="another buyer")
        following.flag(BEN, case=first, party=Party.SELLER, note="n")
        following.flag(ANNA, case=second, party=Party.BUYER, note="n")
    with on_day(2):
        following.flag(ANNA, case=first, party=Party.BUYER, note="n")
    before, sent = flags(), list(Outgoing.select().dicts())
    assert len(before) == 3
    make_older()
    assert migrating.migrate(place) == [NAME]
    after = flags()
    for each in (*before, *after):
        each.pop("id")
    assert after == before
    assert list(Outgoing.select().dicts()) == sent
    assert_replays(first)
    assert_replays(second)
