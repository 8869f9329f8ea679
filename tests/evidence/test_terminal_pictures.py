"""Pictures in a terminal's own protocol: who speaks one, what is sent, and that nothing else ever is."""

from __future__ import annotations

import base64
import io
import re
import subprocess
import sys

import pytest
from PIL import Image

from screens.evidence import graphic as graphics
from screens.evidence.graphic import MOST_PIXELS, PLACEHOLDER, believed, graphic_of, pixel_room
from screens.evidence.picture import Pixels
from screens.evidence.protocol import Protocol, Way, spoken, way_of
from tests.contracts.sources import ROOT

KITTY, SIXEL = Way(Protocol.KITTY, (10, 20)), Way(Protocol.SIXEL, (10, 20))
HALF_RED = Pixels(40, 60, (b"\xff\x00\x00" * 20 + b"\x00\x00\xff" * 20) * 60)


@pytest.mark.parametrize(
    ("environment", "protocol"),
    [
        ({"TERM": "xterm-kitty", "KITTY_WINDOW_ID": "1"}, Protocol.KITTY),
        ({"TERM": "xterm-ghostty"}, Protocol.KITTY),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "ghostty"}, Protocol.KITTY),
        ({"TERM": "foot-extra"}, Protocol.SIXEL),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}, Protocol.SIXEL),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, Protocol.SIXEL),
        ({"TERM": "xterm-256color", "KONSOLE_VERSION": "230800"}, Protocol.SIXEL),
        ({"TERM": "xterm-256color", "KONSOLE_VERSION": "210400"}, Protocol.BLOCKS),
        ({"TERM": "xterm-256color"}, Protocol.BLOCKS),
        ({"TERM": "linux"}, Protocol.BLOCKS),
        ({}, Protocol.BLOCKS),
        # What a terminal around them says is not theirs to show.
        ({"TERM": "tmux-256color", "TMUX": "/tmp/tmux,1,0", "KITTY_WINDOW_ID": "1", "TERM_PROGRAM": "ghostty"},
         Protocol.BLOCKS),
        ({"TERM": "screen", "STY": "1.pts", "TERM_PROGRAM": "WezTerm"}, Protocol.BLOCKS),
        ({"TERM": "xterm-kitty", "SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22"}, Protocol.BLOCKS),
        ({"TERM": "foot", "SSH_TTY": "/dev/pts/3"}, Protocol.BLOCKS),
    ],
)  # fmt: skip
def test_a_protocol_is_used_where_the_terminal_is_known_to_speak_it(
    environment: dict[str, str], protocol: Protocol
) -> None:
    assert spoken(environment) is protocol


def test_without_the_size_of_a_cell_or_its_colours_pictures_are_half_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    kitty = {"TERM": "xterm-kitty"}
    monkeypatch.setattr("screens.evidence.protocol.cell_of_terminal", lambda: (10, 20))
    assert way_of(kitty, "auto", has_true_colours=True) == KITTY
    assert way_of(kitty, "auto", has_true_colours=False) == Way()
    assert way_of(kitty, "blocks", has_true_colours=True) == Way()
    assert way_of({"SSH_CONNECTION": "1"}, "sixel", has_true_colours=False) == SIXEL, "whoever asks for it has it"
    monkeypatch.setattr("screens.evidence.protocol.cell_of_terminal", lambda: (0, 0))
    assert way_of(kitty, "kitty", has_true_colours=True) == Way()


async def test_kitty_gets_the_pixels_as_they_are_and_cells_that_name_them() -> None:
    drawn = await graphic_of(HALF_RED, KITTY)
    assert drawn is not None and (drawn.columns, drawn.lines) == (4, 3)
    assert [row.count(PLACEHOLDER) for row in drawn.rows] == [4, 4, 4]
    messages = re.findall(r"\x1b_G([^;\x1b]*);?([^\x1b]*)\x1b\\", drawn.sent)
    assert all("q=2" in keys for keys, _ in messages), "no answer comes among the keys"
    assert f"a=p,i={drawn.number},c=4,r=3,U=1,q=2" in [keys for keys, _ in messages]
    shown = Image.open(io.BytesIO(base64.b64decode("".join(payload for _, payload in messages))))
    assert shown.size == (40, 60)
    assert (shown.getpixel((2, 50)), shown.getpixel((38, 2))) == ((255, 0, 0), (0, 0, 255))
    assert drawn.taken_back == f"\x1b_Ga=d,d=I,i={drawn.number},q=2\x1b\\"


