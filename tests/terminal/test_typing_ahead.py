"""Many keys in one piece, as a bad line hands them over: they mean the same as one by one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from models import database
from models.queries import case_file
from tests.screens.seat import case, fill
from tests.terminal.terminal import terminal

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def url(sqlite_url: str) -> str:
    fill(sqlite_url, [case(f"r{number}", NOW - timedelta(days=20 - number)) for number in range(4)])
    return sqlite_url


def at_home(lines: list[str]) -> bool:
    return "4 cases" in lines[0] and lines[2].startswith("> C1")


def test_the_letters_of_a_note_are_no_verbs(url: str) -> None:
    """`c` would claim, `x` release, the space mark."""
    with terminal(url) as seat:
        seat.until(at_home)
        seat.send("oclear box, call anew\x13")
        seat.until(lambda lines: any("Your note is in C1." in line for line in lines))
        seat.send("q")
        seat.until_ended()
    database.open_store(url)
    found = case_file.case_file(1)
    assert [event.text for event in found.events if event.verb == "note"] == ["clear box, call anew"]
    assert found.row.assignee is None


def test_a_command_and_a_filter_are_taken_whole(url: str) -> None:
    with terminal(url) as seat:
        seat.until(at_home)
        seat.send(":all\r/ref:r2\r\ro")
        seat.until(lambda lines: any("Note C3" in line for line in lines))
        seat.send("\x1b")
        seat.until(lambda lines: lines[0].startswith(" C3 ") and not any("Note C3" in line for line in lines))
        seat.send("qq")
        assert seat.until_ended() == 0


def test_what_follows_a_refused_key_is_not_done(url: str) -> None:
    with terminal(url) as seat:
        seat.until(at_home)
        seat.send("dc")
        seat.until(lambda lines: any("'decide' is not possible" in line for line in lines))
        seat.send("q")
        seat.until_ended()
    database.open_store(url)
    assert case_file.case_file(1).row.assignee is None


def test_a_key_behind_next_means_the_case_that_is_served(url: str) -> None:
    with terminal(url) as seat:
        seat.until(at_home)
        seat.send("cjj")
        seat.until(lambda lines: lines[4].startswith("> C3"))
        seat.send("no")
        seat.until(lambda lines: any("Note C2" in line for line in lines))
