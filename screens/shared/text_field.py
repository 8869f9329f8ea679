"""Where several lines of text are typed; apart from the one-line field, for Textual's own takes long to load."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual import events
from textual.dom import DOMNode
from textual.widgets import TextArea

from screens.safe import content, typed


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

    def watch(self, obj: DOMNode, attribute_name: str, callback: Callable[..., Any], init: bool = True) -> None:
        """Not the application, which would keep each field that ever was for the sake of its theme, and has but one."""
        if obj is not self.app:
            super().watch(obj, attribute_name, callback, init)

    def on_paste(self, event: events.Paste) -> None:
        """Textual calls the field's own handler after this one, with the same event."""
        event.text = typed(event.text, multiline=True)

    @property
    def typed_text(self) -> str:
        return self.text

    def put(self, text: str) -> None:
        self.text = typed(text, multiline=True)
        self.move_cursor(self.document.end)
