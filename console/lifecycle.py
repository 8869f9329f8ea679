"""How a session of the screens begins and ends: the environment, signals, a terminal that goes away.

Nothing here imports Textual: some of it must happen before Textual is imported.
"""

from __future__ import annotations

import asyncio
import os
import select
import signal
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from console.settings import Settings

SMALLEST = (60, 15)
"""Columns and lines."""
FORCED_END_SECONDS = 5.0
HANG_UP = 128 + signal.SIGHUP
TERMINATED = 128 + signal.SIGTERM


def screens_possible(size: tuple[int, int], term: str) -> str | None:
    """Why this terminal cannot show the screens, in one sentence; None where it can. `size` is columns, lines."""
    if term in ("", "dumb", "unknown"):
        shown = f"is '{term}'" if term else "is not set"
        return f"TERM {shown}: this terminal cannot draw screens; 'disputes queue' prints the home view as text."
    if size[0] < SMALLEST[0] or size[1] < SMALLEST[1]:
        return (
            f"The terminal has {size[0]}×{size[1]} characters; the screens need {SMALLEST[0]}×{SMALLEST[1]}. "
            "Enlarge it, or use the commands: 'disputes --help'."
        )
    return None


def prepare_environment(settings: Settings) -> None:
    """Drop the framework's own variables and set ours; they are read once, when Textual is imported."""
    for name in [name for name in os.environ if name.startswith("TEXTUAL")]:
        del os.environ[name]
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    is_remote = "SSH_CONNECTION" in os.environ
    if is_remote:
        os.environ["TEXTUAL_FPS"] = "20"  # a held key sends 147 to 250 kB instead of 283 in two seconds
    systems = {"16": "standard", "256": "256", "true": "truecolor"}
    if settings.color in systems:
        os.environ["TEXTUAL_COLOR_SYSTEM"] = systems[settings.color]
    elif settings.color == "none":
        os.environ["NO_COLOR"] = "1"
    elif is_remote:
        os.environ["TEXTUAL_COLOR_SYSTEM"] = "256"


def end_on_signals(leave: Callable[[int], None]) -> None:
    """Hang-up and termination save what was typed and end; without a handler they kill at once.

    Setting the handler also ends an inherited "ignore", with which Textual would read a dead terminal for ever.
    """
    loop = asyncio.get_running_loop()

    def end(status: int) -> None:
        force_end(status)
        leave(status)

    for number, status in ((signal.SIGHUP, HANG_UP), (signal.SIGTERM, TERMINATED)):
        loop.add_signal_handler(number, end, status)


def end_with_terminal(leave: Callable[[int], None]) -> None:
    """End when the input has come to its end, whether or not a signal says so."""
    loop = asyncio.get_running_loop()

    def wait_for_end() -> None:
        _input_end().poll()
        force_end(HANG_UP)  # from here: the loop itself may wait for a terminal that takes nothing any more
        if not loop.is_closed():
            loop.call_soon_threadsafe(leave, HANG_UP)

    threading.Thread(target=wait_for_end, name="terminal", daemon=True).start()


def terminal_is_gone() -> bool:
    """Nobody is left to draw for."""
    return bool(_input_end().poll(0))


def end_without_terminal(status: int) -> None:
    """End at once: putting a terminal back that is gone waits for ever. What is being written to the store stands
    or falls as a whole, as after any lost process."""
    os._exit(status)


def _input_end() -> select.poll:
    poll = select.poll()
    poll.register(sys.__stdin__.fileno() if sys.__stdin__ else 0, 0)  # only POLLHUP and POLLERR, never input
    return poll


def force_end(status: int) -> None:
    """End after a while, whatever hangs: a terminal that is gone cannot be asked."""
    timer = threading.Timer(FORCED_END_SECONDS, os._exit, (status,))
    timer.daemon = True
    timer.start()
