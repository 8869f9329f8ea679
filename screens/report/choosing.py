"""Choosing a report, and what its rows are grouped by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from models.queries.reports import REPORTS
from screens import looks
from screens.line_view import Bar
from screens.shared.choices import Choices
from screens.shared.sheet import Sheet


class ReportsDialog(Sheet[str | None]):
    """Returns a report's name."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", "Choose"), Binding("q", "cancel", "Back")]

    def __init__(self) -> None:
        super().__init__()
        names = tuple(REPORTS)
        self._choices = Choices(names, names[:1], labels={name: REPORTS[name].title for name in names})

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield Bar([[("Reports", looks.TITLE), ("   enter opens one", looks.DIM)]], classes="line")
            yield self._choices

    def on_mount(self) -> None:
        self._choices.focus()

    def action_choose(self) -> None:
        self.dismiss(self._choices.typed_text or None)


class KeysDialog(Sheet[tuple[str, ...] | None]):
    """Returns keys in the order in which they were chosen; none for the rows themselves."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", "Group"), Binding("q", "cancel", "Back")]

    def __init__(self, keys: Sequence[str], chosen: Sequence[str]) -> None:
        super().__init__()
        self._choices = Choices(tuple(keys), tuple(chosen), is_many=True)

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            told = "   space chooses, enter groups; none shows the rows"
            yield Bar([[("Group by", looks.TITLE), (told, looks.DIM)]], classes="line")
            yield self._choices

    def on_mount(self) -> None:
        self._choices.focus()

    def action_choose(self) -> None:
        self.dismiss(tuple(self._choices.chosen))
