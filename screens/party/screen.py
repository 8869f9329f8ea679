"""One buyer or seller over time: facts with their whole, flags, what was done, and their cases."""

from __future__ import annotations

import shlex
from functools import partial
from typing import Any, ClassVar

from textual import work
from textual.binding import BindingType

from models import clock
from models.errors import DeskError
from models.queries.parties import PartyPage, party_page
from models.rules.act import Verb as CaseVerb
from models.rules.permissions import check_supervisor
from screens import looks, words
from screens.case_verbs import CaseVerbs
from screens.party.deeds import DEEDS, PartyDeed
from screens.party.sections import page_rows
from screens.safe import Span
from screens.shared.form import Answers, FormDialog, form_of
from screens.shared.pick_screen import PickScreen
from screens.shared.question import QuestionDialog
from screens.verbs import Place, Verb, bindings_of


class PartyScreen(PickScreen[int], CaseVerbs):
    """Verbs on a case mean the one under the cursor."""

    PLACE = Place.PARTY
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Place.PARTY)

    def __init__(self, party_id: int) -> None:
        super().__init__("party")
        self.party_id = party_id
        self._party: PartyPage | None = None

    def on_screen_resume(self) -> None:
        if self._party is not None:
            self.load()

    @work(exclusive=True, group="party")
    async def load(self) -> None:
        try:
            self._party = await self.read(partial(party_page, self.party_id))
        except DeskError as error:
            self.show_failed(error, is_empty=self._party is None)
        else:
            self._draw(self._party)
        self.show_once()

    def target(self) -> int | None:
        return self._rows.current

    def changed(self, dispute_id: int) -> None:
        self.load()

    def why_not(self, verb: Verb) -> str | None:
        if verb.id in DEEDS:
            try:
                check_supervisor(self.host.actor, f"party {verb.id}" if DEEDS[verb.id].is_of_party else verb.id)
            except DeskError as error:
                return str(error)
        elif verb.id in ("show", "flag", "unflag", "buyer", "seller") and self.target() is None:
            return "There is no case under the cursor."
        return None

    def do_show(self) -> None:
        dispute_id = self.target()
        if dispute_id is not None:
            self.open_case(dispute_id, lambda: self._rows.targets)

    def first_answers(self, verb: CaseVerb) -> Answers:
        """A flag is on the party whose page this is."""
        is_flag = verb in (CaseVerb.FLAG, CaseVerb.UNFLAG)
        return {"party": self._party.side} if is_flag and self._party else {}

    def do_note(self) -> None:
        self._do_about("note")

    def do_warn(self) -> None:
        self._do_about("warn")

    def do_suspend(self) -> None:
        self._do_about("suspend")

    def do_erase(self) -> None:
        self._do_about("erase")

    def place(self) -> dict[str, Any]:
        return {**self.host.queue.place(), "party": self.party_id}

    def _do_about(self, name: str) -> None:
        self._ask_about(name, None, "")

    @work(exclusive=True, group="deed")
    async def _ask_about(self, name: str, answers: Answers | None, problem: str) -> None:
        """Ask for what a measure needs, with the consequence, and do it; again where the operation refuses."""
        page, deed = self._party, DEEDS[name]
        if page is None:
            return
        gone = ""
        if deed.preview is not None:
            try:
                would_go = await self.read(partial(deed.preview, self.host.actor, self.party_id))
            except DeskError as error:
                self.host.say(str(error), is_refusal=True)
                return
            gone = ", ".join(f"{each.what} {each.count}" for each in would_go) or "nothing: all is gone already"
        place = f"party-{name}:{self.party_id}"
        form = form_of(
            f"{name.capitalize()} {page.name or page.ref}", place, deed.done, deed.fields,
            is_dangerous=deed.question is not None,
        )  # fmt: skip
        answers = await self.app.push_screen_wait(FormDialog(form, self.host.drafts, answers, problem))
        if answers is None:
            return
        asks = deed.question if answers["note"].strip() else None  # without a reason the operation refuses anyway
        told = f" What goes: {gone}." if gone else ""
        if asks and not await self.app.push_screen_wait(QuestionDialog(asks(page, answers) + told, deed.done)):
            return
        self._write_about(name, deed, page, answers, place)

    def _write_about(self, name: str, deed: PartyDeed, page: PartyPage, answers: Answers, place: str) -> None:
        def done(answered: tuple[int, ...]) -> None:
            who = f"{page.side}:{page.ref}"
            words = ["party", who, name] if deed.is_of_party else [name, who]
            self.host.last_command = shlex.join(["disputes", *words, *deed.command(answers)])
            flags = f" It answers the flags in {', '.join(f'C{case}' for case in answered)}." if answered else ""
            self.host.say(deed.said.format(who=page.name or page.ref) + flags)
            self.load()

        def failed(error: DeskError) -> None:
            if self.is_active:
                self._ask_about(name, answers, str(error))
            else:
                self.host.say(f"{error} Your text is kept.", is_refusal=True)

        task = partial(deed.do, self.host.actor, self.party_id, answers)
        self.write(task, done, failed, places=(place,), copies_file=deed.preview is not None)

    def _draw(self, page: PartyPage) -> None:
        now, zone = clock.now(), self.host.zone
        self._header.set(*heading(page, words.instant(page.suspended_until, zone)))
        self._rows.put_rows(lambda width: page_rows(page, width, now, zone))


def heading(page: PartyPage, until: str) -> list[Span]:
    """Who it is; a suspension stands beside the name."""
    who = f"{page.name}  ({page.ref})" if page.name and page.name != page.ref else page.ref
    spans: list[Span] = [(f" {page.side} {who}", looks.TITLE)]
    if page.suspended_until is not None:
        spans.append((f"  SUSPENDED until {until}", looks.LATE))
    waiting = sum(not flag.review for flag in page.flags)
    if waiting:
        spans.append((f"  {waiting} {'flag waits' if waiting == 1 else 'flags wait'} for review", looks.SOON))
    return spans
