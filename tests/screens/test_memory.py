"""What is closed is gone: a session that is walked through all day stays as large as it was."""

from __future__ import annotations

import gc
from datetime import UTC, datetime, timedelta

import pytest

from models import clock
from screens.base import ConsoleScreen
from tests.screens.seat import case, fill, seat

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
VISITS = 4


def alive() -> list[str]:
    gc.collect()
    return [type(each).__name__ for each in gc.get_objects() if isinstance(each, ConsoleScreen)]


@pytest.mark.parametrize("keys", [("enter", "q"), ("2", "q"), ("0", "q"), ("3", "q"), ("4", "q"), ("N", "escape")])
async def test_a_screen_that_was_left_is_no_more(sqlite_url: str, keys: tuple[str, str]) -> None:
    with clock.stands_at(NOW):
        fill(sqlite_url, [case("a", NOW - timedelta(days=8))])
        async with seat(sqlite_url) as maya:
            before = len(alive())
            for _ in range(VISITS):
                await maya.press(keys[0])
                assert len(maya.desk.screen_stack) == 2
                await maya.press(keys[1])
                assert len(maya.desk.screen_stack) == 1
            await maya.until(lambda: len(alive()) <= before)
