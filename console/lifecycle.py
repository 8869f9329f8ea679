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
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from console.settings import Settings

REMOTE_FRAMES = 20
SMALLEST = (60, 15)
"""Columns and lines."""
FORCED_END_SECONDS = 3.0
"""Longer than what is typed takes to be saved."""
HANG_UP = 128 + signal.SIGHUP


def draws_nothing(term: str) -> bool:
    """Whether the terminal says of itself that it can only write lines, or says nothing."""
    return term in ("", "dumb", "unknown")


def too_small(size: tuple[int, int]) -> str | None:
    """Why the screens have no room, in one sentence; None where they have. `size` is columns, lines."""
    if size[0] < SMALLEST[0] or size[1] < SMALLEST[1]:
        return (
            f"The terminal has {size[0]}×{size[1]} characters; the screens need {SMALLEST[0]}×{SMALLEST[1]}. "
            "Enlarge it, or write --plain for lines, or use the commands: --help lists them."
        )
    return None


def prepare_environment(settings: Settings) -> None:
    """Drop the framework's own variables and set ours; they are read once, when Textual is imported."""
    for name in [name for name in os.environ if name.startswith("TEXTUAL")]:
        del os.environ[name]
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    is_remote = "SSH_CONNECTION" in os.environ
    if settings.fps or is_remote:
        os.environ["TEXTUAL_FPS"] = str(
            settings.fps or REMOTE_FRAMES
        )  # a held key sends 147 to 250 kB instead of 283 in two seconds
    systems = {"16": "standard", "256": "256", "truecolor": "truecolor"}
    if settings.color in systems:
        os.environ["TEXTUAL_COLOR_SYSTEM"] = systems[settings.color]
    elif settings.color == "none":
        os.environ["NO_COLOR"] = "1"
    elif is_remote:
        os.environ["TEXTUAL_COLOR_SYSTEM"] = "256"


def end_with_the_line(leave: Callable[[int], None], save: Callable[[], None]) -> None:
    """End when the terminal is gone, on a hang-up and on termination, whatever the event loop is waiting for.

    `leave` is called within the loop and ends the session as its person would. A loop that waits for a terminal which
    takes nothing any more never comes to that: then `save` is called here, and the process ends. The handlers also end
    an inherited "ignore", with which a dead terminal would be read for ever.
    """
    loop = asyncio.get_running_loop()
    heard, tell = os.pipe()
    for number in (signal.SIGHUP, signal.SIGTERM):
        # The loop's own handlers would not be called while the loop waits; these only write a byte.
        signal.signal(number, lambda received, _: os.write(tell, bytes([received])))

    def wait_for_end() -> None:
        ends = _input_end()
        ends.register(heard, select.POLLIN)
        descriptor = ends.poll()[0][0]
        status = 128 + os.read(heard, 1)[0] if descriptor == heard else HANG_UP
        with suppress(RuntimeError):  # closed already
            loop.call_soon_threadsafe(leave, status)
        time.sleep(FORCED_END_SECONDS)
        save()
        os._exit(status)

    threading.Thread(target=wait_for_end, name="terminal", daemon=True).start()


def go_on_after_stop(repaint: Callable[[], object]) -> None:
    """A stopped process that is let on goes on as it was, with a whole picture.

    The framework would start its threads a second time, and two readers tear what is typed; and it would stop itself
    where it is asked to, with no shell behind the session that could let it on.
    """
    loop = asyncio.get_running_loop()
    signal.signal(signal.SIGTSTP, signal.SIG_IGN)
    signal.signal(signal.SIGCONT, lambda number, frame: loop.call_soon_threadsafe(repaint))


def since_boot() -> float:
    """Seconds; those too in which the machine slept, where it can tell."""
    return time.clock_gettime(int(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)))


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
