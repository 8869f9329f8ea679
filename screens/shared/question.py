"""Asking before something is done that cannot be undone, or showing what would happen."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from screens import looks
from screens.line_view import Line, LineView
from screens.safe import wrapped
from screens.shared.choices import Buttons
from screens.shared.sheet import Guarded, Sheet

CANCEL = "Cancel"


class QuestionDialog(Guarded[bool]):
    """The consequence stands in the question, and the focus on Cancel."""

    def __init__(self, question: str, yes: str) -> None:
        super().__init__()
        self._question = question
        self._yes = yes

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            text = LineView(classes="lines")
            width = self.app.size.width - 4
            rows = wrapped(self._question, width)
            lines: list[Line] = [
                [("  " if number else "! ", looks.LATE), (row, looks.BOLD)] for number, row in enumerate(rows)
            ]
            text.styles.height = len(lines) + 1
            text.show(lines)
            yield text
            yield Buttons((CANCEL, self._yes))

    def on_mount(self) -> None:
        self.query_one(Buttons).focus()

    @on(Buttons.Pressed)
    def answer(self, event: Buttons.Pressed) -> None:
        self.dismiss(event.value == self._yes)


class ReadDialog(Sheet[None]):
    """Something to read, and nothing to answer."""

    def __init__(self, lines: Sequence[Line]) -> None:
        super().__init__()
        self._lines = list(lines)

    @classmethod
    def of_text(cls, text: str, width: int) -> ReadDialog:
        """One text, wrapped for a terminal of `width` columns."""
        return cls([[(line, looks.PLAIN)] for line in wrapped(text, width - 4)])

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            text = LineView(self._lines, classes="lines")
            text.styles.height = len(self._lines) + 1
            yield text
            yield Buttons(("Close",))

    def on_mount(self) -> None:
        self.query_one(Buttons).focus()

    @on(Buttons.Pressed)
    def close(self) -> None:
        self.dismiss(None)
