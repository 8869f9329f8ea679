"""Ending what runs on when its person is disabled, their key replaced or the store of a newer version; the screens look
for themselves."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from time import sleep

from console.streams import tell
from models.actor import Actor
from models.errors import DeskError, NotAllowed, Outdated
from models.text import visible

LOOK_AGAIN_SECONDS = 1.0


def end_when_turned_out(url: str, actor: Actor, meanwhile: Callable[[], None] = lambda: None) -> None:
    """From now on the process ends within seconds. What is being written stands or falls as a whole, as ever.

    `meanwhile` is called at each look, with a connection of that thread's own.
    """
    threading.Thread(target=_watch, args=(url, actor, meanwhile), name="presence", daemon=True).start()


def _watch(url: str, actor: Actor, meanwhile: Callable[[], None]) -> None:
    from models.database import open_store
    from models.operations.presence import present

    while True:
        sleep(LOOK_AGAIN_SECONDS)
        try:
            open_store(url)  # this thread's own connection; the first time only
            present(actor)
            meanwhile()
        except (NotAllowed, Outdated) as refusal:
            tell(f"disputes: {visible(str(refusal))}")
            os._exit(refusal.exit_status)
        except DeskError:
            pass  # whoever asks for something is told what is wrong with the store
