"""What the foot of the screen tells: which of how many, how much is below, and long sentences to their end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from models import clock
from screens.decision.prefill import MOST_CHARACTERS
from screens.decision.screen import DecisionScreen
from screens.queue.window import PAGE_ROWS
from tests.screens.seat import case, fill, seat

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
CASES = PAGE_ROWS + 20


@pytest.fixture
def url(sqlite_url: str) -> str:
    with clock.stands_at(NOW):
        late = NOW - timedelta(days=8)
        names = ["A name that goes on and on, and takes the room of all others", *[f"S {n}" for n in range(CASES - 1)]]
        fill(sqlite_url, [case(f"r{n}", late + timedelta(minutes=n), seller_name=name) for n, name in enumerate(names)])
    return sqlite_url


async def test_the_list_says_which_of_how_many(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            assert maya.lines()[-1].endswith(f" 1 of {CASES}")
            await maya.press("j", "j")
            assert maya.lines()[-1].endswith(f" 3 of {CASES}")
            await maya.press("G", "k")
            assert maya.lines()[-1].endswith(f" {CASES - 1} of {CASES}")
            await maya.press(*["pageup"] * 3)
            at = maya.cursor_line().split()[1].removeprefix("C")  # they came in in the list's order
            assert maya.lines()[-1].endswith(f" {at} of {CASES}")


async def test_a_case_says_how_many_lines_are_below(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.press("enter")
            assert maya.lines()[-1].endswith(" more lines")
            await maya.press("end")
            assert maya.lines()[-1].endswith("help")


async def test_a_refusal_is_told_to_its_end(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url, size=(60, 15)) as maya:
            await maya.press("enter", "d")
            assert "it needs in_review" in " ".join(maya.text().split())
            await maya.press("j")
            await maya.press("c")
            assert "C1 is yours." in maya.lines()[-2]


async def test_one_long_name_leaves_room_for_the_state(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            assert "A name that goes on and on" in maya.cursor_line()
            assert "no answer" in maya.cursor_line()


async def test_a_long_claim_is_cut_at_a_word_with_a_sign(sqlite_url: str) -> None:
    with clock.stands_at(NOW):
        text = "word " * MOST_CHARACTERS
        fill(sqlite_url, [case("a", NOW - timedelta(days=8), state="in_review", description=text)])
        async with seat(sqlite_url) as maya:
            await maya.write(":C1\n")
            await maya.press("c")
            await maya.press("d")
            decision = maya.desk.screen
            assert isinstance(decision, DecisionScreen)
            assert decision.filled.points[0]["claimed"].endswith("word word …")
