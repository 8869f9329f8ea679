"""One case on one page: everything that is known of it, and every verb that it allows."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from models import clock
from models.errors import DeskError
from models.rules.act import Verb as CaseVerb
from screens import looks, words
from screens.case.facts import CaseFacts, facts_of
from screens.case.page import Page
from screens.case.sections import aside_of, main_of
from screens.case_verbs import CaseVerbs
from screens.subject import Subject, why_not
from screens.verbs import Place, Verb, bindings_of, verbs_at

if TYPE_CHECKING:
    from screens.shared.form import Answers

MINUTE = 60.0
TWO_COLUMNS_FROM = 140

Neighbour = Callable[[int, int], int | None]


class CaseScreen(CaseVerbs):
    """A case; `[` and `]` go to its neighbours in the queue."""

    PLACE = Place.CASE
    READS_FIRST = True
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Place.CASE)

    def __init__(self, dispute_id: int, neighbour: Neighbour) -> None:
        super().__init__()
        self.dispute_id = dispute_id
        self._neighbour = neighbour
        self._facts: CaseFacts | None = None
        self._looked_at: int | None = None
        """The piece of evidence that is to be judged now."""
        self._main = Page()
        self._aside = Page(classes="aside")

    def content(self) -> ComposeResult:
        with Horizontal(classes="columns"):
            yield self._main
            yield self._aside

    def on_mount(self) -> None:
        self.focus_content()
        self._header.set((f" C{self.dispute_id}", looks.TITLE))
        self.load()
        self.every(MINUTE, self.load)

    def on_resize(self) -> None:
        self._aside.display = self.size.width >= TWO_COLUMNS_FROM
        self._draw()

    def focus_content(self) -> None:
        self.set_focus(self._main)

    def on_screen_resume(self) -> None:
        self.focus_content()
        self.host.remember_place(self.place())
        if self._facts is not None:
            self.load()

    @work(exclusive=True, group="case")
    async def load(self) -> None:
        """Read the case again; only lines that differ are painted."""
        wanted = self.dispute_id
        try:
            facts = await self.read(partial(facts_of, wanted))
        except DeskError as error:
            self.show_said(str(error), is_refusal=True)
            if self._facts is None:
                self._main.put(lambda width: [[("  Not read: the store did not answer. ^r tries again.", looks.DIM)]])
        else:
            self._facts = facts
            self._draw()
        if not self._is_ready:
            self.app.call_later(self.is_shown)

    def shown_cases(self) -> Set[int]:
        return {self.dispute_id}

    def store_changed(self) -> None:
        self.load()

    def show_visitors(self) -> None:
        self._draw()

    def target(self) -> int | None:
        return self.dispute_id

    def changed(self, dispute_id: int) -> None:
        self.load()

    def why_not(self, verb: Verb) -> str | None:
        if verb.act is None or self._facts is None:
            return None
        return why_not(self._facts.case, verb.act, self.host.actor, clock.now())

    @on(Page.Turned)
    def tell_what_is_below(self, event: Page.Turned) -> None:
        if event.page is self._main:
            self.show_position(f"{event.left} more lines " if event.left else "")

    def do_previous(self) -> None:
        self._go(-1)

    def do_following(self) -> None:
        self._go(1)

    def do_next(self) -> None:
        """The queue serves; its case comes in place of this one."""
        self.go_to_queue()
        self.call_later(self.host.queue.do_next)

    def do_room(self) -> None:
        self.do_back()
        self.call_later(self.host.queue.do_room)

    def do_evidence(self) -> None:
        from screens.evidence.viewer import EvidenceViewer

        pieces = [piece for piece in self._facts.file.evidence if piece.sha256] if self._facts else []
        if not pieces:
            self.show_said("There is no evidence to look at: a takes a file in.", is_refusal=True)
        else:
            self.app.push_screen(EvidenceViewer(self.dispute_id, pieces), self._judge)

    def _judge(self, number: int | None) -> None:
        if number is not None:
            self._looked_at = number
            self.do_review()

    def first_answers(self, verb: CaseVerb) -> Answers:
        """A piece that was just looked at is the one that is judged."""
        number, self._looked_at = self._looked_at, None
        pieces = self._facts.case.evidence if self._facts is not None else []
        seen = next((piece for piece in pieces if piece.number == number), None)
        if verb is not CaseVerb.REVIEW or seen is None:
            return super().first_answers(verb)
        from screens.evidence.deeds import named

        return {"piece": named(seen)}

    def do_reload(self) -> None:
        self.load()

    def do_back(self) -> None:
        self.dismiss()

    def run_command(self, text: str) -> None:
        queue = self.host.queue
        verbs = {each.id for each in verbs_at(self.PLACE)}
        if text in verbs:
            self.action_perform(text)
        elif not self.run_party(text):
            self.go_to_queue()
            queue.run_command(text)

    def place(self) -> dict[str, Any]:
        queue = self.host.queue
        return {**queue.place(), "open": self.dispute_id, "is_deciding": False}

    def open_decision(self, subject: Subject) -> None:
        from screens.decision.screen import DecisionScreen

        self.app.push_screen(DecisionScreen(subject.dispute_id))

    def _go(self, step: int) -> None:
        other = self._neighbour(self.dispute_id, step)
        if other is None:
            self.show_said("The list ends here." if step > 0 else "The list begins here.", is_refusal=True)
            return
        self.dispute_id, self._facts = other, None
        self._main.action_scroll_by(-1000000)
        self.load()
        self.host.remember_place(self.place())

    def _draw(self) -> None:
        facts = self._facts
        if facts is None:
            return
        self._header.set(*_heading(facts, self.host.actor.login, self.visitors.get(self.dispute_id, ())))
        is_wide = self.size.width >= TWO_COLUMNS_FROM
        now, zone = clock.now(), self.host.zone
        self._main.put(lambda width: main_of(facts, width, now, zone, is_whole=not is_wide))
        if is_wide:
            self._aside.put(lambda width: aside_of(facts, width, now, zone))


def _heading(facts: CaseFacts, login: str, others: Sequence[str]) -> list[tuple[str, Any]]:
    row = facts.file.row
    holder = "yours" if row.assignee == login else f"{row.assignee} has it" if row.assignee else "nobody has it"
    return [
        (f" {row.case}", looks.TITLE),
        (f"  {words.plain(row.state)}", looks.BOLD),
        (f"  ball: {words.BALLS.get(row.ball or 'none', '–')}", looks.PLAIN),
        (f"  {holder}", looks.MINE if row.assignee == login else looks.PLAIN),
        (f"  {words.present(others)}" if others else "", looks.SOON),
        (f"  {words.amount(row.amount)}", looks.PLAIN),
        (f"  {row.source}:{row.ref}", looks.DIM),
    ]
