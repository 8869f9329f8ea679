"""Frames on a line that does not keep up: what is sent, and what is seen in the end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.screens.seat import case, fill
from tests.terminal.terminal import Terminal, terminal

NOW = datetime.now(UTC).replace(microsecond=0)
PAGE_DOWN, PAGE_UP = "\x1b[6~", "\x1b[5~"
TURNS = 30
BYTES_OF_ALL = 40_000
"""At least."""
MOST_BYTES_AHEAD = 25_000


@pytest.fixture
def url(sqlite_url: str) -> str:
    late = NOW - timedelta(days=20)
    fill(sqlite_url, [case(f"r{i}", late + timedelta(hours=i), seller_name=f"Seller {i}") for i in range(60)])
    return sqlite_url


def at_home(lines: list[str]) -> bool:
    return "60 cases" in lines[0] and lines[2].startswith("> C1 ")


def at_end(lines: list[str]) -> bool:
    return any(line.startswith("> C60 ") for line in lines)


def turn_pages(seat: Terminal, *, is_seen: bool) -> int:
    """Back and forth, each page seen or not, then to the end; how many bytes came."""
    before = len(seat.received)
    for _ in range(TURNS):
        for key in (PAGE_DOWN, PAGE_UP):
            seat.send(key)
            if is_seen:
                seat.until_byte()
            seat.until_quiet(0.02)
    seat.send("G")
    seat.until_quiet()
    return len(seat.received) - before


def test_pages_are_left_out_while_the_terminal_is_behind_and_the_last_one_is_seen(url: str) -> None:
    with terminal(url, mode="patient") as seat:
        seat.until(at_home)
        seat.until_quiet()
        held_back: list[str] = []
        seat.answer = held_back.append
        assert turn_pages(seat, is_seen=False) < MOST_BYTES_AHEAD
        seat.answer = seat.send
        seat.send("".join(held_back))
        seat.until(at_end)
        seat.send("q")
        assert seat.until_ended() == 0


def test_a_terminal_that_never_answers_is_sent_every_page(url: str) -> None:
    with terminal(url) as seat:
        seat.answer = lambda text: None
        seat.until(at_home)
        seat.until_quiet()
        assert turn_pages(seat, is_seen=True) > BYTES_OF_ALL
        seat.until(at_end)
        seat.send("q")
        assert seat.until_ended() == 0


def test_a_picture_that_somebody_has_spoilt_is_painted_anew(url: str) -> None:
    with terminal(url) as seat:
        seat.until(at_home)
        seat.until_quiet()
        picture = list(seat.screen.display)
        seat.feed(b"\x1b[3HBroadcast message from the host")
        assert seat.screen.display != picture
        seat.send("\x0c")
        seat.until(lambda lines: lines == picture)
        seat.send("q")
        assert seat.until_ended() == 0


def test_after_any_number_of_sizes_the_picture_is_whole(url: str) -> None:
    with terminal(url, size=(100, 30)) as seat:
        seat.until(at_home)
        for columns, lines in ((140, 40), (80, 24), (60, 15), (120, 30), (80, 24)):
            seat.resize(columns, lines)
            seat.until_quiet(0.02)
        seat.until_quiet()
        picture = list(seat.screen.display)
        seat.send("\x0c")
        seat.until_quiet()
        assert seat.screen.display == picture
        seat.send("q")
        assert seat.until_ended() == 0
