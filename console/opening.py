"""Opening the console on a terminal; a command that prints text pays nothing for it."""

from __future__ import annotations

import os
import sys
from dataclasses import replace

from console.output.sink import say
from console.session import Session
from console.settings import settings
from models.errors import Misused


def open_console(session: Session) -> int:
    """Check what can be checked before the screen changes, then run until the person leaves."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        how = "'ssh -t', or a command" if session.key else "'disputes queue' prints the home view as text"
        raise Misused(f"The console needs a terminal; {how}.")
    from console.lifecycle import draws_nothing, too_small
    from console.own_settings import own_settings

    in_file = settings()
    actor = session.actor()
    chosen = replace(in_file, **{**own_settings(actor.login), **session.options})
    term = os.environ.get("TERM", "")
    if chosen.plain or draws_nothing(term):
        from console.plain.desk import PlainDesk

        if not chosen.plain:
            shown = f"is '{term}'" if term else "is not set"
            say(f"TERM {shown}: this terminal draws no screens; these are lines.")
        return PlainDesk(session, actor, chosen.zone).run()
    from shutil import get_terminal_size

    why_not = too_small(get_terminal_size())
    if why_not is not None:
        raise Misused(why_not)
    from console.app import run

    return run(session.url, actor, chosen)
