"""Opening the console on a terminal; nothing here is imported by a command that prints text."""

from __future__ import annotations

import os
import shutil

from console.session import Session
from console.settings import settings
from models.errors import Misused


def open_console(session: Session) -> int:
    """Check what can be checked before the screen changes, then run until the person leaves."""
    chosen = settings()
    actor = session.actor()
    from console.app import run, screens_possible

    why_not = screens_possible(shutil.get_terminal_size(), os.environ.get("TERM", ""))
    if why_not is not None:
        raise Misused(why_not)
    return run(session.url, actor, chosen)
