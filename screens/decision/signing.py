"""What a second person reads before they sign: all that the decision says, and the digest that they sign."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from models.columns import Money
from models.queries.case_parts import CaseFile, DecisionView
from screens import looks, words
from screens.case.page import Page
from screens.evidence.section import lacking_of
from screens.line_view import Bar, Line
from screens.safe import wrapped
from screens.shared.choices import Buttons
from screens.shared.sheet import Guarded

CANCEL = "Cancel"
LABEL = 12


class SignDialog(Guarded[bool]):
    """True: sign it. Pages turn while the focus stands on Cancel."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown,down", "turn(1)", show=False),
        Binding("pageup,up", "turn(-1)", show=False),
    ]

    def __init__(self, file: CaseFile, decision: DecisionView) -> None:
        super().__init__()
        self._file = file
        self._decision = decision
        self._page = Page()

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet whole"):
            title = f"! Sign {self._decision.maker}'s decision of {self._file.row.case}: it is issued at once and final"
            yield Bar([[(title, looks.LATE)]], classes="line")
            yield self._page
            yield Buttons((CANCEL, "Sign"))

    def on_mount(self) -> None:
        self._page.put(lambda width: signing_lines(self._file, self._decision, width))
        self.query_one(Buttons).focus()

    def action_turn(self, direction: int) -> None:
        self._page.action_turn(direction)

    @on(Buttons.Pressed)
    def answer(self, event: Buttons.Pressed) -> None:
        self.dismiss(event.value == "Sign")


def signing_lines(file: CaseFile, decision: DecisionView, width: int) -> list[Line]:
    """The digest, the money, the grid, the findings, the note and the letters."""
    payer = f", paid by {words.plain(decision.payer)}" if decision.payer else ""
    lines = _pair("digest", decision.hash[:12], width)
    if decision.result:
        stood = f"{words.plain(file.row.outcome or '')} {words.amount(file.refund)}"
        lines += _pair("appeal", f"{decision.result}; until now stands {stood}", width)
    lines += _pair("outcome", words.plain(decision.outcome), width)
    lines += _pair("buyer gets", f"{words.amount(decision.refund)}{payer}", width)
    for extra in file.goodwill:
        lines += _pair("beside it", f"{words.amount(extra.amount)} goodwill, {extra.state}", width)
    lines += _pair("way back", f"the {decision.freight} pays" if decision.freight else "", width)
    for share in decision.basis:
        percent = f" {share.percent}%" if share.percent is not None else ""
        part = words.amount(Money(share.amount_minor, decision.refund.currency))
        lines += _pair("basis", f"{words.plain(share.kind)}{percent}: {part}", width)
    lines += _pair("disputed", f"{words.plain(file.row.reason)}, {words.amount(file.row.amount)}", width)
    for point in decision.points:
        for name in ("point", "claimed", "answered", "shown", "found"):
            lines += _pair("shown by" if name == "shown" else name, getattr(point, name), width)
    if decision.lacking is not None:
        lines += _pair("evidence", lacking_of(decision.lacking), width)
    lines += _pair("findings", ", ".join(words.plain(code) for code in decision.findings), width)
    lines += _pair("note", decision.note, width)
    lines += _pair("to buyer", decision.to_buyer, width)
    return lines + _pair("to seller", decision.to_seller, width)


def _pair(label: str, text: str, width: int) -> list[Line]:
    """A label with its text behind it; nothing where there is none."""
    rows = wrapped(text, width - LABEL) if text else []
    return [[(f"{'' if number else label:<{LABEL}}", looks.DIM), (row, looks.PLAIN)] for number, row in enumerate(rows)]
