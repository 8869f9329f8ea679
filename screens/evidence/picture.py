"""A stranger's picture as pixels, and pixels in half blocks: two a cell, which every terminal can show."""

from __future__ import annotations

import struct
from itertools import groupby
from pathlib import Path

from rich.color import Color
from rich.style import Style

from models.dataclass import dataclass
from screens.evidence.bounded import NoAnswer, answer_of
from screens.evidence.picture_process import BROKEN, TOO_LARGE
from screens.line_view import Line

PROCESS = Path(__file__).with_name("picture_process.py")
MOST_SECONDS = 8.0
UPPER_HALF = "▀"
SHADES = " ░▒▓█"
"""From dark to light, where there are no colours; a cell is one of them."""
WHY = {
    TOO_LARGE: "The picture has too many pixels to be shown here.",
    BROKEN: "The picture is broken or cut short: it cannot be shown.",
}
NO_ANSWER = "The picture took too long or too much memory: it is not shown."


class NotShown(ValueError):
    """Why a picture is not shown, in a sentence."""


@dataclass(frozen=True, slots=True)
class Pixels:
    """A small picture: `height` rows of `width` pixels, three bytes each, red, green and blue."""

    width: int
    height: int
    data: bytes

    def row(self, y: int) -> bytes:
        """Empty below the last one."""
        return self.data[y * self.width * 3 : (y + 1) * self.width * 3]


async def pixels_of(data: bytes, width: int, height: int) -> Pixels:
    """The picture on at most `width` by `height` pixels, never larger than it is. Raises NotShown.

    Decoded by a process with limits on pixels, memory and time; when nobody waits any longer, it is ended.
    """
    width, height = max(1, width), max(1, height)
    try:
        found = await answer_of(PROCESS, (width, height), data, seconds=MOST_SECONDS, most_bytes=4 + width * height * 3)
    except NoAnswer as error:
        raise NotShown(WHY.get(error.status, NO_ANSWER)) from None
    return believed(found, width, height)


def believed(found: bytes, most_width: int, most_height: int) -> Pixels:
    """What the process wrote; it is believed only as far as the size goes that was asked for."""
    if len(found) < 4:
        raise NotShown(NO_ANSWER)
    width, height = struct.unpack(">HH", found[:4])
    if not (0 < width <= most_width and 0 < height <= most_height and len(found) == 4 + width * height * 3):
        raise NotShown(NO_ANSWER)
    return Pixels(width, height, found[4:])


def half_blocks(pixels: Pixels, *, has_colours: bool = True) -> list[Line]:
    """Two rows of pixels a line."""
    rows = [(pixels.row(y), pixels.row(y + 1)) for y in range(0, pixels.height, 2)]
    return [_line(*pair) if has_colours else _shaded(*pair) for pair in rows]


def _line(upper: bytes, lower: bytes) -> Line:
    cells = [(upper[x : x + 3], lower[x : x + 3]) for x in range(0, len(upper), 3)]
    return [(UPPER_HALF * len(list(run)), _look(*colours)) for colours, run in groupby(cells)]


def _look(upper: bytes, lower: bytes) -> Style:
    return Style(color=Color.from_rgb(*upper), bgcolor=Color.from_rgb(*lower) if lower else None)


def _shaded(upper: bytes, lower: bytes) -> Line:
    below = lower or upper
    cells = (sum(upper[x : x + 3]) + sum(below[x : x + 3]) for x in range(0, len(upper), 3))
    return [("".join(SHADES[light * len(SHADES) // (6 * 255 + 1)] for light in cells), Style.null())]
