"""Where a line is typed. What comes from the clipboard or a draft is made harmless first: fields draw what they hold.

The cursor does not blink: a blinking one sends two kilobytes a second over a line on which nothing happens.
"""

from __future__ import annotations

from textual import events
from textual.widgets import Input

from screens.safe import typed


class LineField(Input):
    """One line of text."""

    def __init__(self, value: str = "", *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(typed(value), id=id, classes=classes, select_on_focus=False, compact=True)
        self.cursor_blink = False

    def on_paste(self, event: events.Paste) -> None:
        """Textual calls the field's own handler after this one, with the same event."""
        event.text = typed(event.text)

    @property
    def typed_text(self) -> str:
        return self.value

    def put(self, text: str) -> None:
        self.value = typed(text)
