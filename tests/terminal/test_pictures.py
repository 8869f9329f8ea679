"""A picture in a real terminal: in its own protocol where it is known to have one, in half blocks everywhere else."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest

from models import database
from models.operations import evidencing
from models.vocabulary import EvidenceKind, Party
from screens.evidence.graphic import PLACEHOLDER
from screens.evidence.protocol import MULTIPLEXERS, REMOTE
from tests.evidence.samples import png
from tests.screens.seat import MAYA, case, fill
from tests.terminal.terminal import Terminal, terminal

NOW = datetime.now(UTC).replace(microsecond=0)
KITTY = {"TERM": "xterm-kitty", "COLORTERM": "truecolor"}
PLAIN = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
PLACED = re.compile(rb"\x1b_Ga=p,i=(\d+),c=(\d+),r=(\d+),U=1,q=2\x1b\\")
QUESTIONS = re.compile(rb"\x1b\[[>=]?0?c|\x1b\[1[4-8]t|\x1b_G[^;]*a=q")
"""About the device, its sizes, and its pictures."""


@pytest.fixture(autouse=True)
def _no_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*REMOTE, *MULTIPLEXERS, "TERM_PROGRAM", "KONSOLE_VERSION", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def url(sqlite_url: str) -> str:
    fill(sqlite_url, [case("a", NOW - timedelta(days=20))])
    database.open_store(sqlite_url)
    for kind, data in ((EvidenceKind.OTHER, b"It is broken."), (EvidenceKind.PHOTO_ITEM, png(1600, 800))):
        evidencing.attach(MAYA, case=1, party=Party.BUYER, kind=kind, source=BytesIO(data), title=kind)
    database.close_store()
    return sqlite_url


def look(seat: Terminal) -> None:
    seat.until(lambda lines: "1 case" in lines[0])
    seat.send(":C1\rV")
    seat.until(lambda lines: any("evidence 2 of 2" in line for line in lines))


def leave(seat: Terminal) -> None:
    seat.send("q")
    seat.until(lambda lines: lines[0].startswith(" C1"))
    seat.send("qq")
    assert seat.until_ended() == 0


def placed(seat: Terminal) -> list[tuple[int, ...]]:
    """What kitty was told of pictures: number, columns, lines."""
    return [tuple(map(int, found)) for found in PLACED.findall(seat.received)]


def test_kitty_draws_the_picture_and_draws_it_again_in_the_windows_new_size(url: str) -> None:
    with terminal(url, size=(80, 24), mode="-", **KITTY) as seat:
        look(seat)
        seat.until(lambda lines: len(placed(seat)) == 1 and any(PLACEHOLDER in line for line in lines))
        ((number, columns, height),) = placed(seat)
        assert (columns, height) == (78, 20), "780×390 pixels fill the sheet's width"
        seat.until(lambda lines: sum(PLACEHOLDER in line for line in lines) == height)
        seat.resize(50, 24)
        seat.until(lambda lines: len(placed(seat)) == 2 and sum(PLACEHOLDER in line for line in lines) == 12)
        other, columns, height = placed(seat)[1]
        assert (columns, height) == (48, 12)
        assert f"\x1b_Ga=d,d=I,i={number},q=2".encode() in seat.received
        seat.send("\x1b[D")
        seat.until(lambda lines: any("It is broken." in line for line in lines))
        assert not any(PLACEHOLDER in line for line in seat.screen.display)
        assert f"\x1b_Ga=d,d=I,i={other},q=2".encode() in seat.received
        leave(seat)
    assert not QUESTIONS.search(seat.received)
    assert b"\x1bP" not in seat.received


def test_a_terminal_with_sixel_gets_the_picture_where_its_cells_are(url: str) -> None:
    with terminal(url, size=(80, 24), mode="-", **(PLAIN | {"TERM_PROGRAM": "WezTerm"})) as seat:
        look(seat)
        seat.until(lambda lines: b'q"1;1;' in seat.received)
        seat.until_quiet()
        (drawn,) = re.findall(rb"\x1b\[(\d+);(\d+)H(?:\x1b\[0?m)*\x1bP[0-9;]*q\"1;1;(\d+);(\d+)", seat.received)
        assert tuple(map(int, drawn)) == (4, 2, 780, 400), "painted once, below the sheet's two lines"
        leave(seat)
    assert not QUESTIONS.search(seat.received)
    assert b"\x1b_G" not in seat.received


@pytest.mark.parametrize(
    "surroundings",
    [
        pytest.param(PLAIN, id="another terminal"),
        pytest.param(KITTY | {"SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22"}, id="over ssh"),
        pytest.param(KITTY | {"TMUX": "/tmp/tmux-0/default,1,0"}, id="inside tmux"),
        pytest.param(KITTY | {"NO_COLOR": "1"}, id="without colours"),
    ],
)
def test_everywhere_else_a_picture_is_text(url: str, surroundings: dict[str, str]) -> None:
    block = "█" if "NO_COLOR" in surroundings else "▀"
    shade = "░" if "NO_COLOR" in surroundings else block
    with terminal(url, size=(80, 24), mode="-", **surroundings) as seat:
        look(seat)
        seat.until(lambda lines: sum(block in line or shade in line for line in lines) > 10)
        leave(seat)
    assert b"\x1b_" not in seat.received and b"\x1bP" not in seat.received
    assert not QUESTIONS.search(seat.received)
