"""The promises that will break within a horizon: when, who can still save each, and by what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from models.queries.forecast import Forecast
from models.rules.clocks import KINDS
from models.vocabulary import ClockKind
from screens import looks, words
from screens.line_view import Bar, Line
from screens.safe import fitted
from screens.shared.pick_page import PickPage
from screens.shared.sheet import Sheet

CASE, CLOCK, LEFT = 9, 20, 10


class PromisesDialog(Sheet[int | None]):
    """Returns the case that was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", "Show"), Binding("q", "cancel", "Back")]

    def __init__(self, title: str, forecasts: Sequence[Forecast]) -> None:
        super().__init__()
        self._title = title
        self._forecasts = forecasts
        self._page: PickPage[int] = PickPage()

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet whole"):
            yield Bar([[(self._title, looks.TITLE), ("   enter shows the case", looks.DIM)]], classes="line")
            yield self._page

    def on_mount(self) -> None:
        self._page.put_rows(lambda width: [(_line(each, width), each.id) for each in self._forecasts])
        self._page.focus()

    @on(PickPage.Activated)
    def action_choose(self) -> None:
        self.dismiss(self._page.current)


def _line(each: Forecast, width: int) -> Line:
    left = f"{words.span(each.seconds_left)} left"
    if each.can_be_saved:
        by = each.whom or each.saved_by or "both parties"
        saved, look = f"{by} can: {each.action}" if each.action else f"{by} can", looks.PLAIN
    else:
        saved, look = f"lost, booked to {each.booked_to or 'nobody'}", looks.LATE
    return [
        ("  " + fitted(each.case, CASE), looks.PLAIN),
        (fitted(KINDS[ClockKind(each.clock)].label, CLOCK), looks.PLAIN),
        (fitted(left, LEFT, right=True) + "  ", looks.SOON),
        (fitted(saved, max(10, width - CASE - CLOCK - LEFT - 4)), look),
    ]
