"""Where texts are typed. What comes from the clipboard or a draft is made harmless first: fields draw what they hold.

The cursor does not blink: a blinking one sends two kilobytes a second over a line on which nothing happens.
"""

from __future__ import annotations

from textual import events
from textual.widgets import Input, TextArea

from screens.safe import content, typed


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


class TextField(TextArea):
    """Several lines of text; tab goes on to the next field."""

    def __init__(self, value: str = "", *, hint: str = "") -> None:
        """`hint` stands there while it is empty."""
        super().__init__(
            typed(value, multiline=True),
            tab_behavior="focus",
            compact=True,
            soft_wrap=True,
            placeholder=content(hint, "dim"),
        )
        self.cursor_blink = False

    def on_mount(self) -> None:
        self.move_cursor(self.document.end)  # what is typed goes on from what stands there

    def on_paste(self, event: events.Paste) -> None:
        """Textual calls the field's own handler after this one, with the same event."""
        event.text = typed(event.text, multiline=True)

    @property
    def typed_text(self) -> str:
        return self.text

    def put(self, text: str) -> None:
        self.text = typed(text, multiline=True)
        self.move_cursor(self.document.end)
