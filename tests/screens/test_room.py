"""The supervisor's room: its numbers are those of the queries behind them, and each opens what it counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from models import clock, database
from models.operations import assigning, moving
from models.queries import queue, room
from models.vocabulary import Party
from screens.room.chart import chart_lines, in_words
from tests.screens.seat import NOOR, case, fill, seat

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)


@pytest.fixture
def url(sqlite_url: str) -> str:
    """Three late sellers, one of them twice; one answer due tomorrow; noor has one of the late cases."""
    late = [("a", 9, "s1"), ("b", 8, "s1"), ("c", 7, "s2")]
    with clock.stands_at(NOW):
        fill(
            sqlite_url,
            [
                *(case(ref, NOW - timedelta(days=days), seller_ref=seller) for ref, days, seller in late),
                case("d", NOW - timedelta(days=4, hours=2), seller_ref="s3"),
            ],
        )
        database.open_store(sqlite_url)
        assigning.claim(NOOR, case=2)
        database.close_store()
    return sqlite_url


async def test_each_number_is_seen_and_opens_its_cases(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.press("0")
            assert maya.lines()[0].startswith(" The room  3 broken now  as of 2026-03-20 12:00 UTC")
            assert "seller's answer" in maya.text() and "any promise" in maya.text()
            await maya.press("j", "enter")
            assert maya.lines()[0].startswith(" All cases  /overdue:seller_response")
            assert "3 cases" in maya.lines()[0]


async def test_what_is_coming_says_who_can_save_it_and_opens_the_case(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.press("0")
            within = next(line for line in maya.lines() if "within 24 h" in line)
            assert within.split()[3:6] == ["2", "2", "0"] and "sellers 1" in within
            for _ in range(12):
                if "within 24 h" in maya.cursor_line():
                    break
                await maya.press("j")
            await maya.press("enter")
            assert "2 promises break by" in maya.text()
            assert "s3 can: chase" in next(line for line in maya.lines() if "C4" in line)
            if "C4" not in next(line for line in maya.lines() if line.lstrip().startswith(">")):
                await maya.press("j")
            await maya.press("enter")
            assert maya.lines()[0].startswith(" C4")


@pytest.mark.parametrize(("key", "before", "after"), [
    ("0", "3 broken now", "1 broken now"),
    ("3", "2 sellers, 3 overdue answers", "1 seller, 1 overdue answer"),
])  # fmt: skip
async def test_others_work_comes_by_itself_however_often_they_act(url: str, key: str, before: str, after: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.press(key)
            assert before in maya.text()
            database.open_store(url)
            for number in (1, 3):  # the second time the screen rests from reading what the first one changed
                moving.withdraw(NOOR, case=number, note="By phone.")
                maya.look()
                await maya.rest()
            database.close_store()
            await maya.until(lambda: after in maya.text())


async def test_sellers_are_chased_together_after_a_preview(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.press("3")
            assert maya.lines()[0].startswith(" Late sellers  2 sellers, 3 overdue answers")
            first = next(line for line in maya.lines() if "s1" in line)
            assert first.split()[1:3] == ["s1", "2"]
            await maya.press("space", "space", "h")
            assert "Remind 2 sellers of 3 answers?" in maya.text()
            await maya.press("right", "enter")
            assert "3 chasers wait to be sent." in maya.text()
            await maya.press("enter")
            assert "/seller:s" in maya.lines()[0] and "Overdue seller responses" in maya.lines()[0]


async def test_an_agent_sees_the_sellers_and_does_not_chase_them_all(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url, actor=NOOR) as noor:
            await noor.press("3", "h")
            assert "supervisor" in noor.text()


def test_the_numbers_are_those_of_the_queries(store: database.Location) -> None:
    from tests.operations.desk import ANNA, SUE, a_case, on_day, people

    people()
    for number in range(3):
        a_case(ref=f"R-{number}", amount_minor=1_000 * (number + 1))
    with on_day(6):
        assigning.claim(ANNA, case=1)
        moving.escalate(SUE, case=1, party=Party.PLATFORM, cause="risk", note="x")
    with on_day(13):
        found = room.room("sue")
        for tally in (found.overdue, *found.by_clock, *found.by_reason, *found.by_seller, *found.by_agent):
            (count,) = queue.count(tally.where, actor_login="sue")
            assert (count.cases, count.money) == (tally.cases, tally.money), tally.where
        assert found.overdue.cases > 0 and found.by_clock
        anna = next(desk for desk in found.desks if desk.login == "anna")
        assert (anna.open, anna.last_act_at is not None) == (1, True)
        assert sum(desk.open for desk in found.desks) == queue.count("is:open")[0].cases
        weeks = room.weeks()
        assert len(weeks) == room.WEEKS
        assert sum(week.broken for week in weeks) <= sum(week.due for week in weeks)
        assert weeks[-1].due > 0


def test_a_chart_says_the_same_in_words_and_fits_its_width() -> None:
    weeks = [room.Week(NOW + timedelta(weeks=number), 10 * number, number) for number in range(12)]
    assert in_words(weeks) == (
        "660 promises came due, 66 were broken (10.0 %): 10.0 % in the last week, 10.0 % in the one before."
    )
    for width in (30, 60, 100):
        lines = ["".join(text for text, _ in line) for line in chart_lines(weeks, width, UTC)]
        assert all(len(line) <= width for line in lines)
        assert ("█" in "".join(lines)) == (width >= 40)
    empty = [room.Week(NOW, 0, 0)] * 12
    assert "No promise came due." in chart_lines(empty, 80, UTC)[1][0][0]
