"""A page of text that is read from top to bottom: it scrolls by keys, without animation, and takes any width."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from models.dataclass import dataclass
from screens.line_view import Line, LineView

Builder = Callable[[int], Sequence[Line]]
"""The page's lines for a width."""


class Page(LineView, can_focus=True):
    @dataclass
    class Turned(Message):
        """Other lines are seen, or there are more or fewer of them."""

        page: Page
        left: int
        """Lines below what is seen."""

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, Page.Turned)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll_by(1)", show=False),
        Binding("up,k", "scroll_by(-1)", show=False),
        Binding("pagedown,ctrl+f,space", "turn(1)", show=False),
        Binding("pageup,ctrl+b", "turn(-1)", show=False),
        Binding("home,g", "scroll_by(-1000000)", show=False),
        Binding("end,G", "scroll_by(1000000)", show=False),
    ]

    def __init__(self, *, classes: str | None = None) -> None:
        super().__init__(classes=classes)
        self._build: Builder = lambda width: []

    @property
    def is_filled(self) -> bool:
        """It knows its width, and has lines for it."""
        return bool(self._lines)

    def put(self, build: Builder) -> None:
        """Show what `build` gives; lines that are the same as before are not painted again."""
        self._build = build
        if self.size.width:
            self.show(build(self.size.width))

    def on_resize(self) -> None:
        self.show(self._build(self.size.width))
        self.refresh()

    def show(self, lines: Sequence[Line]) -> None:
        super().show(lines)
        self._tell()

    def _tell(self) -> None:
        self.post_message(self.Turned(self, max(0, len(self._lines) - self._top - self.size.height)))

    def action_scroll_by(self, lines: int) -> None:
        top = max(0, min(self._top + lines, len(self._lines) - self.size.height))
        if top != self._top:
            self._top = top
            self.refresh()
            self._tell()

    def action_turn(self, direction: int) -> None:
        self.action_scroll_by(direction * max(1, self.size.height - 2))

    def on_mouse_scroll_down(self) -> None:
        self.action_scroll_by(3)

    def on_mouse_scroll_up(self) -> None:
        self.action_scroll_by(-3)
