"""Lines that are drawn as they are: the ground of lists, bars and pages. No markup, no hover, no animation.

Textual's own widgets paint a whole box when one line changes, and read markup; here a changed line is one line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from textual._styles_cache import StylesCache
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from screens import looks
from screens.safe import Span, strip

Line = Sequence[Span]


class AsDrawn(StylesCache):
    """Keeps a widget's lines as `render_line` gives them, each as wide as the widget.

    The framework's own looks at every line for a border, a title, a hatch, an outline and a tint.
    """

    def render_widget(self, widget: Widget, crop: Region) -> list[Strip]:
        width, kept = widget.size.width, self._cache
        if width != self._width:
            self.clear()
            self._width = width
        for y in crop.line_range:
            if y in self._dirty_lines or y not in kept:
                kept[y] = widget.render_line(y)
        self._dirty_lines.difference_update(crop.line_range)
        strips = [kept[y] for y in crop.line_range]
        for each in widget.get_line_filters():
            strips = [strip.apply_filter(each, widget.background_colors[1]) for strip in strips]
        first, last = crop.column_span
        return strips if (first, last) == (0, width) else [strip.crop(first, last) for strip in strips]


class Drawn(Widget):
    """Nothing but lines: no border, no padding, no selection by the mouse."""

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._styles_cache = AsDrawn()

    def refresh_lines(self, lines: Iterable[int]) -> None:
        """Paint these lines of the widget again; they come in their order."""
        regions: list[Region] = []
        for y in lines:
            if regions and regions[-1].bottom == y:
                regions[-1] = regions[-1].grow((0, 0, 1, 0))
            else:
                regions.append(Region(0, y, self.size.width, 1))
        if regions:
            self.refresh(*regions)


class LineView(Drawn):
    """Shows lines of spans from `top` on, each cut to the width of the widget."""

    def __init__(self, lines: Sequence[Line] = (), *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._lines: list[Line] = list(lines)
        self._top = 0

    def show(self, lines: Sequence[Line]) -> None:
        """Put `lines` in place of what stood there; only lines that differ are painted."""
        before, self._lines = self._lines, list(lines)
        height = self.size.height or 1
        self._top = max(0, min(self._top, len(self._lines) - height))
        seen = slice(self._top, self._top + height)
        pairs = zip_longest(before[seen], self._lines[seen])
        self.refresh_lines(y for y, (old, new) in enumerate(pairs) if old != new)

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
