"""The plain console: lines in, lines out, and not one byte that draws."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from models import database
from models.actor import Actor
from models.operations import agents, visiting
from models.queries.case_file import case_file
from models.queries.visits import visitors
from models.vocabulary import Role
from tests.command_line.run import ROOT, acting, in_process
from tests.screens.seat import MAYA, NOOR, case, fill
from tests.terminal.terminal import PATIENCE_SECONDS, Terminal, terminal_of

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


def seen_by_others(url: str) -> dict[int, tuple[str, ...]]:
    database.open_store(url)
    found = visitors("another")
    database.close_store()
    return found


def test_who_reads_a_case_in_lines_is_seen_by_others_and_sees_them(url: str) -> None:
    database.open_store(url)
    visiting.visit(replace(NOOR, session="n1"), case=3)
    with plain(url) as seat:
        seat.until(lambda lines: any("nobody has it, noor is on it." in line for line in lines))
        say(seat, "3", "noor is here too.")
        assert seen_by_others(url) == {3: ("maya", "noor")}
        say(seat, "2", "C2  shop:r1")
        assert seen_by_others(url) == {2: ("maya",), 3: ("noor",)}
        say(seat, "mine", "Mine: 0 cases")
        assert seen_by_others(url) == {3: ("noor",)}


@pytest.mark.parametrize(("number", "status"), [(signal.SIGHUP, 129), (signal.SIGTERM, 143), (signal.SIGQUIT, 131)])
def test_however_it_ends_nobody_is_seen_there_any_more(url: str, number: signal.Signals, status: int) -> None:
    with plain(url) as seat:
        seat.until(lambda lines: any("'more' goes on." in line for line in lines))
        say(seat, "3", "Timeline")
        assert seen_by_others(url) == {3: ("maya",)}
        seat.signal(number)
        assert seat.until_ended() == status
    assert seen_by_others(url) == {}


def test_a_dropped_line_ends_it_and_nobody_is_seen_there(url: str) -> None:
    with plain(url) as seat:
        seat.until(lambda lines: any("'more' goes on." in line for line in lines))
        say(seat, "3", "Timeline")
        seat.hang_up()
        assert seat.process.wait(PATIENCE_SECONDS) == 129
    assert seen_by_others(url) == {}


def test_what_is_no_text_is_answered_with_a_sentence(url: str) -> None:
    with plain(url) as seat:
        seat.until(lambda lines: any("'more' goes on." in line for line in lines))
        seat.send_bytes(b"note C1 '\xff\xfe'\n")
        seat.until(lambda lines: any("not UTF-8" in line for line in lines))
        say(seat, "quit", "")
    assert acting(seat.received.decode(errors="replace").replace("\r\n", "\n")) == []


def test_a_terminal_that_draws_nothing_gets_lines(url: str) -> None:
    with terminal_of(
        [sys.executable, "-m", "console", "--db", url, "--as", "maya"], size=(100, 60), PYTHONPATH=str(ROOT),
        TERM="dumb",
    ) as seat:  # fmt: skip
        seat.until(lambda lines: any("'more' goes on." in line for line in lines))
        assert seat.screen.display[0].startswith("TERM is 'dumb': this terminal draws no screens")


def test_what_a_person_has_set_counts_from_wherever_they_come_in(url: str) -> None:
    assert in_process(url, "settings", "plain", "true", login="maya").status == 0
    assert in_process(url, "settings", "timezone", "Asia/Tokyo", login="maya").status == 0
    with terminal_of([sys.executable, "-m", "console", "--db", url, "--as", "maya"], size=(100, 60),
                     PYTHONPATH=str(ROOT)) as seat:  # fmt: skip
        seat.until(lambda lines: any("'more' goes on." in line for line in lines))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("timezone", "Mars/Olympus"), "'Mars/Olympus' is no time zone"),
        (("timezone", "../../etc/passwd"), "is no time zone"),
        (("color", "blue"), "color is one of auto"),
        (("fps", "0.5"), "fps takes a number"),
        (("fps", "9999999999"), "fps takes a number"),
        (("fps", "61"), "fps is 1 to 60"),
        (("plain", "yes"), "plain takes true or false"),
        (("db", "sqlite:///x.db"), "'db' is no setting of a person"),
        (("plain",), "Which value?"),
    ],
)
def test_what_cannot_be_set_is_refused(words: tuple[str, ...], said: str, url: str) -> None:
    in_process(url, "settings", *words, login="maya").refused(2, said)
    assert in_process(url, "settings", "--format", "csv", login="maya").out.count("default") == 6


def test_a_setting_is_taken_back(url: str) -> None:
    for words, shown in ((("fps", "5"), "fps,5,yours"), (("fps", "default"), "fps,0,default")):
        assert in_process(url, "settings", *words, login="maya").status == 0
        assert shown in in_process(url, "settings", "--format", "csv", login="maya").out
    assert "fps,0,default" in in_process(url, "settings", "--format", "csv", login="noor").out


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
