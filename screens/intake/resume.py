"""Going on with a case that is half filled in, or beginning another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from models.queries.intakes import IntakeRow
from screens import looks, words
from screens.line_view import Bar
from screens.shared.choices import Choices
from screens.shared.sheet import Sheet

NEW = "new"


class ResumeDialog(Sheet[str | None]):
    """Returns the draft's place, or `new`."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", "Choose"), Binding("q", "cancel", "Back")]

    def __init__(self, rows: Sequence[IntakeRow], zone: tzinfo) -> None:
        super().__init__()
        labels = {NEW: "a new case"} | {row.place: _label(row, zone) for row in rows}
        self._choices = Choices(tuple(labels), (NEW,), labels=labels)

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield Bar([[("Open a case", looks.TITLE), ("   enter goes on", looks.DIM)]], classes="line")
            yield self._choices

    def on_mount(self) -> None:
        self._choices.focus()

    def action_choose(self) -> None:
        self.dismiss(self._choices.typed_text or None)


def _label(row: IntakeRow, zone: tzinfo) -> str:
    what = row.intake.order or "no order yet"
    return f"draft {row.number}: {what}, saved {words.instant(row.saved_at, zone)}"
