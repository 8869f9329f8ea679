"""Telling others which case is being read here, and who else reads it; the screens have their own way to."""

from __future__ import annotations

import threading
from contextlib import suppress
from time import monotonic

from models.actor import Actor
from models.errors import DeskError
from models.operations import visiting
from models.queries.visits import BEAT_SECONDS, visitors


class Presence:
    """A store that cannot be written only means that others do not see where one is."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._case: int | None = None
        self._said_at = 0.0
        self._lock = threading.Lock()

    def at(self, case: int | None) -> None:
        """The person has gone to this case, or to none."""
        with self._lock:
            if case != self._case:
                self._case = case
                self._say()

    def beat(self) -> None:
        """Still there; called every second or so, from a thread with a connection of its own."""
        with self._lock:
            if self._case is not None and monotonic() - self._said_at >= BEAT_SECONDS:
                self._say()

    def others(self) -> dict[int, tuple[str, ...]]:
        """Who has which case open besides this session."""
        with suppress(DeskError):
            return visitors(self._actor.session)
        return {}

    def _say(self) -> None:
        self._said_at = monotonic()
        with suppress(DeskError):
            if self._case is None:
                visiting.leave(self._actor)
            else:
                visiting.visit(self._actor, case=self._case)
