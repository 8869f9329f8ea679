"""A page whose cells can be a picture in a terminal's own protocol: no text, and never anything from outside."""

from __future__ import annotations

from collections.abc import Callable

from rich.color import Color
from rich.control import Control
from rich.segment import ControlType, Segment
from rich.style import Style
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from screens.case.page import Builder, Page
from screens.evidence.graphic import Graphic
from screens.safe import NO_STYLE


class PictureView(Page):
    """Shows lines, or one picture at its upper left; `send` reaches the terminal between two frames."""

    class Resized(Message):
        """There is more or less room."""

    def __init__(self, send: Callable[[str], None]) -> None:
        super().__init__()
        self._send = send
        self._graphic: Graphic | None = None

    def draw(self, graphic: Graphic) -> None:
        """Show a picture in place of what was shown."""
        self._forget()
        self._graphic = graphic
        if graphic.number:
            self._send(graphic.sent)
        self.refresh()

    def put(self, build: Builder) -> None:
        if self._graphic is not None:
            self._forget()
            self.refresh()
        super().put(build)

    def on_resize(self) -> None:
        self.post_message(self.Resized())

    def on_unmount(self) -> None:
        self._forget()

    def _forget(self) -> None:
        """The terminal keeps no pixels that nobody sees."""
        before, self._graphic = self._graphic, None
        if before is not None and before.taken_back:
            self._send(before.taken_back)

    def render_lines(self, crop: Region) -> list[Strip]:
        graphic = self._graphic
        if graphic is None:
            return super().render_lines(crop)
        if graphic.number:
            return [_row(graphic, y, crop.width) for y in crop.line_range]
        rows = [Strip.blank(crop.width)] * crop.height
        if rows:  # written cells wipe the pixels there: whichever were, the whole picture follows
            rows[-1] = Strip([*rows[-1], *self._drawn(graphic, crop.bottom - 1)], crop.width)
        return rows

    def _drawn(self, graphic: Graphic, last: int) -> list[Segment]:
        region = self.region
        if graphic.lines > region.height or graphic.columns > region.width:
            return []  # the window has just become smaller: another picture is on its way
        back = Control.move_to(region.right - 1, region.y + last).segment.text
        moves = (Control.move_to(region.x, region.y).segment.text, graphic.sent, back)
        return [Segment(text, NO_STYLE, [(ControlType.CURSOR_FORWARD, 0)]) for text in moves]


def _row(graphic: Graphic, y: int, width: int) -> Strip:
    if y >= graphic.lines or graphic.columns > width:
        return Strip.blank(width)
    number = graphic.number
    look = Style(color=Color.from_rgb(number >> 16 & 255, number >> 8 & 255, number & 255))
    return Strip([Segment(graphic.rows[y], look), Segment(" " * (width - graphic.columns), NO_STYLE)], width)
