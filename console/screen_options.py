"""How the console is to look on this terminal and on this line: options that win over the settings."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from typing import Any

from console.settings import COLORS, MOST_FRAMES

WITH_VALUE = ("--color", "--fps")
NAMES = (*WITH_VALUE, "--plain")


def add_screen_options(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("--color", choices=COLORS, metavar="C", help=f"{', '.join(COLORS)}")
    add("--fps", type=_frames, metavar="N", help="pictures a second at most; fewer suit a bad line")
    add("--plain", action="store_const", const=True, help="lines to read and to answer, for a screen reader")


def screen_options(given: Namespace) -> dict[str, Any]:
    """What was said of them, by the settings' names."""
    said = {name.removeprefix("--"): getattr(given, name.removeprefix("--")) for name in NAMES}
    return {name: value for name, value in said.items() if value is not None}


def _frames(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= MOST_FRAMES:
        raise ArgumentTypeError(f"'{text}' is no number of pictures: write 1 to {MOST_FRAMES}")
    return int(text)
