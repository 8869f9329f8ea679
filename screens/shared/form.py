"""A dialog of fields. What is typed is a draft within seconds, and comes back when the form is opened again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Input, TextArea

from models.dataclass import dataclass
from screens import looks
from screens.drafts import DraftKeeper
from screens.line_view import Bar, LineView
from screens.safe import wrapped
from screens.shared.choices import Buttons, Choices
from screens.shared.fields import LineField
from screens.shared.sheet import Sheet
from screens.shared.text_field import TextField

Answers = dict[str, str]
"""By the fields' names; several choices are joined by a space."""

CANCEL = "Cancel"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to be filled in."""

    name: str
    label: str
    choices: tuple[str, ...] = ()
    is_many: bool = False
    is_long: bool = False
    value: str = ""
    hint: str = ""
    """Stands in a long text while it is empty."""
    follows: str = ""
    """Another field: while nothing else is typed here, the text goes with what is chosen there."""
    by: Mapping[str, str] = field(default_factory=dict)
    """The text for each choice of the other field."""


@dataclass(frozen=True, slots=True)
class Form:
    """A dialog's content."""

    title: str
    fields: tuple[Field, ...]
    done: str
    """What the button says."""
    place: str
    """Of the draft."""
    is_dangerous: bool = False


Widgets = LineField | TextField | Choices


class FormDialog(Sheet[Answers | None]):
    """Asks for the fields of a form."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "send", "Send", priority=True)]

    def __init__(self, form: Form, drafts: DraftKeeper, answers: Answers | None = None, problem: str = "") -> None:
        super().__init__()
        self._form = form
        self._drafts = drafts
        self._given = answers
        self._problem = problem
        self._fields: dict[str, Widgets] = {}
        self._is_restored = False
        self._begun: Answers = {}
        """What stood there before anything was typed."""

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            sign = "! " if self._form.is_dangerous else ""
            yield Bar([[(sign + self._form.title, looks.LATE if sign else looks.TITLE)]], classes="line")
            problem = LineView(classes="lines problem")
            yield problem
            with VerticalScroll(classes="fields", can_focus=False):
                for each in self._form.fields:
                    self._fields[each.name] = widget = _widget(each)
                    with Horizontal(classes="field"):
                        yield Bar([[(each.label, looks.DIM)]], classes="label")
                        yield widget
            yield Buttons((self._form.done, CANCEL))
            yield Bar([[("tab", looks.KEY), (" next   ", looks.DIM), ("^s", looks.KEY), (" done   ", looks.DIM),
                        ("esc", looks.KEY), (" back, what you typed is kept", looks.DIM)]], classes="line")  # fmt: skip

    async def on_mount(self) -> None:
        self._tell(self._problem)
        kept = {**(await self._drafts.kept(self._form.place) or {}), **(self._given or {})}
        for name, text in kept.items():
            if name in self._fields and text:
                self._fields[name].put(str(text))
        first = next(iter(self._fields.values()), None) or self.query_one(Buttons)
        first.focus()
        self._begun = self.answers
        self._is_restored = True

    @property
    def answers(self) -> Answers:
        return {name: widget.typed_text for name, widget in self._fields.items()}

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Choices.Changed)
    def keep_draft(self) -> None:
        if self._is_restored:
            self._drafts.keep(self._form.place, dict(self.answers))

    def _keep_and_end(self) -> None:
        """A field's news of its change may come late: nothing is lost by that, and nothing sent is kept again."""
        if self.answers != self._begun:
            self.keep_draft()
        self._is_restored = False

    @on(Choices.Changed)
    def follow(self, event: Choices.Changed) -> None:
        for each in self._form.fields if self._is_restored else ():
            widget = self._fields[each.name]
            is_untouched = widget.typed_text.strip() in {text.strip() for text in each.by.values()}
            if each.follows and self._fields[each.follows] is event.choices and is_untouched:
                widget.put(each.by.get(event.choices.typed_text, ""))

    @on(Input.Submitted)
    def go_on(self) -> None:
        self.focus_next()

    @on(Buttons.Pressed)
    def press(self, event: Buttons.Pressed) -> None:
        if event.value == CANCEL:
            self.action_cancel()
        else:
            self.action_send()

    def action_send(self) -> None:
        self._keep_and_end()
        self.dismiss(self.answers)

    def action_cancel(self) -> None:
        self._keep_and_end()
        self.dismiss(None)

    def _tell(self, sentence: str) -> None:
        problem = self.query_one(".problem", LineView)
        lines = wrapped(sentence, self.app.size.width - 4) if sentence else []
        problem.styles.height = len(lines)
        problem.show(
            [[("  " if number else "! ", looks.LATE), (line, looks.BOLD)] for number, line in enumerate(lines)]
        )


def _widget(asked: Field) -> Widgets:
    if asked.choices:
        return Choices(asked.choices, asked.value.split(" "), is_many=asked.is_many)
    return TextField(asked.value, hint=asked.hint) if asked.is_long else LineField(asked.value)


def form_of(title: str, place: str, done: str, fields: Sequence[Field], *, is_dangerous: bool = False) -> Form:
    return Form(title, tuple(fields), done, place, is_dangerous)
