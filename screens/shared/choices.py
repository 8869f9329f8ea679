"""Choosing from a closed list: all of it is seen, arrows walk, a typed letter goes to the next word that has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import events
from textual.containers import VerticalScroll
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from models.dataclass import dataclass
from screens import looks
from screens.safe import Span, strip
from screens.words import plain


class Choices(Widget, can_focus=True):
    """One value, or with `is_many` any number of them, in as many columns as there is room for."""

    ALLOW_SELECT = False

    @dataclass
    class Changed(Message):
        choices: Choices

        @property
        def control(self) -> Choices:
            return self.choices

    def __init__(
        self,
        values: Sequence[str],
        chosen: Sequence[str] = (),
        *,
        is_many: bool = False,
        labels: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__()
        self._labels = labels or {}
        self.values = tuple(values)
        self.is_many = is_many
        self.chosen = [value for value in chosen if value in self.values]
        self._at = self.values.index(self.chosen[0]) if self.chosen else 0

    @property
    def typed_text(self) -> str:
        """What is chosen, joined by a space."""
        return " ".join(self.chosen)

    def put(self, text: str) -> None:
        """Choose what `typed_text` once said; what is no longer in the list is left out."""
        self.chosen = [value for value in text.split(" ") if value in self.values]
        if self.chosen:
            self._at = self.values.index(self.chosen[0])
        self.refresh()

    def offer(self, values: Sequence[str], labels: Mapping[str, str] | None = None) -> None:
        """Put other values in place; a choice that is no longer among them is gone."""
        self.values, self._labels = tuple(values), labels or {}
        self.chosen = [value for value in self.chosen if value in self.values]
        self._at = self.values.index(self.chosen[0]) if self.chosen else 0
        self.refresh(layout=True)

    def label(self, labels: Mapping[str, str]) -> None:
        """Say the same values in other words, as long as those before."""
        self._labels = labels
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return -(-len(self.values) // self._columns(width))

    def render_line(self, y: int) -> Strip:
        columns = self._columns(self.size.width)
        spans: list[Span] = []
        for number in range(y * columns, min((y + 1) * columns, len(self.values))):
            spans += self._cell(number)
        return strip(spans, self.size.width)

    def on_key(self, event: events.Key) -> None:
        columns = self._columns(self.size.width)
        steps = {"left": -1, "right": 1, "up": -columns, "down": columns}
        if event.key in steps:
            self._walk(steps[event.key])
        elif event.key == "space":
            self._pick()
        elif event.character and event.character.isalpha():
            self._seek(event.character.lower())
        else:
            return
        event.stop()
        event.prevent_default()

    def on_click(self, event: events.Click) -> None:
        columns = self._columns(self.size.width)
        number = event.y * columns + min(event.x // self._cell_width, columns - 1)
        if number < len(self.values):
            self._at = number
            self._pick()

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    @property
    def _cell_width(self) -> int:
        return max((len(self._label(value)) for value in self.values), default=0) + 5

    def _label(self, value: str) -> str:
        return self._labels.get(value) or plain(value)

    def _columns(self, width: int) -> int:
        return max(1, width // self._cell_width)

    def _cell(self, number: int) -> list[Span]:
        value = self.values[number]
        is_chosen = value in self.chosen
        sign = ("[x] " if is_chosen else "[ ] ") if self.is_many else ("(•) " if is_chosen else "( ) ")
        look = looks.BOLD if is_chosen else looks.PLAIN
        if self.has_focus and number == self._at:
            look = looks.CURSOR
        shown = sign + self._label(value)
        return [(shown, look), (" " * (self._cell_width - len(shown)), looks.PLAIN)]

    def _walk(self, step: int) -> None:
        """Nothing is chosen by passing through: the first arrow takes the place where the cursor stands."""
        if not self.chosen and not self.is_many:
            step = 0
        if self.values and 0 <= self._at + step < len(self.values):
            self._at += step
            self._choose()

    def _keep_in_sight(self) -> None:
        """A list that is longer than its form scrolls along."""
        form = next((each for each in self.ancestors if isinstance(each, VerticalScroll)), None)
        if form is not None:
            line = self._at // self._columns(self.size.width)
            y = self.region.y - form.region.y + form.scroll_offset.y + line
            form.scroll_to_region(Region(0, y, 1, 1), animate=False, force=True)

    def _seek(self, letter: str) -> None:
        """The next value that begins with `letter`; where none does, the next with a word that does."""
        numbers = [(self._at + offset) % len(self.values) for offset in range(1, len(self.values) + 1)]
        words = {number: self._label(self.values[number]).lower().split() for number in numbers}
        first = [number for number in numbers if words[number][0].startswith(letter)]
        other = [number for number in numbers if any(word.startswith(letter) for word in words[number])]
        if found := first or other:
            self._at = found[0]
            self._choose()

    def _choose(self) -> None:
        self._keep_in_sight()
        if not self.is_many:
            self.chosen = [self.values[self._at]]
            self.post_message(self.Changed(self))
        self.refresh()

    def _pick(self) -> None:
        if self.is_many:
            self._toggle(self.values[self._at])
        else:
            self._choose()

    def _toggle(self, value: str) -> None:
        if value in self.chosen:
            self.chosen.remove(value)
        else:
            self.chosen.append(value)
        self.post_message(self.Changed(self))
        self.refresh(Region(0, 0, self.size.width, self.size.height))


class Buttons(Choices):
    """What can be done with a dialog, on one line; Enter does it."""

    @dataclass
    class Pressed(Message):
        value: str

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return 1

    def render_line(self, y: int) -> Strip:
        spans: list[Span] = []
        for number, value in enumerate(self.values):
            is_here = self.has_focus and number == self._at
            spans += [(f" {value} ", looks.CURSOR if is_here else looks.BOLD), ("  ", looks.PLAIN)]
        return strip(spans, self.size.width)

    def on_key(self, event: events.Key) -> None:
        if event.key in ("enter", "space"):
            event.stop()
            self.post_message(self.Pressed(self.values[self._at]))
        elif event.key in ("left", "right"):
            event.stop()
            self._at = max(0, min(len(self.values) - 1, self._at + (1 if event.key == "right" else -1)))
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        x = 0
        for value in self.values:
            if x <= event.x < x + len(value) + 2:
                self.post_message(self.Pressed(value))
            x += len(value) + 4

    def on_focus(self) -> None:
        self.refresh()
