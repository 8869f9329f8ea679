"""The list of cases: draws the lines that are seen, repaints the ones that changed, and never asks the store itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.cache import LRUCache
from textual.message import Message
from textual.strip import Strip

from models.dataclass import dataclass
from models.queries.rows import CaseRow
from screens import looks
from screens.line_view import Drawn
from screens.queue.columns import GAP, Layout, ListColumn, Standing, layout, measure
from screens.queue.window import Window
from screens.safe import Span, fitted, strip

TITLE_LINES = 1
SIGN_CELLS = 2
PREFETCH = 30
"""Rows left before the end of the window when more are asked for."""


class CaseList(Drawn, can_focus=True):
    """A window of rows with a cursor. When the cursor leaves the lines that are seen, half a page is turned."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "step(1)", show=False),
        Binding("up,k", "step(-1)", show=False),
        Binding("pagedown,ctrl+f", "turn(1)", show=False),
        Binding("pageup,ctrl+b", "turn(-1)", show=False),
        Binding("home,g", "end(-1)", show=False),
        Binding("end,G", "end(1)", show=False),
    ]

    @dataclass
    class RowsWanted(Message):
        """The cursor comes near an end of the window."""

        is_down: bool

    @dataclass
    class EndWanted(Message):
        """The list's own first or last row is asked for."""

        is_down: bool

    class Activated(Message):
        """The row under the cursor was clicked once more."""

    def __init__(self, standing: Standing, moved: Callable[[], None]) -> None:
        super().__init__()
        self.standing = standing
        self._moved = moved
        """Called when the cursor is on another case; no message, so that what it changes is in the same frame."""
        self.rows: list[CaseRow] = []
        self.cursor = 0
        """Index of the row under the cursor."""
        self.marked: set[int] = set()
        """Ids."""
        self.gone: set[int] = set()
        """Ids of rows that have left the view and are still shown, because the cursor is on them."""
        self.visited: Set[int] = frozenset()
        """Ids of cases that somebody else has open."""
        self._window = Window()
        self._top = 0
        self._owed = 0
        """Steps that were asked for and wait for rows."""
        self._layout: Layout = ()
        self._needs: dict[ListColumn, int] = {}
        self._measured: set[tuple[int, int]] = set()
        """Ids and versions of rows."""
        self._said = "Reading the store …"
        self._drawn: dict[int, Strip] = {}
        self._strips: LRUCache[tuple[int, bool, str], tuple[CaseRow, Strip]] = LRUCache(400)
        self._strips_are_for: tuple[object, ...] = ()

    @property
    def current(self) -> CaseRow | None:
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    def row_beside(self, dispute_id: int, step: int) -> CaseRow | None:
        """The row `step` lines from that of a case."""
        at = next((i for i, row in enumerate(self.rows) if row.id == dispute_id), None)
        if at is None or not 0 <= at + step < len(self.rows):
            return None
        return self.rows[at + step]

    def put(self, window: Window, *, case_id: int | None = None, standing: Standing | None = None) -> None:
        """Show `window`, the cursor on `case_id`, else where it is: on the same case on the same line of the screen."""
        before, line = self.current, self.cursor - self._top
        self.standing = standing or self.standing
        self._window, rows = window, window.rows
        wanted = case_id if case_id is not None else before.id if before else None
        at = next((i for i, row in enumerate(rows) if row.id == wanted), None)
        self.gone.clear()
        if at is None and before is not None and case_id is None and self.rows:
            at = self._place_of_gone(rows)
            if at is not None:
                rows.insert(at, before)
                self.gone.add(before.id)
        self.rows = rows
        self._measure()
        self.cursor = min(at if at is not None else self.cursor, max(0, len(rows) - 1))
        self._top = self.cursor - line if case_id is None else self.cursor - self._height // 2
        self._pay()
        self._settle()

    def show_first(self, window: Window, standing: Standing) -> None:
        """Another listing, from its first row on."""
        self.standing, self._window, self.rows = standing, window, window.rows
        self.gone.clear()
        self.cursor = self._top = self._owed = 0
        self._measure(is_new=True)
        self._settle()
        self._moved()

    def show_part(self, window: Window, at: int) -> None:
        """Other rows of the same list, the cursor on one of them."""
        self._window, self.rows = window, window.rows
        self.gone.clear()
        self._measure()
        self.cursor = self._top = max(0, min(at, len(self.rows) - 1))
        self._owed = 0
        self._settle()
        self._moved()

    def say(self, sentence: str) -> None:
        """What stands in place of rows when there are none."""
        self._said = sentence
        self._repaint()

    def show_visited(self, visited: Set[int]) -> None:
        self.visited = visited
        self._repaint()

    def toggle_mark(self) -> None:
        row = self.current
        if row is not None:
            self.marked ^= {row.id}
            self._repaint()

    def mark(self, ids: Iterable[int]) -> None:
        self.marked.update(ids)
        self._repaint()

    def clear_marks(self) -> None:
        self.marked.clear()
        self._repaint()

    def action_step(self, step: int) -> None:
        self._move_to(self.cursor + step)

    def action_turn(self, direction: int) -> None:
        self._move_to(self.cursor + direction * max(1, self._height - 1), turn=direction)

    def action_end(self, direction: int) -> None:
        self._owed = 0
        is_down = direction > 0
        if self._window.has_after if is_down else self._window.has_before:
            self.post_message(self.EndWanted(is_down))
        else:
            self._move_to(len(self.rows) - 1 if is_down else 0)

    def on_mouse_scroll_down(self) -> None:
        self.action_step(3)

    def on_mouse_scroll_up(self) -> None:
        self.action_step(-3)

    def on_click(self, event: events.Click) -> None:
        at = self._top + event.y - TITLE_LINES
        if event.y < TITLE_LINES or at >= len(self.rows):
            return
        if at == self.cursor:
            self.post_message(self.Activated())
        else:
            self._move_to(at)

    def on_resize(self) -> None:
        self._drawn.clear()
        self._measure()
        self._settle()

    def render_line(self, y: int) -> Strip:
        drawn = self._drawn[y] = self._line(y)
        return drawn

    @property
    def _height(self) -> int:
        return max(1, self.size.height - TITLE_LINES)

    def _place_of_gone(self, rows: list[CaseRow]) -> int | None:
        """Behind the nearest row above the cursor that is still there."""
        places = {row.id: i for i, row in enumerate(rows)}
        for row in reversed(self.rows[: self.cursor]):
            if row.id in places:
                return places[row.id] + 1
        return 0 if not self._window.has_before else None

    def _pay(self) -> None:
        if self._owed:
            owed, self._owed = self._owed, 0
            self._move_to(self.cursor + owed)

    def _move_to(self, wanted: int, *, turn: int = 0) -> None:
        at = max(0, min(wanted, len(self.rows) - 1))
        if (wanted > at and self._window.has_after) or (wanted < at and self._window.has_before):
            self._owed = wanted - at
        changed: tuple[int, ...] | None = ()
        if at != self.cursor and self.rows:
            left, here = self.rows[self.cursor], self.rows[at]
            changed = self.cursor, at
            if left.id in self.gone:
                self.gone.discard(left.id)
                self.rows.remove(left)
                changed = None
            self.cursor = self.rows.index(here)
            self._moved()
        if turn:
            self._top += turn * max(1, self._height - 1)
            changed = None
        self._settle(changed)
        self._ask_for_more()

    def _ask_for_more(self) -> None:
        if self._window.has_after and self.cursor >= len(self.rows) - PREFETCH:
            self.post_message(self.RowsWanted(True))
        elif self._window.has_before and self.cursor < PREFETCH:
            self.post_message(self.RowsWanted(False))

    def _settle(self, changed: tuple[int, ...] | None = None) -> None:
        """Bring the cursor in sight and paint what changed: nothing but these rows, where the page was not turned."""
        height, top = self._height, self._top
        if not self._top <= self.cursor < self._top + height:
            ahead = height // 2
            is_below = self.cursor >= self._top + height
            self._top = self.cursor - height + ahead if is_below else self.cursor - height + 1 + ahead
        self._top = max(0, min(self._top, len(self.rows) - height))
        if changed is None or self._top != top:
            self._repaint()
        else:
            self._repaint([TITLE_LINES + at - top for at in changed])

    def _measure(self, *, is_new: bool = False) -> None:
        """Columns only grow while one listing is shown: nothing jumps on the next page."""
        if is_new:
            self._needs.clear()
            self._measured.clear()
        here = {(row.id, row.row_version) for row in self.rows}
        new = here - self._measured
        measure(self._needs, [row for row in self.rows if (row.id, row.row_version) in new], self.standing)
        self._measured = here
        self._layout = layout(self._needs, self.size.width - SIGN_CELLS)
        strips_are_for = self._layout, self.standing, self.size.width
        if strips_are_for != self._strips_are_for:
            self._strips_are_for = strips_are_for
            self._strips.clear()

    def _repaint(self, lines: Iterable[int] | None = None) -> None:
        if not self.screen.is_active and self._drawn:
            return  # a covered line that is painted paints the screen above it
        seen = range(self.size.height) if lines is None else sorted(lines)
        self.refresh_lines(y for y in seen if self._drawn.get(y) != self._line(y))

    def _line(self, y: int) -> Strip:
        width = self.size.width
        if y < TITLE_LINES:
            titles = [(fitted(each.title, cells, right=each.is_right), looks.COLUMN) for each, cells in self._layout]
            return strip(_spaced([("  ", looks.PLAIN)], titles), width)
        at = self._top + y - TITLE_LINES
        if not self.rows:
            return strip([("  " + self._said if y == TITLE_LINES + 1 else "", looks.DIM)], width)
        if at >= len(self.rows):
            is_coming = self._window.has_after
            return strip([("  …" if is_coming else "", looks.DIM)], width)
        row = self.rows[at]
        is_here, is_marked, is_gone = at == self.cursor, row.id in self.marked, row.id in self.gone
        sign = "■" if is_marked else "×" if is_gone else ">" if is_here else " "
        sign += "+" if row.id in self.visited else " "
        key = (row.id, is_here, sign)
        found = self._strips.get(key)
        if found is None or (found[0] is not row and found[0] != row):
            found = self._strips[key] = row, self._row_strip(row, width, is_here, sign)
        return found[1]

    def _row_strip(self, row: CaseRow, width: int, is_here: bool, sign: str) -> Strip:
        is_marked, is_gone = sign[0] == "■", sign[0] == "×"
        cells: list[Span] = []
        for column, room in self._layout:
            text = fitted(column.text(row, self.standing), room, right=column.is_right)
            cells.append((text, looks.LEFT if is_gone else column.look(row, self.standing)))
        spans = _spaced([(sign, looks.BOLD if is_marked else looks.PLAIN)], cells)
        if is_here:
            whole = "".join(text for text, _ in spans)
            return strip([(fitted(whole, width), looks.CURSOR)], width, looks.CURSOR)
        return strip(spans, width)


def _spaced(lead: list[Span], cells: list[Span]) -> list[Span]:
    """Cells with gaps; neighbours of one look become one piece, which is fewer bytes on the line."""
    spans = list(lead)
    for number, (text, look) in enumerate(cells):
        piece = (" " * GAP if number else "") + text
        if spans and spans[-1][1] == look:
            spans[-1] = (spans[-1][0] + piece, look)
        else:
            spans.append((piece, look))
    return spans
