"""On every screen: what a terminal, a bad line or a paste may send moves nothing, and no key leads out of the desk."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from models import clock, database
from models.operations import assigning, moving
from models.queries.case_file import case_file
from models.tables import Event
from models.vocabulary import Party
from tests.screens.seat import MAYA, case, fill
from tests.terminal.terminal import Terminal, terminal
from tests.terminal.test_ears import ANSWERS

NOW = datetime.now(UTC).replace(microsecond=0)
WAYS = {
    "queue": "", "case": "\r", "help": "\r?", "decision": "\rd", "intake": "N", "party": "\r1", "room": "0",
    "sellers": "3", "report": "5\r", "policy": "4", "views": "v", "why": "\rw",
}  # fmt: skip
PASTES = ("y\r", "\x1b[A\r", "\x1b" + "d" * 40 + "\r", "d\ty\r\x13\r", "\x11", "c")
KEYS = (
    "\x1a\x1c\x10\x00"
    + "".join(f"\x1b[{number}~" for number in (15, 17, 18, 19, 20, 21, 23, 24))
    + "\x1bOQ\x1bOR\x1bOS"
)
"""ctrl+z, ctrl+\\, ctrl+p and the function keys but the one for help."""
BYTES = b"\xff\xfe\xc3(\x80\xc3"
"""No UTF-8, and one that is torn."""
POINTER = re.compile("\x1b]22;[a-z-]+\x07")
"""The one thing that we do tell a terminal in this way: the shape of the mouse."""


@pytest.fixture
def url(sqlite_url: str) -> str:
    fill(sqlite_url, [case(f"r{i}", NOW - timedelta(days=9, hours=-i)) for i in range(3)])
    database.open_store(sqlite_url)
    with clock.stands_at(NOW):
        moving.escalate(MAYA, case=1, party=Party.PLATFORM, cause="silence", note="n")
        assigning.claim(MAYA, case=1)
    database.close_store()
    return sqlite_url


def shown(text: str) -> Callable[[list[str]], bool]:
    return lambda lines: any(text in line for line in lines)


def chain(url: str) -> list[str]:
    database.open_store(url)
    found = [event.verb for event in Event.select().order_by(Event.seq)]
    database.close_store()
    return found


def go_on(seat: Terminal, key: str) -> None:
    """To the next screen, until it stands still."""
    before = list(seat.screen.display)
    seat.send(key)
    seat.until(lambda lines: lines != before)
    seat.until_quiet(0.2)


def is_home(lines: list[str]) -> bool:
    return lines[0].startswith(" In review") and lines[2].startswith("> C1")


def test_no_answer_paste_or_key_acts_on_any_screen(url: str) -> None:
    before = chain(url)
    with terminal(url) as seat:
        seat.until(shown("Overdue seller responses"))
        seat.send(":in-review\r")
        seat.until(is_home)
        for place, way in WAYS.items():
            for key in way:
                go_on(seat, key)
            title = seat.screen.display[0].split("  ")[0]
            seat.send_bytes(BYTES)
            seat.send("".join(ANSWERS.values()))
            seat.send("".join(f"\x1b[200~{paste}\x1b[201~" for paste in PASTES))
            seat.send(KEYS)
            seat.until_quiet(0.3)
            assert seat.process.poll() is None, place
            assert seat.screen.display[0].split("  ")[0] == title, "\n".join(seat.screen.display)
            while not is_home(seat.screen.display):
                go_on(seat, "\x1b")
        seat.send("\x11")
        assert seat.until_ended() == 0, "it still takes keys"
    assert chain(url) == before
    text = seat.received.decode()
    assert "Traceback" not in text and "went wrong" not in text
    assert not [word for word in ("\x1b]", "\x1b_", "\x1bP", "\x9b", "\x07") if word in POINTER.sub("", text)]


def test_a_note_is_what_was_typed_and_pasted_and_no_answer(url: str) -> None:
    with terminal(url) as seat:
        seat.until(shown("Overdue seller responses"))
        seat.send(":C2\r")
        seat.until(shown("shop:r1"))
        seat.send("o")
        seat.until(shown("Note C2"))
        for answer in ANSWERS.values():
            seat.send(answer)
        seat.send("Seen, \x1b[200~twice\r\x1b[31m[b]\x1b[201~.\x13")
        seat.until(shown("Your note is in C2"))
        seat.send("\x11")
        assert seat.until_ended() == 0
    database.open_store(url)
    (note,) = [event.text for event in case_file(2).events if event.verb == "note"]
    assert note == "Seen, twice\n␛[31m[b]."


def test_no_size_is_too_much(url: str) -> None:
    with terminal(url) as seat:
        seat.until(shown("Overdue seller responses"))
        for size in ((1, 1), (0, 0), (6000, 3000), (80, 24)):
            seat.resize(*size)
            seat.until_byte()
            seat.until_quiet(0.2)
        seat.until(shown("enter show"))
        seat.send("\x11")
        assert seat.until_ended() == 0
    assert len(seat.received) < 2_000_000
