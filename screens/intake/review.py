"""The last step: everything once more, before the case is opened and the seller is told."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from screens import looks
from screens.case.page import Builder, Page
from screens.line_view import Bar
from screens.shared.choices import Buttons
from screens.shared.sheet import Guarded

CANCEL = "Cancel"
OPEN = "Open the case"


class ReviewDialog(Guarded[bool]):
    """True: open it. Pages turn while the focus stands on Cancel."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown,down", "turn(1)", show=False),
        Binding("pageup,up", "turn(-1)", show=False),
    ]

    def __init__(self, build: Builder) -> None:
        super().__init__()
        self._build = build
        self._page = Page()

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet whole"):
            yield Bar([[("8 Review: nothing is written yet. The seller is told when the case opens.", looks.TITLE)]],
                      classes="line")  # fmt: skip
            yield self._page
            yield Buttons((CANCEL, OPEN))

    def on_mount(self) -> None:
        self._page.put(self._build)
        self.query_one(Buttons).focus()

    def action_turn(self, direction: int) -> None:
        self._page.action_turn(direction)

    @on(Buttons.Pressed)
    def answer(self, event: Buttons.Pressed) -> None:
        self.dismiss(event.value == OPEN)
