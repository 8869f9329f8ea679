"""Which way this terminal shows pictures, by what is known of it. It is never asked.

An answer would come among the keys: read by nobody, the end of the usual one (`…c`) claims a case. And a question costs
a start that nobody who looks at no picture should pay for.
"""

from __future__ import annotations

import fcntl
import struct
import sys
import termios
from collections.abc import Mapping
from enum import StrEnum

from models.dataclass import dataclass


class Protocol(StrEnum):
    BLOCKS = "blocks"
    """Half blocks, which are text."""
    KITTY = "kitty"
    """Pixels that the terminal keeps, shown by placeholders that are text (kitty, Ghostty)."""
    SIXEL = "sixel"
    """Pixels drawn where the cursor is."""


@dataclass(frozen=True, slots=True)
class Way:
    """How a picture is shown, and how many pixels a cell has there; half blocks need no size."""

    protocol: Protocol = Protocol.BLOCKS
    cell: tuple[int, int] = (0, 0)
    has_colours: bool = True


AUTO = "auto"
REMOTE = ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY")
"""A picture's pixels are a hundred times the bytes of its half blocks: too many for a line that nobody knows."""
MULTIPLEXERS = ("TMUX", "STY", "ZELLIJ")
"""They pass on the variables of the terminal around them, and not its pictures."""
KITTY_TERMS = ("xterm-kitty", "xterm-ghostty")
SIXEL_TERMS = ("foot", "mlterm", "contour")
SIXEL_PROGRAMS = ("iTerm.app", "WezTerm", "mintty")
FIRST_KONSOLE = 220400
"""22.04 was the first with sixel."""


def way_of(environment: Mapping[str, str], wish: str, *, has_true_colours: bool) -> Way:
    """`wish` is the setting: `auto`, or a protocol by name, which then counts over SSH too."""
    found = spoken(environment) if wish == AUTO else Protocol(wish)
    cell = (0, 0) if found is Protocol.BLOCKS else cell_of_terminal()
    if not all(cell) or (found is Protocol.KITTY and not has_true_colours):  # a placeholder's colour names its picture
        return Way()
    return Way(found, cell)


def spoken(environment: Mapping[str, str]) -> Protocol:
    """What the terminal of these variables is known to show."""
    if any(environment.get(name) for name in (*REMOTE, *MULTIPLEXERS)):
        return Protocol.BLOCKS
    term, program = environment.get("TERM", ""), environment.get("TERM_PROGRAM", "")
    if term in KITTY_TERMS or program == "ghostty":
        return Protocol.KITTY
    konsole = environment.get("KONSOLE_VERSION", "")
    is_konsole = konsole.isdecimal() and int(konsole) >= FIRST_KONSOLE
    if term.startswith(SIXEL_TERMS) or program in SIXEL_PROGRAMS or is_konsole:
        return Protocol.SIXEL
    return Protocol.BLOCKS


def cell_of_terminal() -> tuple[int, int]:
    """Width and height of a cell in pixels as the system knows them; zeros where it does not."""
    try:
        descriptor = sys.__stderr__.fileno() if sys.__stderr__ else 2  # where the framework draws
        lines, columns, width, height = struct.unpack("HHHH", fcntl.ioctl(descriptor, termios.TIOCGWINSZ, bytes(8)))
    except (OSError, ValueError):
        return 0, 0
    return (width // columns, height // lines) if lines and columns else (0, 0)
