"""A report on screen says what its export says: filtered, grouped, added up, with the command that exports it."""

from __future__ import annotations

import asyncio
import shlex
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from console.__main__ import main
from models import clock
from models.vocabulary import Outcome, State
from screens.report.screen import ReportScreen
from tests.screens.seat import MAYA, NOOR, case, fill, seat

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)


@pytest.fixture
def url(sqlite_url: str) -> str:
    """Three cases that a file has decided, and one that is open."""
    decided = NOW - timedelta(days=2)
    with clock.stands_at(NOW):
        fill(
            sqlite_url,
            [
                *(
                    case(
                        ref, NOW - timedelta(days=9), state=State.CLOSED, outcome=outcome, refund_minor=refund,
                        decided_at=decided, decided_by="someone", amount_minor=5_000, paid_minor=5_000,
                    )
                    for ref, outcome, refund in (("a", Outcome.FULL_REFUND, 5_000), ("b", Outcome.FULL_REFUND, 5_000),
                                                 ("c", Outcome.NO_REFUND, 0))
                ),
                case("d", NOW - timedelta(days=1)),
            ],
        )  # fmt: skip
    return sqlite_url


async def test_rows_totals_groups_and_the_command_agree(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    with clock.stands_at(NOW):
        async with seat(url, size=(140, 40)) as maya:
            await maya.press("5", "enter")
            await maya.until(lambda: "Totals" in maya.text())
            assert maya.lines()[0].startswith(" Decisions  3 rows")
            assert "cases 3" in maya.text() and "refund_amount 100.00 USD" in maya.text()
            await maya.write("/outcome:full_refund\n")
            await maya.until(lambda: "2 rows" in maya.lines()[0])
            await maya.press("b", "space", "enter")
            await maya.until(lambda: "by outcome currency" in maya.lines()[0])
            assert "1 group" in maya.lines()[0]
            await maya.press("x")
            assert "disputes report decisions --where outcome:full_refund --by outcome" in maya.text()
            command = shlex.split(maya.desk.last_command)
        assert main(["--db", url, "--as", "maya", *command[1 : command.index("--format")], "--format", "csv"]) == 0
    header, row = capsys.readouterr().out.splitlines()
    assert dict(zip(header.split(","), row.split(","), strict=True))["cases"] == "2"


async def test_a_line_opens_its_case_and_columns_are_turned_to(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.press("5", "enter")
            await maya.until(lambda: "Totals" in maya.text())
            assert "decided_by" not in maya.text()
            await maya.press(*["right"] * 12)
            assert "decided_by" in maya.text() and maya.cursor_line().split()[1].startswith("C")
            await maya.press("enter")
            assert maya.lines()[0].startswith(" C")


async def test_dates_and_other_reports_are_typed_and_a_wrong_day_is_told(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.press("5", "enter")
            await maya.until(lambda: "3 rows" in maya.lines()[0])
            await maya.write(":since 2026-03-19\n")
            await maya.until(lambda: "No row." in maya.text())
            await maya.write(":since\n")
            await maya.until(lambda: "3 rows" in maya.lines()[0])
            await maya.write(":until someday\n")
            assert "no day and no instant" in maya.text()
            await maya.write(":workload\n")
            await maya.until(lambda: maya.lines()[0].startswith(" Workload  1 row"))
            await maya.write("/amont>5\n")
            assert "did you mean amount" in maya.text()


async def test_an_agent_sees_what_they_may_export(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url, actor=NOOR) as noor:
            await noor.press("5", "enter")
            await noor.until(lambda: "No row." in noor.text())
        async with seat(url, actor=MAYA) as maya:  # and whoever comes back finds the report again
            await maya.press("5", "enter")
            await maya.until(lambda: "3 rows" in maya.lines()[0])
        async with seat(url) as maya:
            await maya.until(lambda: maya.lines()[0].startswith(" Decisions  3 rows"))


async def test_the_first_rows_can_be_walked_and_left_while_the_rest_is_read(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_beside, asked = ReportScreen.read_beside, 0

    async def slow_behind_the_first_rows(screen: ReportScreen, question: Callable[[], Any]) -> Any:
        nonlocal asked
        asked += 1
        if asked > 2:
            await asyncio.Event().wait()
        return await read_beside(screen, question)

    monkeypatch.setattr(ReportScreen, "read_beside", slow_behind_the_first_rows)
    with clock.stands_at(NOW):
        async with seat(url, size=(140, 40)) as maya:
            await maya.press_only("5", "enter")
            await maya.until(lambda: maya.lines()[0].startswith(" Decisions  3 rows …"))
            before = maya.cursor_line()
            await maya.press_only("down")
            await maya.until(lambda: maya.cursor_line() not in ("", before))
            await maya.press_only("q")
            await maya.until(lambda: len(maya.desk.screen_stack) == 1)
