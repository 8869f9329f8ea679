"""What is typed, one key after the other: a key waits until the one before it has done what it does.

A bad line hands over many keys at once, and the framework spreads them over its queues: behind `o`, the letters of a
note would be verbs before the note's dialog takes them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from functools import cache
from time import monotonic

from textual import events
from textual.message import Message
from textual.message_pump import MessagePump
from textual.widget import Widget

Typed = events.Key | events.Paste

LOST_AFTER_SECONDS = 0.3
"""A key whose widget went away while it was handled is never reported as done."""
PATIENCE_SECONDS = 1.0
"""After so long with nothing coming of it, escape takes back what was asked for."""


@cache
def takes_keys(widget: type[Widget]) -> bool:
    """Whether such a widget does something with keys beside its bindings."""
    return hasattr(widget, "on_key") or widget._on_key is not Widget._on_key


class KeyDone(Message):
    """Follows a key on its way through the widgets; where it arrives, the key has passed.

    A second round follows what the key itself has set going there, such as a field's news that it was submitted.
    """

    def __init__(self, target: MessagePump, rounds: int = 2) -> None:
        super().__init__()
        self.target = target
        self.rounds = rounds


class KeyGate:
    """Keys on their way to the screen. `hand_on` gives one away and says what follows it there."""

    def __init__(
        self,
        hand_on: Callable[[Typed], Awaitable[bool]],
        is_waited_for: Callable[[], bool],
        give_up: Callable[[], None],
    ) -> None:
        self._hand_on = hand_on
        """False where nobody will say that the key is done."""
        self._is_waited_for = is_waited_for
        """Something that takes the next keys is on its way."""
        self._give_up = give_up
        self._waiting: deque[Typed] = deque()
        self._underway_since: float | None = None
        self._held_since: float | None = None
        self._is_shut = True
        self._handed_on = 0.0
        """When the key that was handed on last was typed."""
        self._is_dropped_until = 0.0

    @property
    def has_waiting(self) -> bool:
        return bool(self._waiting)

    @property
    def is_at_rest(self) -> bool:
        """Nothing moves until something comes from elsewhere: a key, or what keys wait for."""
        return not self._is_underway() and (not self._waiting or self._held_since is not None)

    async def open(self) -> None:
        """There is something to see now."""
        self._is_shut = False
        await self.go_on()

    def shut(self) -> None:
        """What is typed waits until the screen is what it should be again."""
        self._is_shut = True

    async def take(self, event: Typed) -> None:
        if event.time <= self._is_dropped_until:
            return
        is_tired = self._held_since is not None and monotonic() - self._held_since > PATIENCE_SECONDS
        if is_tired and isinstance(event, events.Key) and event.key == "escape":
            self.drop()
            self._give_up()
        else:
            self._waiting.append(event)
        await self.go_on()

    async def key_done(self) -> None:
        self._underway_since = None
        await self.go_on()

    def lost(self) -> None:
        """The screen that the key went to is closed: by that key, or with it."""
        self._underway_since = None

    def drop(self) -> None:
        """What was typed behind a key that turned out to lead nowhere was meant for what did not come."""
        self._waiting.clear()
        self._is_dropped_until = self._handed_on  # the rest of one go may still be on its way here

    async def go_on(self) -> None:
        """Hand on what may be handed on. Safe to call at any time."""
        while self._waiting and not self._is_shut and not self._is_underway():
            if self._is_waited_for():
                self._held_since = self._held_since or monotonic()
                return
            self._held_since = None
            self._underway_since = monotonic()
            event = self._waiting.popleft()
            self._handed_on = event.time
            if not await self._hand_on(event):
                self._underway_since = None

    def _is_underway(self) -> bool:
        return self._underway_since is not None and monotonic() - self._underway_since < LOST_AFTER_SECONDS
