"""Lines that are drawn as they are: the ground of lists, bars and pages. No markup, no hover, no animation.

Textual's own widgets paint a whole box when one line changes, and read markup; here a changed line is one line.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from screens import looks
from screens.safe import Span, strip

Line = Sequence[Span]


class LineView(Widget):
    """Shows lines of spans from `top` on, each cut to the width of the widget."""

    ALLOW_SELECT = False

    def __init__(self, lines: Sequence[Line] = (), *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._lines: list[Line] = list(lines)
        self._top = 0

    def show(self, lines: Sequence[Line]) -> None:
        """Put `lines` in place of what stood there; only lines that differ are painted."""
        before, self._lines = self._lines, list(lines)
        height = self.size.height or 1
        self._top = max(0, min(self._top, len(self._lines) - height))
        for y in range(height):
            number = y + self._top
            old = before[number] if number < len(before) else None
            new = self._lines[number] if number < len(self._lines) else None
            if old != new:
                self.refresh_line(y)

    def refresh_line(self, y: int) -> None:
        """Paint one line of the widget again."""
        self.refresh(Region(0, y, self.size.width, 1))

    def render_line(self, y: int) -> Strip:
        number = y + self._top
        spans = self._lines[number] if 0 <= number < len(self._lines) else ()
        return strip(spans, self.size.width)


class Bar(LineView):
    """One line."""

    def set(self, *spans: Span) -> None:
        self.show([spans])


class TailedBar(Bar):
    """One line with a word at its end, which changes often and is painted alone."""

    _tail = ""

    def set_tail(self, text: str) -> None:
        """`text` is ours, and ASCII. Left out where it has no room."""
        before, self._tail = self._tail, text
        if text != before:
            cells = max(len(before), len(text))
            self.refresh(Region(max(0, self.size.width - cells), 0, cells, 1))

    def render_line(self, y: int) -> Strip:
        spans = self._lines[0] if self._lines else ()
        width = self.size.width
        room = width - sum(len(text) for text, _ in spans) - len(self._tail)
        if not self._tail or room < 1:
            return strip(spans, width)
        return strip([*spans, (" " * room + self._tail, looks.DIM)], width)
