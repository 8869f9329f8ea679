"""The dry run of a decision: all that issuing it would do, before anything is written."""

from __future__ import annotations

from typing import ClassVar

from rich.style import Style
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from models.columns import Money
from models.operations.deciding import DecisionPreview
from models.rules import evidence
from models.rules.clocks import KINDS
from screens import looks, words
from screens.case.page import Page
from screens.line_view import Bar, Line
from screens.safe import wrapped
from screens.shared.choices import Buttons
from screens.shared.sheet import Guarded

CANCEL = "Cancel"


class PreviewDialog(Guarded[bool]):
    """True: issue or propose it. Pages turn while the focus stands on Cancel."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown,down", "turn(1)", show=False),
        Binding("pageup,up", "turn(-1)", show=False),
    ]

    def __init__(self, code: str, preview: DecisionPreview) -> None:
        super().__init__()
        self._code = code
        self._preview = preview
        self._yes = "Propose it" if preview.second_person_because else "Issue it"
        self._page = Page()

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet whole"):
            title = f"! Dry run of the decision of {self._code}: nothing is written yet"
            yield Bar([[(title, looks.LATE)]], classes="line")
            yield self._page
            yield Buttons((CANCEL, self._yes))

    def on_mount(self) -> None:
        self._page.put(lambda width: preview_lines(self._preview, width))
        self.query_one(Buttons).focus()

    def action_turn(self, direction: int) -> None:
        self._page.action_turn(direction)

    @on(Buttons.Pressed)
    def answer(self, event: Buttons.Pressed) -> None:
        self.dismiss(event.value == self._yes)


def preview_lines(preview: DecisionPreview, width: int) -> list[Line]:
    """Money, second person, clocks, letters."""
    act, after = preview.change.act, preview.change.after
    amount = words.amount(Money(preview.refund_minor, preview.currency))
    payer = f", paid by {words.plain(act.payer)}" if act.payer else ""
    lines: list[Line] = [
        _pair("outcome", words.plain(act.outcome or "") or "stays as it is", looks.BOLD),
        _pair("buyer gets", f"{amount}{payer}", looks.BOLD),
    ]
    for extra in preview.change.before.goodwill:
        paid = words.amount(Money(extra.amount_minor, preview.currency))
        lines.append(_pair("beside it", f"{paid} goodwill, {extra.state}", looks.PLAIN))
    if act.freight is not None:
        lines.append(_pair("way back", f"the {act.freight} pays", looks.PLAIN))
    if preview.stood_minor is not None:
        lines += _difference(preview)
    for line in preview.basis:
        share = f" {line.percent}%" if line.percent is not None else ""
        part = words.amount(Money(line.amount_minor, preview.currency))
        lines.append(_pair("", f"{words.plain(line.kind)}{share}: {part}", looks.PLAIN))
    lines.append(_pair("findings", ", ".join(words.plain(code) for code in act.findings or ()), looks.PLAIN))
    lines.append(_pair("then", f"the case is {words.plain(after.state)}", looks.PLAIN))
    for side in evidence.both(preview.change.before):
        shown = f"{side.side}: {side.said.replace('_', ' ')}"
        lines += [_pair("" if side.side == "seller" else "evidence", shown, looks.PLAIN)]
    if preview.second_person_because:
        lines.append(_pair("approval", "a second person must approve it:", looks.SOON))
        for reason in preview.second_person_because:
            lines += [_pair("", row, looks.SOON) for row in wrapped(reason, width - 12)]
    else:
        lines.append(_pair("approval", "no second person is needed", looks.PLAIN))
    for number, clock in enumerate(preview.clocks_that_stop):
        end = words.plain(clock.end or "")
        lines.append(_pair("" if number else "clocks", f"{KINDS[clock.kind].label} stops: {end}", looks.PLAIN))
    if not preview.clocks_that_stop:
        lines.append(_pair("clocks", "none stops", looks.PLAIN))
    for title, letter in (("Letter to the buyer", preview.to_buyer), ("Letter to the seller", preview.to_seller)):
        lines += [[], [(title, looks.HEADING)], *([(row, looks.PLAIN)] for row in wrapped(letter, width))]
    return lines


def _difference(preview: DecisionPreview) -> list[Line]:
    """What an appeal changes of the money, and what of it cannot be undone."""

    def amount(minor: int) -> str:
        return words.amount(Money(minor, preview.currency))

    stood, due = preview.stood_minor or 0, preview.due_minor
    lines = [
        _pair("until now", f"{amount(stood)}; the difference is {amount(preview.refund_minor - stood)}", looks.PLAIN)
    ]
    paid = amount(preview.change.before.confirmed_minor)
    if underway := preview.change.before.underway_minor:
        lines.append(_pair("under way", f"{amount(underway)} is instructed, not confirmed, in no sum", looks.SOON))
    if due < 0:
        lines.append(_pair("paid", f"{paid}; {amount(-due)} is not recoverable by us", looks.SOON))
    else:
        lines.append(_pair("paid", f"{paid}; {amount(due)} is due then", looks.PLAIN))
    return lines


def _pair(label: str, text: str, look: Style) -> Line:
    return [(f"{label:<12}", looks.DIM), (text, look)]
