"""Why each clock of a case is due when it is: lines that add up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from enum import StrEnum
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from models.durations import hours
from models.rules.clocks import KINDS
from models.rules.reasons_of_due import Reason, Reasons
from models.rules.reasons_of_escalation import Escalation
from models.rules.reasons_of_expiry import Expiry
from models.vocabulary import ClockKind
from screens import looks, words
from screens.case.page import Page
from screens.line_view import Bar, Line
from screens.safe import wrapped
from screens.shared.sheet import Sheet

ADDS_CELLS = 12
AT_CELLS = 22


class ReasonsScreen(Sheet[None]):
    """Closed by escape, q or w."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("q,w", "cancel", "Back")]

    def __init__(self, code: str, found: Sequence[Reasons], zone: tzinfo) -> None:
        super().__init__()
        self._code = code
        self._found = found
        self._zone = zone
        self._page = Page()

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet whole"):
            title = f"Why {self._code} is due when it is"
            yield Bar([[(title, looks.TITLE), ("   esc goes back", looks.DIM)]], classes="line")
            yield self._page

    def on_mount(self) -> None:
        self._page.put(self._lines)
        self._page.focus()

    def _lines(self, width: int) -> list[Line]:
        return [line for each in self._found for line in (*_sum(each, width, self._zone), [])]


def _sum(found: Reasons, width: int, zone: tzinfo) -> list[Line]:
    due = "due" if isinstance(found.kind, ClockKind) else "from"
    due_at = f"{due} {words.instant(found.due_at, zone)} {words.zone_name(found.due_at, zone)}"
    ended = "" if found.is_running else "  has ended"
    lines: list[Line] = [[(_label(found.kind), looks.HEADING), (f"  {due_at}", looks.BOLD), (ended, looks.DIM)]]
    for each in found.lines:
        lines += _reason(each, width, zone)
    return lines


def _label(kind: StrEnum) -> str:
    if isinstance(kind, ClockKind):
        return KINDS[kind].label
    return Expiry(kind).label if kind in list(Expiry) else Escalation(kind).label


def _reason(reason: Reason, width: int, zone: tzinfo) -> list[Line]:
    """What it adds in hours, where the sum then stands, and what and who it was."""
    seconds = int(reason.adds.total_seconds())
    adds = f"{'+' if seconds > 0 else ''}{hours(seconds)}" if seconds else ""
    at = f"{reason.at.astimezone(zone):%Y-%m-%d %H:%M:%S}"
    by = f" ({reason.by})" if reason.by else ""
    rows = wrapped(f"{reason.what}{by}", max(10, width - ADDS_CELLS - AT_CELLS))
    head = (f"{adds:>{ADDS_CELLS - 1}} {at:<{AT_CELLS}}", looks.PLAIN)
    rest: list[Line] = [[(" " * (ADDS_CELLS + AT_CELLS), looks.PLAIN), (row, looks.PLAIN)] for row in rows[1:]]
    return [[head, (rows[0], looks.PLAIN)], *rest]
