"""Opening the console on a terminal; a command that prints text pays nothing for it."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import replace

from console.session import Session
from console.settings import settings
from models.errors import Misused


def open_console(session: Session) -> int:
    """Check what can be checked before the screen changes, then run until the person leaves."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        how = "'ssh -t', or a command" if session.key else "'disputes queue' prints the home view as text"
        raise Misused(f"The console needs a terminal; {how}.")
    chosen = replace(settings(), **session.options)
    if chosen.plain:
        from console.plain.desk import PlainDesk

        return PlainDesk(session, chosen.zone).run()
    actor = session.actor()
    from console.app import run, screens_possible

    why_not = screens_possible(shutil.get_terminal_size(), os.environ.get("TERM", ""))
    if why_not is not None:
        raise Misused(why_not)
    return run(session.url, actor, chosen)
