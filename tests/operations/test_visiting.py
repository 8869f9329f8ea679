"""Who has a case open is seen by others while it lasts, and by the store's clock no longer than that."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models import database
from models.errors import NotAllowed
from models.operations import agents, visiting
from models.queries.freshness import mark
from models.queries.visits import STALE_SECONDS, visitors
from models.tables import Event, Visit
from models.tables import database as engine
from tests.operations.desk import ANNA, BEN, SUE, a_case, on_day, people
from tests.stores.beside import beside

ANNAS = replace(ANNA, session="a1")
BENS = replace(BEN, session="b1")


@pytest.fixture
def case(store: database.Location) -> int:
    people()
    return a_case()


def test_others_see_where_one_is_and_one_does_not_see_oneself(case: int) -> None:
    other = a_case(ref="D-2")
    visiting.visit(ANNAS, case=case)
    visiting.visit(BENS, case=case, is_deciding=True)
    assert visitors("a1") == {case: ("ben",)}
    assert visitors("c1") == {case: ("anna", "ben")}
    visiting.visit(ANNAS, case=other)
    assert visitors("b1") == {other: ("anna",)}
    visiting.leave(ANNAS)
    assert visitors("b1") == {}


def test_a_session_that_went_silent_is_gone_by_the_stores_time(case: int) -> None:
    visiting.visit(ANNAS, case=case)
    Visit.update(seen_at=Visit.seen_at - STALE_SECONDS - 5).execute()
    with on_day(-300):  # whatever the time of this process
        assert visitors("b1") == {}
        visiting.visit(BENS, case=case)
    assert [row.login for row in Visit.select()] == ["ben"], "the next one cleans up"


def test_a_visit_is_no_event_and_no_change_of_the_case(case: int) -> None:
    events = Event.select().count()
    visiting.visit(ANNAS, case=case)
    visiting.leave(ANNAS)
    assert Event.select().count() == events


def test_who_is_disabled_is_nowhere(case: int) -> None:
    with on_day(1):
        agents.set_active(SUE, login="anna", is_active=False)
    with pytest.raises(NotAllowed):
        visiting.visit(ANNAS, case=case)


def test_a_visit_is_noticed_and_is_no_news_of_any_case(case: int, store_url: str) -> None:
    before = mark(None)
    beside(store_url, lambda: visiting.visit(ANNAS, case=case))
    engine.execute_sql("SELECT 1")  # what a server has sent by then is at the connection with its answer
    after = mark(before)
    assert after.commits != before.commits
    assert after.event == before.event
