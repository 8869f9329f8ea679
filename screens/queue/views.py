"""Choosing a view, with how many cases each has now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from models.queries.queue import View
from screens import looks
from screens.line_view import Bar
from screens.shared.choices import Choices
from screens.shared.sheet import Sheet


class ViewsDialog(Sheet[str | None]):
    """Returns a view's name."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,v", "choose", "Choose"), Binding("q", "cancel", "Back")]

    def __init__(self, views: Mapping[str, View], counts: Mapping[str, int], current: str) -> None:
        super().__init__()
        wide = max(len(view.label) for view in views.values())
        labels = {name: f"{view.label:<{wide}} {counts.get(name, 0):>7}{_whose(view)}" for name, view in views.items()}
        self._choices = Choices(tuple(views), (current,), labels=labels)

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield Bar([[("Views", looks.TITLE), ("   enter opens one", looks.DIM)]], classes="line")
            yield self._choices

    def on_mount(self) -> None:
        self._choices.focus()

    def action_choose(self) -> None:
        self.dismiss(self._choices.typed_text or None)


def _whose(view: View) -> str:
    if not view.is_saved:
        return ""
    return "  desk's" if view.is_shared else "  yours"
