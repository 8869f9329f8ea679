"""A page in which some lines stand for something: a cursor goes from one to the next, and what is between is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Generic, TypeVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip

from models.dataclass import dataclass
from screens import looks
from screens.case.page import Page
from screens.line_view import Line
from screens.safe import fitted, strip

Target = TypeVar("Target")
"""What a line stands for, such as the number of a case."""


class PickPage(Page, Generic[Target]):
    """Lines begin two cells in: there the cursor's sign stands."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "step(1)", show=False),
        Binding("up,k", "step(-1)", show=False),
        Binding("home,g", "end(-1)", show=False),
        Binding("end,G", "end(1)", show=False),
    ]

    @dataclass
    class Activated(Message):
        """The line under the cursor was clicked once more."""

    def __init__(self) -> None:
        super().__init__()
        self._targets: list[Target | None] = []
        self._at = -1
        """The line under the cursor; -1 where no line stands for anything."""

    @property
    def current(self) -> Target | None:
        """What the line under the cursor stands for."""
        return self._targets[self._at] if 0 <= self._at < len(self._targets) else None

    @property
    def targets(self) -> list[Target]:
        """All that lines stand for, in order."""
        return [target for target in self._targets if target is not None]

    def put_rows(self, build: Callable[[int], Sequence[tuple[Line, Target | None]]]) -> None:
        """As `put`; the cursor stays on its target, else on its line."""

        def lines(width: int) -> list[Line]:
            rows = list(build(width))
            before, self._targets = self.current, [target for _, target in rows]
            if before is None or self._targets[self._at : self._at + 1] != [before]:
                self._at = self._near(before)
            return [line for line, _ in rows]

        before = self._at
        self.put(lines)
        if self._at != before:
            self._repaint(before, self._at)

    def action_step(self, step: int) -> None:
        """To the next target, where it is in sight or a line away; else a line on: nothing is skipped unread."""
        at = self._at + step
        while 0 <= at < len(self._targets) and self._targets[at] is None:
            at += step
        bottom = self._top + self.size.height
        is_near = self._top - 1 <= at <= bottom
        if 0 <= at < len(self._targets) and is_near:
            self._move(at)
        else:
            self.action_scroll_by(step)

    def action_turn(self, direction: int) -> None:
        """A page on, and the cursor on the first target that is then seen."""
        super().action_turn(direction)
        seen = range(self._top, min(self._top + self.size.height, len(self._targets)))
        if self._at not in seen:
            at = next((line for line in seen if self._targets[line] is not None), None)
            if at is not None:
                self._move(at)

    def action_end(self, direction: int) -> None:
        """To the first or the last target, and the page's own end."""
        targets = [line for line, target in enumerate(self._targets) if target is not None]
        if targets:
            self._move(targets[-1] if direction > 0 else targets[0])
        self.action_scroll_by(direction * len(self._targets))

    def on_click(self, event: events.Click) -> None:
        at = self._top + event.y
        if at >= len(self._targets) or self._targets[at] is None:
            return
        if at == self._at:
            self.post_message(self.Activated())
        else:
            self._move(at)

    def render_line(self, y: int) -> Strip:
        at = y + self._top
        if at != self._at or not self.has_focus:
            return super().render_line(y)
        whole = "".join(text for text, _ in self._lines[at])
        width = self.size.width
        return strip([(fitted(">" + whole[1:], width), looks.CURSOR)], width, looks.CURSOR)

    def _near(self, target: Target | None) -> int:
        same = [line for line, each in enumerate(self._targets) if each is not None and each == target]
        if same:
            return min(same, key=lambda line: abs(line - self._at))
        others = [line for line, each in enumerate(self._targets) if each is not None]
        return min(others, key=lambda line: abs(line - self._at), default=-1)

    def _move(self, at: int) -> None:
        before, self._at = self._at, at
        if not self._top <= at < self._top + self.size.height:
            self.action_scroll_by(at - self._top if at < self._top else at - self._top - self.size.height + 1)
        self._repaint(before, at)

    def _repaint(self, *lines: int) -> None:
        for line in lines:
            if self._top <= line < self._top + self.size.height:
                self.refresh_lines([line - self._top])
