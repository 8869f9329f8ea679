"""The policy on the screens: in force in the help, by versions on a page of its own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from models import database
from models.operations import policies
from models.queries.policies import active_version
from screens.policy.screen import PolicyScreen
from screens.queue.screen import QueueScreen
from tests.rules.policies import changed
from tests.screens.seat import MAYA, NOOR, Seat, case, fill, seat

OPENED = datetime(2026, 3, 2, 9, tzinfo=UTC)
SHORTER = changed(('review = "5d"', 'review = "4d"'), ('USD = "200"\n', ""))
KEPT = "the version that is read"


@pytest.fixture
def url(store_url: str) -> str:
    fill(store_url, [case("D-1", OPENED)])
    database.open_store(store_url)
    policies.edit(MAYA, text=SHORTER)
    database.close_store()
    return store_url


def line(seat: Seat, part: str) -> str:
    return next(each for each in seat.lines() if part in each)


async def test_the_help_ends_with_the_policy_in_force(url: str) -> None:
    async with seat(url, size=(100, 40)) as maya:
        await maya.press("question_mark", "G")
        text = maya.text()
        assert "Policy 1, in force for new cases" in text
        assert "8h open hours of desk" in line(maya, "first touch")
        assert "A second person signs at or above 200 USD" in text
        await maya.press("escape", "4", "j", "a")
        await maya.write("A quiet month.")
        await maya.press("ctrl+s", "escape", "question_mark", "G")
        assert "Policy 2, in force for new cases" in maya.text() and "4d" in line(maya, "review  ")


async def test_a_version_is_compared_read_and_activated(url: str) -> None:
    async with seat(url, size=(100, 40)) as maya:
        await maya.press("4")
        assert "1 open" in line(maya, "in force") and "came with the program" in maya.text()
        await maya.press("j", "enter")
        text = maya.text()
        assert "What policy 2 says otherwise than policy 1" in text
        assert "- 5d" in text and "+ 4d" in text and "high_value.USD" in text
        await maya.press("a")
        await maya.write("Reviews are quicker now.")
        await maya.press("ctrl+s")
        assert "Policy 2 is in force" in maya.text()
        assert "activated by maya" in maya.text() and "Reviews are quicker now." in maya.text()
        assert maya.desk.last_command == "disputes policy activate 2 --note 'Reviews are quicker now.'"
        await maya.press("a")
        assert "in force already" in maya.text()
    database.open_store(url)
    assert active_version() == 2
    database.close_store()


async def test_without_a_reason_nothing_is_activated_and_what_was_typed_is_asked_for_again(url: str) -> None:
    async with seat(url) as maya:
        await maya.press("4", "j", "a", "ctrl+s")
        assert "needs a note that says why" in " ".join(maya.text().split())
        await maya.press("escape", "escape")
        assert isinstance(maya.desk.screen, QueueScreen)
    database.open_store(url)
    assert active_version() == 1
    database.close_store()


async def test_an_agent_reads_it_and_is_told_whose_it_is_to_change(url: str) -> None:
    async with seat(url, actor=NOOR) as noor:
        await noor.press("4", "j", "a")
        assert "needs the role supervisor" in noor.text()
        await noor.press("enter")
        assert "What policy 2 says otherwise" in noor.text()


async def test_it_can_be_named_and_is_come_back_to(url: str) -> None:
    async with seat(url) as maya:
        await maya.press("colon")
        await maya.write("policy\n")
        assert isinstance(maya.desk.screen, PolicyScreen)
    async with seat(url) as maya:
        assert isinstance(maya.desk.screen, PolicyScreen)
        await maya.press("colon")
        await maya.write("home\n")
        assert isinstance(maya.desk.screen, QueueScreen)


async def test_a_version_that_another_made_appears_by_itself(url: str) -> None:
    async with seat(url) as maya:
        await maya.press("4")
        database.open_store(url)
        policies.edit(MAYA, text=changed(('review = "5d"', 'review = "3d"')))
        database.close_store()
        maya.look()
        await maya.rest()
        assert any(row.lstrip("> ").startswith("3 ") for row in maya.lines())
