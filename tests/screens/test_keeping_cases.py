"""Asking, holding, chasing and withdrawing by keys: what is asked for, said, and called as a command."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from models import clock, database
from models.operations import assigning, moving, talking
from models.queries.case_file import case_file
from models.vocabulary import Party, PartyAct
from tests.screens.seat import MAYA, NOOR, case, fill, seat

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)


@pytest.fixture
def url(sqlite_url: str) -> str:
    """C1 is in review and Noor's; the seller of C2 is late."""
    with clock.stands_at(NOW):
        fill(sqlite_url, [case("a", NOW - timedelta(days=8)), case("b", NOW - timedelta(days=8))])
        database.open_store(sqlite_url)
        moving.escalate(MAYA, case=1, party=Party.BUYER, cause="seller_silent", note="n")
        assigning.claim(NOOR, case=1)
        talking.respond(NOOR, case=1, party=Party.SELLER, move=PartyAct.REPLY, text="Please close the dispute!")
        database.close_store()
    return sqlite_url


async def test_a_party_is_asked_and_the_review_shows_as_paused(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url, size=(100, 60), actor=NOOR) as noor:
            await noor.write(":C1\n")
            await noor.press("I", "tab")
            await noor.paste("a photo of the label")
            await noor.press("ctrl+s")
            assert "the review waits" in noor.text()
            assert "PAUSED" in noor.text() and "a photo of the label" in noor.text()
            await noor.press("y")
            asked = "--item 'photo item or video item' --item 'a photo of the label'"
            assert f"disputes ask C1 --party buyer {asked}" in noor.text(), "what the side lacks comes first"
            await noor.press("escape", "K")
            assert "C1 is in review again." in noor.text()
            await noor.press("y")
            assert "disputes ask C1 --cancel" in noor.text()


async def test_a_withdrawal_asks_with_what_the_buyer_should_hear(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url, size=(100, 40), actor=NOOR) as noor:
            await noor.write(":C1\n")
            await noor.press("l")
            await noor.paste("The buyer wrote so.")
            await noor.press("ctrl+s")
            assert "ask the buyer why" in " ".join(noor.text().split())


async def test_a_hold_is_a_supervisors_and_stands_beside_the_clocks(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url, size=(100, 40), actor=NOOR) as noor:
            await noor.write(":C1\n")
            await noor.press("H")
            assert "supervisor" in noor.text()
        async with seat(url, size=(100, 60)) as maya:
            await maya.write(":C1\n")
            await maya.press("H", "tab")
            await maya.paste("A court asked.")
            await maya.press("ctrl+s")
            assert "ON HOLD: legal" in maya.text() and "until the hold is lifted" in maya.text()


async def test_a_seller_is_chased_by_one_key(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url, size=(100, 60), actor=NOOR) as noor:
            await noor.write(":C2\n")
            await noor.press("h")
            assert "1 chaser sent" in noor.text()
    database.open_store(url)
    assert case_file(2).messages[-1].kind == "chase"
