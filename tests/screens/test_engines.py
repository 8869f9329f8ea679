"""The way through the screens on either engine."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from models import clock, database
from models.queries.case_file import case_file
from tests.screens.seat import NOOR, case, fill, seat

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)


async def test_from_the_queue_to_a_note_and_back(store_url: str) -> None:
    with clock.stands_at(NOW):
        fill(store_url, [case(name, NOW - timedelta(days=8, hours=hours)) for hours, name in enumerate("abc")])
        async with seat(store_url, actor=NOOR) as noor:
            await noor.press("j", "c")
            assert "C2 is yours." in noor.text()
            await noor.press("enter", "o")
            await noor.paste("Called.")
            await noor.press("ctrl+s", "q")
            await noor.write("/is:mine\n")
            assert "1 case" in noor.lines()[0] and "C2" in noor.cursor_line()
        async with seat(store_url, actor=NOOR) as noor:
            assert "/is:mine" in noor.lines()[0]
    database.open_store(store_url)
    assert case_file(2).messages[-1].text == "Called."
