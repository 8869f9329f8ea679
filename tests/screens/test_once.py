"""What a screen does at its beginning it does once, although Textual calls the handlers of each of its classes."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from models import clock
from screens.base import POLL_SECONDS, ConsoleScreen
from tests.screens.seat import case, fill, seat

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
WAYS = {
    "queue": (), "case": ("enter",), "party": ("2",), "room": ("0",),
    "sellers": ("3",), "policy": ("4",), "report": ("5", "enter"), "intake": ("N",),
}  # fmt: skip


@pytest.mark.parametrize("place", WAYS)
async def test_a_screen_begins_once_and_looks_once(
    place: str, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    polls: Counter[str] = Counter()
    every = ConsoleScreen.every

    def counted(screen: ConsoleScreen, seconds: float, task: object) -> None:
        polls[screen.PLACE] += seconds == POLL_SECONDS
        every(screen, seconds, task)  # type: ignore[arg-type]

    monkeypatch.setattr(ConsoleScreen, "every", counted)
    with clock.stands_at(NOW):
        fill(sqlite_url, [case("a", NOW - timedelta(days=8))])
        async with seat(sqlite_url) as maya:
            await maya.press(*WAYS[place])
            screen = maya.desk.screen
            assert isinstance(screen, ConsoleScreen) and place == screen.PLACE
    assert polls[place] == 1
