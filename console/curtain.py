"""One paint for a screen that comes: nothing is drawn between its push or its return and the moment it has its content.

Textual paints the screen below once more, the new one empty, and again for each piece of content that arrives.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget

LONGEST_SECONDS = 0.15
"""A store that is slower is waited for in sight."""


class Curtain:
    """Down, nothing is drawn; going up, the screen is drawn as a whole."""

    def __init__(self, later: Callable[[float, Callable[[], None]], Timer]) -> None:
        self._later = later
        self._timer: Timer | None = None
        self.is_down = False

    def lower(self, screen: Callable[[], Screen[Any]]) -> None:
        if self._timer is not None:
            self._timer.stop()
        self.is_down = True
        self._timer = self._later(LONGEST_SECONDS, lambda: self.go_up(screen()))

    def go_up(self, screen: Screen[Any]) -> None:
        """Draw `screen`; nothing where it is seen already."""
        if not self.is_down:
            return
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if screen._layout_required:
            screen._refresh_layout()
            screen._layout_required = False
        self.is_down = False
        for widget in screen.walk_children(Widget):
            widget._exchange_repaint_regions()  # what they have asked for is drawn with the rest
        screen.refresh()
        screen._on_timer_update()
