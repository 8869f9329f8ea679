"""Pictures are shown, and whatever a stranger sends instead neither hangs nor breaks the console."""

from __future__ import annotations

from pathlib import Path

import pytest

from screens.evidence import bounded
from screens.evidence import picture as pictures
from screens.evidence.picture import NotShown, Pixels, believed, half_blocks, pixels_of
from screens.evidence.viewer import MOST_TEXT_BYTES, text_of
from screens.line_view import Line
from tests.evidence.samples import png

RED, BLACK = b"\xff\0\0", b"\0\0\0"


def cells(line: Line) -> int:
    return sum(len(text) for text, _ in line)


async def test_a_picture_fits_the_cells_that_there_are() -> None:
    lines = half_blocks(await pixels_of(png(64, 32), 20, 40))
    assert (len(lines), {cells(line) for line in lines}) == (5, {20})
    ((_, look), *others) = lines[0]
    assert not others, "one colour is one span"
    assert look.color is not None and tuple(look.color.get_truecolor()) == (255, 0, 0)


def test_an_odd_row_has_nothing_below_it() -> None:
    (line,) = half_blocks(Pixels(2, 1, RED * 2))
    assert [(text, look.bgcolor) for text, look in line] == [("▀▀", None)]


def test_without_colours_a_picture_is_light_and_shade() -> None:
    lines = half_blocks(Pixels(3, 3, (BLACK + b"\xff\xff\xff" + b"\x80\x80\x80") * 3), has_colours=False)
    assert [[text for text, _ in line] for line in lines] == [[" █▒"], [" █▒"]]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (png()[:-20], "broken"),
        (png(4, 4, says_width=30_000), "broken"),
        (png(4, 4, says_width=100_000_000), "too many pixels"),
        (b"\xff\xd8\xff\xe0 no jpeg at all", "broken"),
        (b"GIF89a\x01", "broken"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "broken"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n(/etc/passwd) run", "broken"),
        (b"", "broken"),
    ],
)
async def test_a_hostile_picture_is_told_in_a_sentence(data: bytes, why: str) -> None:
    with pytest.raises(NotShown, match=why):
        await pixels_of(data, 20, 20)


async def test_a_picture_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_SECONDS", 0.0)
    with pytest.raises(NotShown, match="too long"):
        await pixels_of(png(), 20, 20)


async def test_a_process_that_writes_without_end_is_ended(tmp_path: Path) -> None:
    script = tmp_path / "endless.py"
    script.write_text("import os\nwhile True: os.write(1, bytes(65536))")
    with pytest.raises(bounded.NoAnswer):
        await bounded.answer_of(script, (), b"", seconds=60.0, most_bytes=1_000_000)


async def test_nothing_of_our_surroundings_reaches_the_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPUTES_DB", "postgresql://desk:secret@db/disputes")
    script = tmp_path / "tells.py"
    script.write_text("import os, sys\nsys.stdout.write(str([name for name in os.environ if 'DISPUTES' in name]))")
    assert await bounded.answer_of(script, (), b"", seconds=60.0, most_bytes=1000) == b"[]"


@pytest.mark.parametrize("found", [b"", b"\0\x01", b"\0\x14\0\x14", b"\0\0\0\0", b"\xff\xff\0\x01" + b"abc" * 65_535])
def test_what_the_process_writes_is_not_believed(found: bytes) -> None:
    with pytest.raises(NotShown):
        believed(found, 20, 40)


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        ("кружка".encode(), "кружка"),
        (b"\xef\xbb\xbfcup", "cup"),
        ("cup".encode("utf-16"), "cup"),
        (b"caf\xe9", "café"),
        (b"\xff\xfe\x00", "\ufffd"),
    ],
)
def test_a_text_is_read_in_the_encoding_it_has(data: bytes, shown: str) -> None:
    assert text_of(data) == shown


def test_a_long_text_is_cut_even_within_a_letter() -> None:
    shown = text_of("ж".encode() * MOST_TEXT_BYTES)
    assert shown == "ж" * (MOST_TEXT_BYTES // 2) + f"\n… and {MOST_TEXT_BYTES} bytes more"
    assert text_of(b"a" + "ж".encode() * MOST_TEXT_BYTES).startswith("aжж")
