"""Keys that were typed before their screen was seen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from time import monotonic

from textual import events

from models import clock
from tests.screens.seat import case, fill, seat

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)


async def test_a_key_from_before_the_question_does_not_answer_it(sqlite_url: str) -> None:
    with clock.stands_at(NOW):
        fill(sqlite_url, [case("a", NOW - timedelta(days=8))])
        async with seat(sqlite_url) as maya:
            await maya.write("lA note.")
            await maya.press("ctrl+s")
            assert "Withdraw C1 for the buyer?" in maya.text()
            early = events.Key("right", None)
            early.time = monotonic() - 60
            maya.desk.post_message(early)
            await maya.press("enter")
            assert "Withdraw C1 for the buyer?" not in maya.text()
            assert "awaiting" not in maya.text() and "no answer" in maya.cursor_line(), "Cancel kept the focus"


async def test_the_help_tells_keys_reasons_and_the_query_language(sqlite_url: str) -> None:
    with clock.stands_at(NOW):
        fill(sqlite_url, [case("a", NOW - timedelta(days=8))])
        async with seat(sqlite_url, size=(100, 120)) as maya:
            await maya.press("question_mark")
            shown = maya.text()
    assert "not now: 'decide' is not possible: C1 is awaiting seller." in shown
    assert "! l" in shown
    assert "overdue:seller_response" in shown
