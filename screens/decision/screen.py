"""The ruling: the grid, the money, the findings, the letters. A dry run comes before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Set
from functools import partial
from typing import Any, ClassVar

from rich.style import Style
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Input, TextArea

from models import clock
from models.errors import Conflict, DeskError, NotAllowed
from models.operations.change import Change
from models.operations.deciding import DecisionPreview, decide, preview_decision
from models.rules.approval import RulingDraft
from models.rules.case import Case
from models.vocabulary import Finding, Outcome, Party, Payer
from screens import looks, words
from screens.base import ConsoleScreen
from screens.case.facts import CaseFacts, changes_since, facts_of
from screens.case.page import Page
from screens.case.sections import main_of
from screens.case_verbs import command_line
from screens.decision.draft import RULINGS, Filled, filled_from
from screens.decision.grid import PointRow
from screens.decision.prefill import first_point
from screens.decision.preview import PreviewDialog
from screens.line_view import Bar
from screens.shared.choices import Choices
from screens.shared.fields import LineField
from screens.shared.question import ReadDialog
from screens.shared.text_field import TextField
from screens.verbs import Place, bindings_of

BESIDE_FROM = 140
LETTER_HINT = "empty: a letter is built from the findings"

Widgets = LineField | TextField | Choices


class DecisionScreen(ConsoleScreen):
    """One ruling, half-filled for as long as it takes: it is a draft of its case."""

    PLACE = Place.DECISION
    READS_FIRST = True
    ASKING = ConsoleScreen.ASKING | {"case"}
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of(Place.DECISION),
        Binding("ctrl+s", "perform('check')", priority=True, show=False),
        Binding("ctrl+n", "perform('point')", priority=True, show=False),
    ]

    def __init__(self, dispute_id: int) -> None:
        super().__init__()
        self.dispute_id = dispute_id
        self.code = f"C{dispute_id}"
        self._facts: CaseFacts | None = None
        self._is_restored = False
        self._sum = Bar(classes="sum")
        self._aside = Page(classes="aside")
        self._points = Vertical(classes="points")
        self._widgets: dict[str, Widgets] = {
            **self.more_widgets(),
            "outcome": Choices(RULINGS),
            "amount": LineField(),
            "basis": LineField(),
            "payer": Choices(tuple(Payer), (Payer.SELLER,)),
            "freight": Choices(tuple(Party), (Party.SELLER,)),
            "findings": Choices(tuple(Finding), is_many=True),
            "note": TextField(),
            "to_buyer": TextField(hint=LETTER_HINT),
            "to_seller": TextField(hint=LETTER_HINT),
        }

    VERB = "decide"
    """The command, and the beginning of the draft's place."""
    TITLE = "decision"

    def more_widgets(self) -> dict[str, Widgets]:
        """What a kind of ruling asks for before everything else."""
        return {}

    def preview(self, ruling: RulingDraft) -> Callable[[], DecisionPreview]:
        """What asks the store; whatever is filled in is read here, before that."""
        return partial(preview_decision, self.host.actor, case=self.dispute_id, ruling=ruling)

    def issue(self, ruling: RulingDraft, seen_version: int) -> Callable[[], Change]:
        """What writes to the store, read in the same way."""
        return partial(decide, self.host.actor, case=self.dispute_id, ruling=ruling, seen_version=seen_version)

    def content(self) -> ComposeResult:
        with Horizontal(classes="columns"):
            with VerticalScroll(classes="form", can_focus=False):
                yield self._points
                for name, widget in self._widgets.items():
                    with Horizontal(classes="field apart" if name in APART else "field") as row:
                        row.display = name != "freight"
                        yield Bar([[(LABELS.get(name, name), looks.DIM)]], classes="label")
                        yield widget
                    if name == "payer":
                        yield self._sum
            yield self._aside

    @property
    def place_of_draft(self) -> str:
        return f"{self.VERB}:{self.code}"

    def on_mount(self) -> None:
        self.show_visitors()
        self.open()

    def show_visitors(self) -> None:
        others = self.visitors.get(self.dispute_id, ())
        here = f"   {words.present(others)}" if others else ""
        self._header.set((f" {self.code} {self.TITLE}", looks.TITLE), (here, looks.SOON))

    def on_resize(self) -> None:
        self._aside.display = self.size.width >= BESIDE_FROM
        self._draw_case()

    def on_screen_resume(self) -> None:
        self.host.remember_place(self.place())

    @work(exclusive=True, group="case")
    async def open(self) -> None:
        """Read the case, and what was filled in before."""
        try:
            self._facts = await self.read(partial(facts_of, self.dispute_id))
            kept = await self.host.drafts.kept(self.place_of_draft)
        except DeskError as error:
            self.show_said(f"{error} ^r on the case tries again.", is_refusal=True)
            self.is_shown()
            return
        filled = filled_from(kept or {})
        for name, text in filled.texts.items():
            if name in self._widgets:
                self._widgets[name].put(text)
        for values in filled.points or [first_point(self._facts)]:
            await self._points.mount(PointRow(values))
        next(iter(self._widgets.values())).focus()
        self._draw()
        self._draw_case()
        if kept:
            self.show_said("What you had filled in is back.")
        self.call_after_refresh(self._begin_keeping)

    def _begin_keeping(self) -> None:
        self._is_restored = True
        self.app.call_later(self.is_shown)

    @property
    def filled(self) -> Filled:
        texts = {name: widget.typed_text for name, widget in self._widgets.items()}
        return Filled(texts, [row.values for row in self.query(PointRow)])

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Choices.Changed)
    def keep_draft(self) -> None:
        if self._is_restored:
            self.host.drafts.keep(self.place_of_draft, self.filled.kept())
            self._draw()

    @on(Input.Submitted)
    def go_on(self) -> None:
        self.focus_next()

    def shown_cases(self) -> Set[int]:
        return {self.dispute_id}

    def store_changed(self) -> None:
        self.compare()

    @work(exclusive=True, group="compare")
    async def compare(self) -> None:
        """Others may have changed the case under this form; the form stays as it is."""
        if self._facts is None:
            return
        try:
            facts = await self.read(partial(facts_of, self.dispute_id))
        except DeskError as error:
            self.show_said(str(error), is_refusal=True)
            return
        if facts.row_version != self._facts.row_version:
            self.show_said(f"{self.code} has changed meanwhile; ^s shows how. Your text is kept.", is_refusal=True)

    # What can be done

    @work(exclusive=True, group="check")
    async def do_check(self) -> None:
        """The dry run, and after it the decision."""
        facts = self._facts
        if facts is None:
            return
        try:
            ruling = self.filled.ruling(facts.case)
            changed = await self._show_changes(facts)
            if changed:
                return
            preview = await self.read(self.preview(ruling))
        except DeskError as error:
            self.show_said(str(error), is_refusal=True)
            return
        if await self.app.push_screen_wait(PreviewDialog(self.code, preview)):
            self._decide(ruling, facts)

    def _decide(self, ruling: RulingDraft, facts: CaseFacts) -> None:
        filled = self.filled

        def done(change: Change) -> None:
            self.host.last_command = command_line(self.VERB, self.code, filled.command())
            if self.is_active:
                self.dismiss()
            self.app.call_later(self.host.say, _said(change, self.code))

        def failed(error: DeskError) -> None:
            self._is_restored = True
            self.keep_draft()
            self.host.say(f"{error} Your text is kept.", is_refusal=True)
            if isinstance(error, Conflict | NotAllowed):
                self.show_changes()

        self._is_restored = False
        self.write(self.issue(ruling, facts.row_version), done, failed, places=(self.place_of_draft,))

    @work(exclusive=True, group="check")
    async def show_changes(self) -> None:
        if self._facts is None:
            return
        try:
            await self._show_changes(self._facts)
        except DeskError as error:
            self.show_said(str(error), is_refusal=True)

    async def _show_changes(self, before: CaseFacts) -> bool:
        """What others did since the case was read; from then on it counts as read."""
        facts = await self.read(partial(facts_of, self.dispute_id))
        if facts.row_version == before.row_version:
            return False
        self._facts = facts
        self._draw_case()
        title = f"{self.code} changed while you worked on it. Your text is kept; ^s goes on."
        lines = [[(title, looks.BOLD)], *changes_since(before, facts, self.host.zone)]
        await self.app.push_screen_wait(ReadDialog(lines))
        return True

    def do_point(self) -> None:
        row = PointRow({})
        self._points.mount(row)
        self.call_after_refresh(row.take_focus)

    def do_back(self) -> None:
        self.dismiss()

    def place(self) -> dict[str, Any]:
        return {**self.host.queue.place(), "open": self.dispute_id, "is_deciding": True}

    # Drawing

    def _draw(self) -> None:
        if self._facts is not None:
            case = self._facts.case
            self._header.set(*_heading(f"{self.code} {self.TITLE}", self._facts, case))
            filled = self.filled
            way_back = self._widgets["freight"].parent
            if isinstance(way_back, Horizontal):  # asked where goods go back, else not in the way
                way_back.display = filled.outcome is Outcome.RETURN_AND_REFUND
            text, look = _sum(filled, case)
            self._sum.set((text, look))

    def _draw_case(self) -> None:
        facts = self._facts
        if facts is not None and self._aside.display:
            now, zone = clock.now(), self.host.zone
            self._aside.put(lambda width: main_of(facts, width, now, zone, is_whole=True))


APART = ("outcome", "findings", "note", "to_buyer")
LABELS = {"freight": "way back by", "to_buyer": "to buyer", "to_seller": "to seller"}


def _heading(title: str, facts: CaseFacts, case: Case) -> list[tuple[str, Style]]:
    return [
        (f" {title}", looks.TITLE),
        (f"  {words.plain(case.state)}", looks.PLAIN),
        (f"  {words.plain(case.reason)}", looks.PLAIN),
        (f"  disputed {words.amount(facts.file.row.amount)}", looks.PLAIN),
    ]


def _sum(filled: Filled, case: Case) -> tuple[str, Style]:
    try:
        return filled.sum_shown(case), looks.PLAIN
    except DeskError as error:
        return str(error), looks.SOON


def _said(change: Change, code: str) -> str:
    if change.act.needs_second_person:
        return f"Your decision of {code} waits for a second person."
    return f"{code} is decided." if change.act.result is None else f"The appeal of {code} is {change.act.result}."
