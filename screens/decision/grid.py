"""The grid of disputed points: what was claimed, answered, shown by which evidence, and found."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from screens import looks
from screens.decision.draft import GRID
from screens.line_view import Bar
from screens.shared.fields import LineField

LABELS = {"point": "point", "claimed": "claimed", "answered": "answered", "shown": "shown by", "found": "found"}


class PointRow(Vertical):
    """One point; on a wide terminal its fields stand beside each other."""

    def __init__(self, values: dict[str, str]) -> None:
        super().__init__(classes="point")
        self._fields = {name: LineField(values.get(name, "")) for name in GRID}

    def compose(self) -> ComposeResult:
        for name, field in self._fields.items():
            with Horizontal(classes="row"):
                yield Bar([[(LABELS[name], looks.DIM)]], classes="label")
                yield field

    @property
    def values(self) -> dict[str, str]:
        return {name: field.value for name, field in self._fields.items()}

    def take_focus(self) -> None:
        self._fields["point"].focus()
