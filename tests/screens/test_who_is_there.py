"""Two people on one case see each other, in the list and in the case."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from models import clock, database
from models.operations import visiting
from models.queries.visits import visitors
from models.tables import Visit
from tests.screens.seat import NOOR, case, fill, seat

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
NOORS = replace(NOOR, session="n1")


@pytest.fixture
def url(sqlite_url: str) -> str:
    with clock.stands_at(NOW):
        fill(sqlite_url, [case(ref, NOW - timedelta(days=days)) for ref, days in (("a", 8), ("b", 7))])
    return sqlite_url


def noor_goes_to(url: str, number: int | None) -> None:
    database.open_store(url)
    if number is None:
        visiting.leave(NOORS)
    else:
        visiting.visit(NOORS, case=number)
    database.close_store()


async def test_the_list_and_the_case_show_who_else_is_there(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            maya.look()
            await maya.rest()
            noor_goes_to(url, 2)
            maya.look()
            await maya.rest()
            assert maya.lines()[2].startswith("> C1")
            assert maya.lines()[3].startswith(" +C2")
            assert "noor is here too" not in maya.text()
            await maya.press("j")
            assert maya.cursor_line().startswith(">+C2")
            assert "+noor  2 of 2" in maya.lines()[-1]
            await maya.press("enter")
            assert "noor is here too" in maya.lines()[0]
            noor_goes_to(url, None)
            maya.look()
            await maya.rest()
            assert "noor" not in maya.lines()[0]


async def test_a_session_tells_which_case_it_has_open_until_it_leaves(url: str) -> None:
    def seen() -> dict[int, tuple[str, ...]]:
        database.open_store(url)
        try:
            return visitors("n1")
        finally:
            database.close_store()

    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.press("enter")
            await maya.until(lambda: seen() == {1: ("maya",)})
            await maya.press("q")
            await maya.until(lambda: seen() == {})
            await maya.press("j", "enter")
            await maya.until(lambda: seen() == {2: ("maya",)})
            await maya.press("ctrl+q")
    assert seen() == {}
    database.open_store(url)
    assert Visit.select().count() == 0
