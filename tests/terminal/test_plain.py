"""The plain console: lines in, lines out, and not one byte that draws."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from models import database
from models.actor import Actor
from models.operations import agents
from models.queries.case_file import case_file
from models.vocabulary import Role
from tests.command_line.run import ROOT, acting, in_process
from tests.screens.seat import MAYA, case, fill
from tests.terminal.terminal import Terminal, terminal_of

NOW = datetime.now(UTC).replace(microsecond=0)
HOSTILE = "\x1b]0;owned\x07\x1b[5m\x9b31m\u202eBad"


@pytest.fixture
def url(sqlite_url: str) -> str:
    names = [HOSTILE, *(f"Seller {number}" for number in range(11))]
    fill(
        sqlite_url,
        [case(f"r{i}", NOW - timedelta(days=20, hours=-i), seller_name=name) for i, name in enumerate(names)],
    )
    return sqlite_url


@contextmanager
def plain(url: str, login: str = "maya") -> Iterator[Terminal]:
    command = [sys.executable, "-m", "console", "--db", url, "--as", login, "--plain"]
    with terminal_of(command, size=(100, 60), PYTHONPATH=str(ROOT)) as seat:
        yield seat


def say(seat: Terminal, line: str, answer: str) -> None:
    seat.send(f"{line}\n")
    seat.until(lambda lines: any(answer in each for each in lines) and lines[seat.screen.cursor.y].startswith(">"))


def test_a_case_is_found_read_and_worked_by_lines(url: str) -> None:
    with plain(url) as seat:
        seat.until(lambda lines: any("'more' goes on." in line for line in lines))
        assert any(line.startswith("1. C1, seller ␛]0;owned␇") for line in seat.screen.display)
        say(seat, "more", "12. C12, seller Seller 10")
        say(seat, "12", "Timeline")
        say(seat, "claim .", "C12: claimed")
        say(seat, "note . 'two words'", "C12: note")
        say(seat, "before", "C11  shop:r10")
        say(seat, "mine", "Mine: 1 case, 50.00 USD.")
        say(seat, "/amount>", "Not done: ")
        say(seat, "decide C1", "Not done: ")
        say(seat, "c1", "C1  shop:r0")
        say(seat, "sort amount", "Mine: 1 case")
        say(seat, "commands", "claim: take a case")
        say(seat, "help", "quit      leaves")
        seat.send("quit\n")
        assert seat.until_ended() == 0
    assert acting(seat.received.decode().replace("\r\n", "\n")) == [], "nothing that a terminal obeys"
    database.open_store(url)
    found = case_file(12)
    assert found.row.assignee == "maya" and [event.text for event in found.events if event.verb == "note"] == [
        "two words"
    ]


def test_the_next_session_goes_on_at_the_same_place_plain_or_not(url: str) -> None:
    with plain(url) as seat:
        seat.until(lambda lines: any("'more' goes on." in line for line in lines))
        say(seat, "all", "All cases: 12 cases")
        say(seat, "/amount=50", "narrowed by amount=50: 12 cases")
        say(seat, "C3", "C3  shop:r2")
        seat.hang_up()
        seat.process.wait(30)
    with plain(url) as seat:
        seat.until(lambda lines: any(line.startswith("C3  shop:r2") for line in lines))
        seat.send("\x04")
        assert seat.until_ended() == 0
    assert b"All cases, narrowed by amount=50" in seat.received


def test_who_is_disabled_is_led_out_of_a_waiting_prompt(url: str) -> None:
    database.open_store(url)
    agents.add(MAYA, login="sue", name="Sue", role=Role.SUPERVISOR)
    database.close_store()
    with plain(url) as seat:
        seat.until(lambda lines: any("'more' goes on." in line for line in lines))
        database.open_store(url)
        agents.set_active(Actor("sue", Role.SUPERVISOR, "Sue"), login="maya", is_active=False)
        assert seat.until_ended() == 4
    assert b"maya is disabled" in seat.received


def test_a_pipe_is_asked_nothing(url: str) -> None:
    assert in_process(url, "--plain", login="maya").refused(2, "needs a terminal")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--color", "blue"), "blue"),
        (("--fps", "0"), "write 1 to 60"),
        (("--fps", "61"), "write 1 to 60"),
        (("--fps=x",), "write 1 to 60"),
    ],
)
def test_what_no_terminal_can_do_is_refused(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    in_process(f"sqlite:///{tmp_path}/none.db", *words).refused(2, said)
