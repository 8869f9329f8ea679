"""The ball's bar on a case's page, and what is said of promises that cannot be kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from models import clock, database
from models.operations import holding
from models.vocabulary import Hold
from tests.screens.seat import MAYA, case, fill, seat

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)


def before(days: float) -> datetime:
    return NOW - timedelta(days=days)


@pytest.fixture
def url(sqlite_url: str) -> str:
    cases = [case("late", before(18), escalated_at=before(6)), case("told", before(12), notified_at=before(1))]
    with clock.stands_at(before(1)):
        fill(sqlite_url, cases)
        database.open_store(sqlite_url)
        holding.hold(MAYA, case=1, why=Hold.OUTAGE, note="nobody could log in")
        database.close_store()
    return sqlite_url


@pytest.mark.parametrize("size", [(80, 44), (140, 44), (20, 60)])
async def test_a_bar_of_letters_and_words_add_up_to_the_whole(url: str, size: tuple[int, int]) -> None:
    with clock.stands_at(NOW):
        async with seat(url, size=size) as maya:
            await maya.write(":C1\n")
            lines = [line.split("│")[0].rstrip() for line in maya.lines()]
    bars = [line for line in lines if line and set(line.strip()) <= set("bsuU-")]
    width = min(size[0], 72)
    assert [len(bar) for bar in bars] == [width]
    counts = [round(bars[0].count(letter) * 18 / width) for letter in "suU"]
    assert counts == [12, 5, 1], "twelve days the seller, six we, the last of them on hold"
    if size[0] >= 80:
        assert "who had it since the opening, so far: 18d 0h" in "\n".join(lines)
        assert any("seller" in line and "12d 0h   67 %" in line for line in lines)
        assert any("us" in line and "6d 0h   33 %  of it 1d 0h on hold: outage" in line for line in lines)
        assert "the resolution is late: booked to the seller" in "\n".join(lines)


async def test_a_promise_out_of_reach_says_so_and_whose_it_is(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url, size=(140, 44)) as maya:
            await maya.write(":C2\n")
            said = " ".join(maya.text().split())
    assert "resolution CAN NO LONGER BE KEPT: we may step in 1d 0h after it is due" in said
    assert "the seller was told late: booked to us" in said
