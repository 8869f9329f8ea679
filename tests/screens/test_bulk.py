"""Several cases at once: marked by hand or by the query, shown before, told of after, and taken back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from models import clock, database
from models.operations import assigning
from models.queries.history import case_from_events
from tests.screens.seat import NOOR, Seat, case, fill, seat

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)


@pytest.fixture
def url(sqlite_url: str) -> str:
    """Three late sellers; noor has the second case."""
    with clock.stands_at(NOW):
        fill(sqlite_url, [case(ref, NOW - timedelta(days=days)) for ref, days in (("a", 9), ("b", 8), ("c", 7))])
        database.open_store(sqlite_url)
        assigning.claim(NOOR, case=2)
        database.close_store()
    return sqlite_url


def owners(url: str) -> list[str]:
    database.open_store(url)
    try:
        return [case_from_events(number).assignee for number in (1, 2, 3)]
    finally:
        database.close_store()


def line_of(maya: Seat, code: str) -> str:
    return next(line for line in maya.lines() if line.lstrip().startswith(code))


async def test_each_case_is_shown_before_and_only_those_that_can_are_done(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.press("space", "space", "space", "c")
            assert "Claim 2 cases?  1 stays as it is" in maya.text()
            assert "noor" in line_of(maya, "C2")
            assert "claim" in line_of(maya, "C1") and "claim" in line_of(maya, "C3")
            assert owners(url) == ["", "noor", ""], "nothing before it was agreed to"
            await maya.press("right", "enter")
            assert "2 cases done. ^z takes them back." in maya.text()
            assert owners(url) == ["maya", "noor", "maya"]


async def test_what_was_done_is_taken_back_in_one_stroke(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.press("asterisk")
            assert "3 marked" in maya.text()
            await maya.press("i")
            await maya.write("maya")
            await maya.press("tab")
            await maya.paste("Noor is away.")
            await maya.press("ctrl+s")
            assert "Assign 3 cases?" in maya.text()
            await maya.press("right", "enter")
            assert owners(url) == ["maya", "maya", "maya"]
            await maya.press("ctrl+z")
            assert "Take back 3 cases?" in maya.text()
            assert "release: maya → nobody" in line_of(maya, "C1") and "assign: maya → noor" in line_of(maya, "C2")
            await maya.press("right", "enter")
            assert owners(url) == ["", "noor", ""]
            await maya.press("ctrl+z")
            assert "Take back 3 cases?" in maya.text(), "and what was taken back is done again"


async def test_a_case_that_somebody_took_meanwhile_is_told_by_itself(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.press("asterisk", "c")
            database.open_store(url)
            assigning.claim(NOOR, case=3)
            database.close_store()
            await maya.press("right", "enter")
            assert "1 done, 1 not" in maya.text()
            assert "noor" in line_of(maya, "C3")
            assert "done" in line_of(maya, "C1")
    assert owners(url) == ["maya", "noor", "noor"]


async def test_none_that_can_be_done_says_why_of_each(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url, actor=NOOR) as noor:
            await noor.press("space", "down", "space", "x")
            assert "None of the 2 cases can be done" in noor.text()
            await noor.press("enter", "ctrl+z")
            assert "nothing to take back" in noor.text()


async def test_a_second_stroke_unmarks(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.press("asterisk")
            assert maya.text().count("■") == 3
            await maya.press("asterisk")
            assert "■" not in maya.text()
