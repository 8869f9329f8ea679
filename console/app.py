"""The way into the screens; Textual is imported only here, and only after its environment is ours."""

from __future__ import annotations

import sys

from console.lifecycle import prepare_environment
from console.settings import Settings
from models.actor import Actor
from models.database import close_store

SAVE_SECONDS = 2.0
HAND_OVER_SECONDS = 0.0005
"""From one thread to another; a frame that is written by the other would wait ten times as long by default."""


def run(url: str, actor: Actor, settings: Settings | None = None) -> int:
    """Open the console on the store at `url` until its person leaves; the exit status."""
    chosen = settings or Settings()
    prepare_environment(chosen)
    sys.setswitchinterval(HAND_OVER_SECONDS)
    close_store()  # the caller may have asked the store who this is; from here on one thread holds one connection
    from console.desk import Desk

    desk = Desk(url, actor, zone=chosen.zone, pictures=chosen.pictures)
    try:
        desk.run(mouse=chosen.mouse)
    finally:
        desk.drafts.save_at_last(SAVE_SECONDS)
        desk.gateway.close()
    return desk.return_code or 0
