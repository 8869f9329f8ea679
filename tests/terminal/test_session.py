"""A session from its first byte to its last, in a real terminal."""

from __future__ import annotations

import re
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from models import database
from models.actor import Actor
from models.operations import agents, assigning
from models.queries import drafts
from models.tables import Event
from models.vocabulary import Role
from tests.screens.seat import MAYA, NOOR, case, fill
from tests.terminal.terminal import PATIENCE_SECONDS, Terminal, terminal

NOW = datetime.now(UTC).replace(microsecond=0)
HOSTILE = "\x1b]0;owned\x07\x1b[5m\x9b31m\u202eBad"
MOST_BYTES_OF_A_KEY = 250
MOST_BYTES_OF_A_PAGE = 2000
MOST_WAKINGS_A_SECOND = 12
"""A look at the store takes about seven, back and forth between two threads."""


@pytest.fixture
def url(sqlite_url: str) -> str:
    late = NOW - timedelta(days=20)
    names = [HOSTILE, *(f"Seller {number}" for number in range(40))]
    fill(sqlite_url, [case(f"r{i}", late + timedelta(hours=i), seller_name=name) for i, name in enumerate(names)])
    return sqlite_url


def at_home(lines: list[str]) -> bool:
    return "Overdue seller responses  41 cases" in lines[0] and lines[2].startswith("> C1")


def write_half_a_note(seat: Terminal) -> None:
    seat.until(at_home)
    seat.send("o")
    seat.until(lambda lines: any("Note C1" in line for line in lines))
    seat.send("half a tho")
    seat.until(lambda lines: any("half a tho" in line for line in lines))


def kept_note(url: str) -> object:
    database.open_store(url)
    return (drafts.draft("maya", "note:C1") or {}).get("text")


def test_q_leaves_at_once_and_gives_the_terminal_back(url: str) -> None:
    with terminal(url) as seat:
        seat.until(at_home)
        seat.send("q")
        assert seat.until_ended() == 0
    assert b"\x1b[?1049l" in seat.received


def test_a_cursor_key_is_few_bytes_and_rest_is_none(url: str) -> None:
    with terminal(url) as seat:
        seat.until(at_home)
        seat.until_quiet()
        before = len(seat.received)
        seat.send("j")
        seat.until(lambda lines: lines[3].startswith("> C2"))
        seat.until_quiet()
        assert len(seat.received) - before <= MOST_BYTES_OF_A_KEY
        seat.send("q")
        seat.until_ended()


def test_a_page_of_a_case_is_painted_once_and_rest_is_silent(url: str) -> None:
    with terminal(url) as seat:
        seat.until(at_home)
        seat.send("\r")
        seat.until(lambda lines: any(line.startswith("Clocks") for line in lines))
        seat.until_quiet()
        before = len(seat.received)
        seat.send("\x1b[6~")
        seat.until(lambda lines: any(line.startswith("Timeline") for line in lines))
        seat.until_quiet()
        assert len(seat.received) - before <= MOST_BYTES_OF_A_PAGE
        before = len(seat.received)
        seat.until_quiet(2.5)
        assert len(seat.received) == before, "neither screen stirs when it looks for others' changes"
        seat.send("qq")
        seat.until_ended()


def test_rest_wakes_nobody(url: str) -> None:
    def wakings() -> int:
        found = Path(f"/proc/{seat.process.pid}/task").glob("*/status")
        return sum(int(re.findall(r"^voluntary_ctxt_switches:\s(\d+)", file.read_text(), re.M)[0]) for file in found)

    with terminal(url) as seat:
        seat.until(at_home)
        seat.until_quiet(5.0)
        before = wakings()
        seat.until_quiet(4.0)
        assert wakings() - before <= 4 * MOST_WAKINGS_A_SECOND
        seat.send("q")
        seat.until_ended()


def test_foreign_text_sends_no_control_to_the_terminal(url: str) -> None:
    with terminal(url) as seat:
        seat.until(at_home)
        seat.send("\r")
        seat.until(lambda lines: "C1" in lines[0] and "awaiting" in lines[0])
        seat.send("qq")
        assert seat.until_ended() == 0
    assert b"\x1b]0;owned" not in seat.received
    assert b"\x1b[5m" not in seat.received
    assert "\x9b".encode() not in seat.received and "\u202e".encode() not in seat.received
    assert "␛]0;owned" in seat.received.decode(errors="replace")


