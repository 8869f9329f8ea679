"""What a screen does at its beginning it does once, although Textual calls the handlers of each of its classes."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from models import clock
from models.operations.looking import Look
from models.queries.freshness import Mark
from screens.base import ConsoleScreen
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
    begun: Counter[str] = Counter()
    looks: list[Mark] = []
    mounted, looked = ConsoleScreen.on_mount, ConsoleScreen.looked

    def begins(screen: ConsoleScreen) -> None:
        begun[screen.PLACE] += 1
        mounted(screen)

    def looks_at(screen: ConsoleScreen, seen: Look) -> None:
        looks.append(seen.mark)
        looked(screen, seen)

    monkeypatch.setattr(ConsoleScreen, "on_mount", begins)
    monkeypatch.setattr(ConsoleScreen, "looked", looks_at)
    with clock.stands_at(NOW):
        fill(sqlite_url, [case("a", NOW - timedelta(days=8))])
        async with seat(sqlite_url) as maya:
            await maya.press(*WAYS[place])
            screen = maya.desk.screen
            assert isinstance(screen, ConsoleScreen) and place == screen.PLACE
            maya.desk.workers.cancel_group(maya.desk, "watch")
            looks.clear()
            maya.look()
            await maya.rest()
            assert len(looks) == 1
    assert begun[place] == 1
