"""How often a screen is drawn when it comes, and when it comes back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from console import curtain
from console.desk import Desk
from models import clock
from screens.line_view import Drawn
from tests.screens.seat import case, fill, seat

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The screens that were drawn, each as often as more than its header, status line and footer were."""
    monkeypatch.setattr(curtain, "LONGEST_SECONDS", 30.0)  # however slow this machine is
    found: list[str] = []
    display = Desk._display

    def watched(desk: Desk, screen: Any, renderable: Any) -> None:
        if renderable is not None and not desk._curtain.is_down:
            lines = {span[0] for span in getattr(renderable, "spans", [(y, 0, 0) for y in range(screen.size.height)])}
            if len(lines) > 3:
                found.append(type(screen).__name__)
        display(desk, screen, renderable)

    monkeypatch.setattr(Desk, "_display", watched)
    return found


async def test_each_screen_and_dialog_is_drawn_once(sqlite_url: str, drawn: list[str]) -> None:
    with clock.stands_at(NOW):
        fill(sqlite_url, [case("a", NOW - timedelta(days=8))])
        async with seat(sqlite_url) as maya:
            drawn.clear()
            for key in ("enter", "o", "escape", "q", "v", "escape", "2", "q"):
                await maya.press(key)
                await maya.until(lambda: not maya.desk._curtain.is_down)
            assert drawn == [
                *("CaseScreen", "FormDialog", "CaseScreen", "QueueScreen"),
                *("ViewsDialog", "QueueScreen"),
                *("PartyScreen", "QueueScreen"),
            ]


async def test_what_draws_its_own_lines_has_no_edge(sqlite_url: str) -> None:
    """The framework would leave room for one, and nobody would draw it."""
    with clock.stands_at(NOW):
        fill(sqlite_url, [case("a", NOW - timedelta(days=8))])
        async with seat(sqlite_url, size=(150, 40)) as maya:
            seen: set[str] = set()
            for key in ("r", "question_mark", "escape", "enter", "o", "escape", "d", "q", "1", "q", "q", "2", "q", "v"):
                for widget in maya.desk.screen.walk_children(Drawn):
                    seen.add(type(widget).__name__)
                    assert not widget.styles.gutter and widget.opacity == 1.0, widget
                await maya.press(key)
            assert {"Bar", "CaseList", "LineView", "Page", "TailedBar"} <= seen
