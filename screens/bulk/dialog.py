"""What would become of each of many cases, before it is done; and what became of each, after."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from screens import looks
from screens.bulk.step import Step
from screens.case.page import Page
from screens.line_view import Bar, Line
from screens.safe import wrapped
from screens.shared.choices import Buttons
from screens.shared.question import CANCEL
from screens.shared.sheet import Guarded

CODE_CELLS = 12


class StepsDialog(Guarded[bool]):
    """A line for each case; those that stay as they are stand first, with the reason."""

    def __init__(self, title: str, steps: Sequence[Step], yes: str = "") -> None:
        super().__init__()
        self._title = title
        self._steps = sorted(steps, key=lambda step: not step.refusal)
        self._yes = yes
        self._page = Page()

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet whole"):
            yield Bar([[(self._title, looks.TITLE)]], classes="line")
            yield self._page
            yield Buttons((CANCEL, self._yes) if self._yes else ("Close",))

    def on_mount(self) -> None:
        self._page.put(self._lines)
        self.query_one(Buttons).focus()

    @on(Buttons.Pressed)
    def answer(self, event: Buttons.Pressed) -> None:
        self.dismiss(event.value == self._yes)

    def _lines(self, width: int) -> list[Line]:
        return [line for step in self._steps for line in _lines_of(step, bool(self._yes), width)]


def _lines_of(step: Step, is_before: bool, width: int) -> list[Line]:
    stays = "stays: " if is_before else "not done: "
    told = f"{stays}{step.refusal}" if step.refusal else step.would if is_before else "done"
    rows = wrapped(told, max(10, width - CODE_CELLS))
    look = looks.SOON if step.refusal else looks.PLAIN
    first: Line = [(f"{step.subject.code:<{CODE_CELLS}}", looks.BOLD), (rows[0], look)]
    return [first, *([(" " * CODE_CELLS + row, look)] for row in rows[1:])]
