"""Pictures in half blocks: two pixels a cell, which every terminal with colours can show."""

from __future__ import annotations

import asyncio
import struct
import sys
from contextlib import suppress
from itertools import groupby
from pathlib import Path

from rich.color import Color
from rich.style import Style

from screens.evidence.picture_process import BROKEN, TOO_LARGE
from screens.line_view import Line

PROCESS = Path(__file__).with_name("picture_process.py")
MOST_SECONDS = 8.0
UPPER_HALF = "▀"
WHY = {
    TOO_LARGE: "The picture has too many pixels to be shown here.",
    BROKEN: "The picture is broken or cut short: it cannot be shown.",
}
NO_ANSWER = "The picture took too long or too much memory: it is not shown."


class NotShown(ValueError):
    """Why a picture is not shown, in a sentence."""


async def picture(data: bytes, width: int, height: int) -> list[Line]:
    """The picture on at most `width` cells and `height` lines. Raises NotShown.

    Decoded by a process with limits on pixels, memory and time; when nobody waits any longer, it is ended.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-I", str(PROCESS), str(max(1, width)), str(max(1, height) * 2),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL, env={},
    )  # fmt: skip
    try:
        async with asyncio.timeout(MOST_SECONDS):
            found, _ = await process.communicate(data)
    except TimeoutError:
        raise NotShown(NO_ANSWER) from None
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    if process.returncode != 0:
        raise NotShown(WHY.get(process.returncode or 0, NO_ANSWER))
    return half_blocks(found, width, height * 2)


def half_blocks(found: bytes, most_width: int, most_height: int) -> list[Line]:
    """What the process wrote as lines; it is believed only as far as the size goes that was asked for."""
    if len(found) < 4:
        raise NotShown(NO_ANSWER)
    width, height = struct.unpack(">HH", found[:4])
    rows = [found[4 + y * width * 3 : 4 + (y + 1) * width * 3] for y in range(height)]
    if not (0 < width <= most_width and 0 < height <= most_height and len(found) == 4 + width * height * 3):
        raise NotShown(NO_ANSWER)
    below = [*rows[1::2], b""] if height % 2 else rows[1::2]
    return [_line(upper, lower) for upper, lower in zip(rows[::2], below, strict=True)]


def _line(upper: bytes, lower: bytes) -> Line:
    cells = [(upper[x : x + 3], lower[x : x + 3]) for x in range(0, len(upper), 3)]
    return [(UPPER_HALF * len(list(run)), _look(*colours)) for colours, run in groupby(cells)]


def _look(upper: bytes, lower: bytes) -> Style:
    return Style(color=Color.from_rgb(*upper), bgcolor=Color.from_rgb(*lower) if lower else None)