@pytest.mark.parametrize(("number", "status"), [(signal.SIGHUP, 129), (signal.SIGTERM, 143)])
def test_a_signal_saves_what_was_typed_and_ends(url: str, number: signal.Signals, status: int) -> None:
    with terminal(url) as seat:
        write_half_a_note(seat)
        seat.signal(number)
        assert seat.until_ended() == status
    assert kept_note(url) == "half a tho"


def test_a_dropped_line_ends_the_session_even_where_hang_up_is_ignored(url: str) -> None:
    with terminal(url, mode="ignore-hang-up") as seat:
        write_half_a_note(seat)
        seat.hang_up()
        assert seat.process.wait(20) == 129
    assert kept_note(url) == "half a tho"


@pytest.mark.parametrize(("number", "status"), [(signal.SIGHUP, 129), (signal.SIGTERM, 143)])
def test_a_terminal_that_takes_nothing_any_more_holds_up_no_end(url: str, number: signal.Signals, status: int) -> None:
    with terminal(url, size=(200, 50)) as seat:
        write_half_a_note(seat)
        for columns in range(100, 200):  # each draws everything anew; nobody reads it
            seat.resize(columns, 50)
        seat.until_byte()
        seat.signal(number)
        assert seat.process.wait(PATIENCE_SECONDS) == status
    assert kept_note(url) == "half a tho"


def test_who_was_stopped_reads_again_before_acting(url: str) -> None:
    with terminal(url, mode="quick-ears") as seat:
        seat.until(at_home)
        seat.signal(signal.SIGSTOP)
        database.open_store(url)
        assigning.claim(NOOR, case=1)
        seat.send("c")
        seat.until_quiet(2.5)
        seat.signal(signal.SIGCONT)
        seat.until(lambda lines: any("noor" in line for line in lines[2:-2]) and "noor" in lines[-2])
        seat.send("q")
        assert seat.until_ended() == 0
    assert Event.select().where(Event.verb == "claim").count() == 1


def test_no_color_still_shows_the_cursor(url: str) -> None:
    with terminal(url, NO_COLOR="1") as seat:
        seat.until(at_home)
        seat.send("q")
        seat.until_ended()
    styles = {part for found in re.findall(r"\x1b\[([0-9;]*)m", seat.received.decode()) for part in found.split(";")}
    assert "7" in styles, "reverse"
    assert styles <= {"", "0", "1", "2", "4", "7", "39", "49"}, "nothing but weight, underline and the default colours"


def test_a_session_over_ssh_drops_the_frameworks_variables(url: str) -> None:
    with terminal(url, SSH_CONNECTION="1", TEXTUAL_DRIVER="nowhere:Driver", TEXTUAL_LOG="/nowhere/log") as seat:
        seat.until(at_home)
        seat.send("\x1a")  # ctrl+z: there is no shell to go to
        seat.until(lambda lines: any("take back" in line for line in lines))
        seat.send("q")
        assert seat.until_ended() == 0


def test_a_mistake_of_ours_shows_a_reference_and_no_data(url: str) -> None:
    with terminal(url, mode="mistaken") as seat:
        write_half_a_note(seat)
        seat.send("\x1b")
        seat.until(lambda lines: not any("Note C1" in line for line in lines))
        seat.send("v")
        assert seat.until_ended() == 1
    assert b"something went wrong inside (reference " in seat.received
    assert b"jane@example.org" not in seat.received and b"Traceback" not in seat.received
    assert kept_note(url) == "half a tho"


def test_a_disabled_agent_is_led_out_and_their_text_is_kept(url: str) -> None:
    database.open_store(url)
    agents.add(MAYA, login="sue", name="Sue", role=Role.SUPERVISOR)
    database.close_store()
    with terminal(url) as seat:
        write_half_a_note(seat)
        database.open_store(url)
        agents.set_active(Actor("sue", Role.SUPERVISOR, "Sue"), login="maya", is_active=False)
        assert seat.until_ended() == 4
    assert b"maya is disabled" in seat.received
    assert kept_note(url) == "half a tho"
