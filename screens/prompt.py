"""The one-line prompt at the foot: `/` for a query, `:` for a command. It takes no room until it is asked for."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.suggester import SuggestFromList
from textual.widgets.input import Selection

from screens import looks
from screens.line_view import Bar
from screens.shared.fields import LineField


class PromptField(LineField):
    """The text of the prompt."""

    def on_key(self, event: events.Key) -> None:
        if event.key == "escape":
            event.stop()
            event.prevent_default()
            self.post_message(Prompt.Left())


class Prompt(Horizontal):
    """Shown by `ask`; what is typed arrives as `Input.Submitted`, escape closes it."""

    class Left(Message):
        """Escape."""

    def __init__(self, closed: Callable[[], None]) -> None:
        super().__init__()
        self._when_closed = closed
        """Called when it is gone again."""
        self.sign = "/"
        self._sign_bar = Bar(classes="sign")
        self._field = PromptField()
        self.display = False

    def compose(self) -> ComposeResult:
        yield self._sign_bar
        yield self._field

    def ask(self, sign: str, text: str, words: list[str]) -> None:
        """Open with `text` in it; → takes over what is suggested of `words`."""
        self.sign = sign
        self._sign_bar.set((sign, looks.KEY))
        self._field.suggester = SuggestFromList(words, case_sensitive=False)
        self._field.put(text)
        self._field.cursor_position = len(text)
        self.display = True
        self.screen.set_focus(self._field)  # at once: the next key is the first letter

    def point_at(self, position: int) -> None:
        """Mark the place of a fault."""
        text = self._field.value
        end = text.find(" ", position + 1)
        self._field.selection = Selection(end if end > 0 else len(text), position)

    def close(self) -> None:
        """Take no room again; nothing is laid out anew where it took none."""
        if self.display:
            self.display = False
            self._when_closed()

    def on_prompt_left(self) -> None:
        self.close()
