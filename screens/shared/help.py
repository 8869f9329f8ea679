"""The keys that work here and now, why the others do not, and the query language."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from models.errors import DeskError
from models.queries.terms import TERMS, Term
from models.rules.policy import Policy
from screens import looks
from screens.case.page import Page
from screens.line_view import Bar, Line
from screens.policy.sections import in_short
from screens.safe import wrapped
from screens.shared.sheet import Sheet
from screens.verbs import Place, Verb, verbs_at

MOVING = (
    ("↑↓ j k", "a line up or down"),
    ("pgup pgdn", "a page up or down"),
    ("g G", "to the first and the last"),
    (":50% :#1200", "to a place in the list of cases: the middle, the row that stands as 1200"),
    ("tab", "in a form: the next field"),
)
SIGNS = (
    (">", "the cursor"),
    ("■", "marked"),
    ("+", "behind the sign: somebody else has the case open"),
    ("×", "has left the view, and stays until the cursor moves on"),
    ("?", "behind the state: the reason must be settled before a decision"),
    ("!", "cannot be undone; it asks first"),
)
KEY_CELLS = 13
NAME_CELLS = 14
TERM_CELLS = 35


class HelpScreen(Sheet[None]):
    """Closed by escape, q or ?."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("q,question_mark,f1", "cancel", "Back")]

    def __init__(
        self, place: Place, why_not: Callable[[Verb], str | None], policy: Callable[[], Awaitable[Policy]]
    ) -> None:
        super().__init__()
        self._place = place
        self._ask_policy = policy
        self._policy: Policy | None = None
        """Read behind what needs no store."""
        self._reasons = {each.id: why_not(each) for each in verbs_at(place)}
        self._page = Page()

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet whole"):
            yield Bar([[("Help", looks.TITLE), ("   esc goes back", looks.DIM)]], classes="line")
            yield self._page

    def on_mount(self) -> None:
        self._page.put(self._lines)
        self._page.focus()
        self.run_worker(self._read_policy())

    async def _read_policy(self) -> None:
        with suppress(DeskError):  # the screen below says what is wrong with the store
            self._policy = await self._ask_policy()
            self._page.put(self._lines)

    def _lines(self, width: int) -> list[Line]:
        lines: list[Line] = [[("Keys here", looks.HEADING)]]
        for each in verbs_at(self._place):
            lines += _verb_lines(each, self._reasons[each.id], width)
        lines += [[], [("Moving", looks.HEADING)], *(_pair(key, what) for key, what in MOVING)]
        lines += [[], [("Signs", looks.HEADING)], *(_pair(sign, what) for sign, what in SIGNS)]
        lines += [[], [("The query language, behind /", looks.HEADING)]]
        lines += [[("Terms joined by a space must all hold; 'or', 'not' or -, and brackets.", looks.PLAIN)]]
        lines += [line for term in TERMS for line in _term_lines(term, width)]
        lines += [[('A word, or "a text", is searched for in the case\'s own words.', looks.PLAIN)]]
        lines += [[], [("Behind :", looks.HEADING)]]
        lines += [[("a verb's or view's name, sort KEY, a place, or a case such as C12 or source:ref", looks.PLAIN)]]
        if self._policy is not None:
            lines += [[], *in_short(self._policy, width)]
        return lines


def _verb_lines(verb: Verb, reason: str | None, width: int) -> list[Line]:
    sign = "! " if verb.is_dangerous else "  "
    look = looks.DIM if reason else looks.PLAIN
    head = [
        (f"{sign}{verb.key_shown:<{KEY_CELLS - 2}}", looks.DIM if reason else looks.KEY),
        (f"{verb.label:<{NAME_CELLS}}", look),
    ]
    text = f"not now: {reason}" if reason else verb.tooltip
    rows = wrapped(text, width - KEY_CELLS - NAME_CELLS)
    lines: list[Line] = [[*head, (rows[0], look)]]
    lines += [[(" " * (KEY_CELLS + NAME_CELLS), look), (row, look)] for row in rows[1:]]
    return lines


def _pair(key: str, what: str) -> Line:
    return [(f"  {key:<{KEY_CELLS - 2}}", looks.KEY), (what, looks.PLAIN)]


def _term_lines(term: Term, width: int) -> list[Line]:
    rows = wrapped(term.what, width - TERM_CELLS)
    lead = [f"  {term.example:<{TERM_CELLS - 2}}", *(" " * TERM_CELLS for _ in rows[1:])]
    return [[(head, looks.KEY), (row, looks.PLAIN)] for head, row in zip(lead, rows, strict=True)]
