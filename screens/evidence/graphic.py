"""A picture in a terminal's own protocol: what is sent for it, and what stands in its cells."""

from __future__ import annotations

import re
import struct
import unicodedata
from math import ceil, sqrt
from pathlib import Path

from models.dataclass import dataclass
from screens.evidence.bounded import NoAnswer, answer_of
from screens.evidence.picture import Pixels
from screens.evidence.protocol import Protocol, Way

PROCESS = Path(__file__).with_name("encoding_process.py")
MOST_SECONDS = 8.0
MOST_PIXELS = 1_500_000
"""A whole screen of 140×40 cells of 10×20; on a screen with finer pixels the picture is smaller."""
MOST_BYTES = 16 * 1024 * 1024
PLACEHOLDER = "\U0010eeee"
"""Of kitty's protocol: a cell of a picture that the terminal keeps; signs above it say which."""
MOST_CELLS = 290
"""Kitty numbers no more lines or columns."""
_KITTY = re.compile(rb"(?:\x1b_G(?:[imfqcrU]=[0-9]+,|a=p,)*q=2(?:;[A-Za-z0-9+/=]*)?\x1b\\)+")
"""Pixels within the sequence itself, and `q=2`: an answer would come among the keys."""
_SIXEL = re.compile(rb"\x1bP[0-9;]*q[\x20-\x7e]*\x1b\\")


@dataclass(frozen=True, slots=True)
class Graphic:
    """`sent` goes to the terminal once for kitty, and with the cells each time for sixel."""

    columns: int
    lines: int
    sent: str
    number: int = 0
    """By which kitty knows it; 0 for sixel."""
    rows: tuple[str, ...] = ()
    """Placeholders, a line each; none for sixel."""

    @property
    def taken_back(self) -> str:
        """What makes the terminal forget the pixels it keeps."""
        return f"\x1b_Ga=d,d=I,i={self.number},q=2\x1b\\" if self.number else ""


def pixel_room(columns: int, lines: int, way: Way) -> tuple[int, int]:
    """How many pixels a picture may have on so many cells."""
    width, height = min(columns, MOST_CELLS) * way.cell[0], min(lines, MOST_CELLS) * way.cell[1]
    share = min(1.0, sqrt(MOST_PIXELS / max(1, width * height)))
    return int(width * share), int(height * share)


async def graphic_of(pixels: Pixels, way: Way) -> Graphic | None:
    """The pixels in the protocol of the terminal; None where that does not come to anything."""
    columns, lines = ceil(pixels.width / way.cell[0]), ceil(pixels.height / way.cell[1])
    try:
        found = await answer_of(
            PROCESS,
            (way.protocol, columns, lines),
            struct.pack(">HH", pixels.width, pixels.height) + pixels.data,
            seconds=MOST_SECONDS,
            most_bytes=MOST_BYTES,
            environment={"TEXTUAL_CELL_WIDTH": str(way.cell[0]), "TEXTUAL_CELL_HEIGHT": str(way.cell[1])},
        )
    except NoAnswer:
        return None
    return believed(found, columns, lines, way.protocol)


def believed(found: bytes, columns: int, lines: int, protocol: Protocol) -> Graphic | None:
    """Only what is the protocol from its first to its last byte reaches the terminal."""
    sent, _, rest = found.partition(b"\0")
    if not (_KITTY if protocol is Protocol.KITTY else _SIXEL).fullmatch(sent):
        return None
    if protocol is not Protocol.KITTY:
        return Graphic(columns, lines, sent.decode("ascii"))
    number, _, placeholders = rest.decode("utf-8", "replace").partition("\n")
    rows = placeholders.splitlines()
    if (
        not (number.isascii() and number.isdigit())
        or len(rows) != lines
        or not all(_is_row(row, columns) for row in rows)
    ):
        return None
    return Graphic(columns, lines, sent.decode("ascii"), int(number), tuple(rows))


def _is_row(row: str, columns: int) -> bool:
    return row.count(PLACEHOLDER) == columns and all(sign == PLACEHOLDER or unicodedata.combining(sign) for sign in row)
