"""What is closed is gone: a session that is walked through all day stays as large as it was."""

from __future__ import annotations

import gc
import weakref
from datetime import UTC, datetime, timedelta

import pytest
from textual._styles_cache import StylesCache
from textual.dom import DOMNode

from models import clock
from screens.base import ConsoleScreen
from screens.shared.text_field import TextField
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


def widgets() -> list[str]:
    """By their kinds; and what each keeps of its drawn lines."""
    gc.collect()
    kinds = DOMNode, StylesCache
    return sorted(type(each).__name__ for each in gc.get_objects() if isinstance(each, kinds))


@pytest.mark.parametrize("keys", [("enter", "q"), ("o", "escape"), ("question_mark", "q"), ("5", "enter", "q")])
async def test_a_widget_that_was_left_is_no_more_and_its_lines_with_it(sqlite_url: str, keys: tuple[str, ...]) -> None:
    with clock.stands_at(NOW):
        fill(sqlite_url, [case("a", NOW - timedelta(days=8))])
        async with seat(sqlite_url) as maya:
            await maya.press(*keys)  # what is made once stays
            before = len(widgets())
            for _ in range(VISITS):
                for key in keys:
                    await maya.press(key)
                assert len(maya.desk.screen_stack) == 1
            await maya.until(lambda: len(widgets()) <= before)


async def test_a_field_for_text_is_not_kept_for_its_theme(sqlite_url: str) -> None:
    with clock.stands_at(NOW):
        fill(sqlite_url, [case("a", NOW - timedelta(days=8))])
        async with seat(sqlite_url) as maya:
            await maya.press("o")
            field = weakref.ref(maya.desk.screen.query_one(TextField))
            await maya.press("escape")
            await maya.until(lambda: gc.collect() >= 0 and field() is None)
