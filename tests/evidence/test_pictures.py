"""Pictures are shown, and whatever a stranger sends instead neither hangs nor breaks the console."""

from __future__ import annotations

import pytest

from screens.evidence import picture as pictures
from screens.evidence.picture import NotShown, half_blocks, picture
from screens.evidence.viewer import MOST_TEXT_BYTES, text_of
from screens.line_view import Line
from tests.evidence.samples import png


def cells(line: Line) -> int:
    return sum(len(text) for text, _ in line)


async def test_a_picture_fits_the_cells_that_there_are() -> None:
    lines = await picture(png(64, 32), 20, 20)
    assert (len(lines), {cells(line) for line in lines}) == (5, {20})
    ((_, look), *others) = lines[0]
    assert not others, "one colour is one span"
    assert look.color is not None and tuple(look.color.get_truecolor()) == (255, 0, 0)


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
        await picture(data, 20, 20)


async def test_a_picture_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_SECONDS", 0.0)
    with pytest.raises(NotShown, match="too long"):
        await picture(png(), 20, 20)


@pytest.mark.parametrize("found", [b"", b"\0\x01", b"\0\x14\0\x14", b"\0\0\0\0", b"\xff\xff\0\x01" + b"abc" * 65_535])
def test_what_the_process_writes_is_not_believed(found: bytes) -> None:
    with pytest.raises(NotShown):
        half_blocks(found, 20, 20)


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
