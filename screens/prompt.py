"""The one-line prompt at the foot: `/` for a query, `:` for a command. It takes no room until it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from textual import events, on
from textual.containers import Horizontal
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input
from textual.widgets.input import Selection

from models.queries.completion import Offers
from screens import looks
from screens.line_view import Bar
from screens.shared.fields import LineField

Complete = Callable[[str], Offers]
"""What a text that is being typed may go on with."""


class _FirstOffer(Suggester):
    """Shown behind the cursor."""

    def __init__(self, complete: Complete) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._complete = complete

    async def get_suggestion(self, value: str) -> str | None:
        return self._complete(value).taken(value)


class PromptField(LineField):
    """The text of the prompt."""

    def on_key(self, event: events.Key) -> None:
        if event.key not in ("escape", "tab"):
            return
        event.stop()
        event.prevent_default()
        if event.key == "escape":
            self.post_message(Prompt.Left())
        elif self.cursor_at_end:
            self.action_cursor_right()  # takes over what is suggested


class Prompt(Horizontal):
    """Shown by `ask`; what is typed arrives as `Input.Submitted`, escape closes it.

    Empty until then: a field is a tenth of what a screen costs that is opened.
    """

    class Left(Message):
        """Escape."""

    def __init__(self, closed: Callable[[], None], offered: Callable[[Sequence[str]], None]) -> None:
        super().__init__()
        self._when_closed = closed
        """Called when it is gone again."""
        self._when_offered = offered
        """Called with the words that may stand where one is being typed."""
        self._complete: Complete = lambda text: Offers()
        self.sign = "/"
        self._sent: str | None = None
        """What was handed on and is being answered."""
        self.display = False

    @cached_property
    def _sign_bar(self) -> Bar:
        return Bar(classes="sign")

    @cached_property
    def _field(self) -> PromptField:
        return PromptField()

    def ask(self, sign: str, text: str, complete: Complete) -> None:
        """Open with `text` in it; tab takes over the first of what `complete` offers."""
        self.sign, self._complete, self._sent = sign, complete, None
        if not self.children:
            self.mount(self._sign_bar, self._field)
        self._sign_bar.set((sign, looks.KEY))
        self._field.suggester = _FirstOffer(complete)
        self._field.put(text)
        self._field.cursor_position = len(text)
        self.display = True
        self.screen.set_focus(self._field)  # at once: the next key is the first letter

    def point_at(self, position: int) -> None:
        """Mark the place of a fault."""
        text = self._field.value
        end = text.find(" ", position + 1)
        self._field.selection = Selection(end if end > 0 else len(text), position)

    def sent(self, text: str) -> None:
        """`text` was handed on, and stays until it is answered."""
        self._sent = text

    def answered(self) -> None:
        """Close, where nothing was typed since: letters behind a prompt that is gone would be keys."""
        if self.display and self._sent == self._field.value:
            self.close()

    def close(self) -> None:
        """Take no room again; nothing is laid out anew where it took none."""
        if self.display:
            self.display = False
            self._when_offered(())
            self._when_closed()

    @on(Input.Changed)
    def offer(self, event: Input.Changed) -> None:
        event.stop()
        if self.display:
            self._when_offered(self._complete(event.value).words)

    def on_prompt_left(self) -> None:
        self.close()