async def test_sixel_is_as_large_as_its_cells() -> None:
    drawn = await graphic_of(HALF_RED, SIXEL)
    assert drawn is not None and (drawn.columns, drawn.lines, drawn.rows) == (4, 3, ())
    assert re.match(r'\x1bP[0-9;]*q"1;1;40;60', drawn.sent) and drawn.taken_back == ""
    colours = set(re.findall(r"#\d+;2;(\d+;\d+;\d+)", drawn.sent))
    assert {"100;0;0", "0;0;100"} <= colours


@pytest.mark.parametrize("way", [KITTY, SIXEL])
async def test_an_encoder_that_takes_too_long_leaves_half_blocks(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graphics, "MOST_SECONDS", 0.0)
    assert await graphic_of(HALF_RED, way) is None


@pytest.mark.parametrize(
    ("found", "protocol"),
    [
        (b"", Protocol.SIXEL),
        (b"\x1bPq#0\x1b\\\x1b]52;c;b3duZWQ=\x07\0", Protocol.SIXEL),
        (b"\x1bPq#0\x1b[2J\x1b\\\0", Protocol.SIXEL),
        (b"\x1bP+q544e\x1b\\\0", Protocol.SIXEL),
        (b"\x1bP$qm\x1b\\\0", Protocol.SIXEL),
        (b"\x1b_Gi=1,q=2;AAAA\x1b\\\0", Protocol.KITTY),
        (b"\x1b_Gi=1,t=f,q=2;L2V0Yy9wYXNzd2Q=\x1b\\\0001\n" + PLACEHOLDER.encode(), Protocol.KITTY),
        (b"\x1b_Gi=1;AAAA\x1b\\\0001\n" + PLACEHOLDER.encode(), Protocol.KITTY),
        (b"\x1b_Gi=1,q=2;AAAA\x1b\\\0001\nA", Protocol.KITTY),
        (b"\x1b_Gi=1,q=2;AAAA\x1b\\\0001\n" + (PLACEHOLDER + "\x1b[2J").encode(), Protocol.KITTY),
        (b"\x1b_Gi=1,q=2;AAAA\x1b\\\0001\x1b[2J\n" + PLACEHOLDER.encode(), Protocol.KITTY),
    ],
)
def test_nothing_but_the_protocol_reaches_the_terminal(found: bytes, protocol: Protocol) -> None:
    assert believed(found, 1, 1, protocol) is None


def test_what_is_the_protocol_is_believed() -> None:
    assert believed(b'\x1bP0;0;0q"1;1;4;4#0;2;0;0;0#0!4~-\x1b\\\0', 1, 1, Protocol.SIXEL) is not None
    kitty = b"\x1b_Gi=7,m=0,f=100,q=2;AAAA\x1b\\\x1b_Ga=p,i=7,c=1,r=1,U=1,q=2\x1b\\\0007\n"
    assert believed(kitty + (PLACEHOLDER + "\u0305\u0305").encode(), 1, 1, Protocol.KITTY) is not None


def test_a_picture_has_bounded_pixels_however_fine_the_screen() -> None:
    assert pixel_room(70, 20, KITTY) == (700, 400)
    width, height = pixel_room(1000, 1000, Way(Protocol.SIXEL, (40, 80)))
    assert width * height <= MOST_PIXELS


def test_the_console_loads_no_library_for_pictures() -> None:
    """It would cost everybody its start and its memory, and `textual_image` asks the terminal when it is imported."""
    run = "import sys, console.desk, screens.evidence.viewer; print({'PIL', 'textual_image'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", run], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
