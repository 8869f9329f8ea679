"""The queue: home for every role. It opens on overdue seller responses, the longest overdue first."""

from __future__ import annotations

from contextlib import suppress
from datetime import tzinfo
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType

from models.errors import DeskError
from models.operations.looking import Look
from models.queries.completion import Offers, offers
from models.queries.fault import QueryFault
from models.queries.sorting import SORTS
from screens.bulk.verbs import BulkVerbs
from screens.intake.way_in import OpensCases
from screens.queue.case_list import CaseList
from screens.queue.heading import heading
from screens.queue.hears_others import HearsOthers
from screens.queue.opens_views import OF_VIEWS, WORDS, OpensViews
from screens.queue.reads_rows import ReadsRows
from screens.queue.window import Listing, RowAsked
from screens.verbs import Place, Verb, bindings_of, nearest, verbs_at

if TYPE_CHECKING:
    from models.operations.change import Change

MINUTE = 60.0


class QueueScreen(ReadsRows, HearsOthers, BulkVerbs, OpensCases, OpensViews):
    """The list of a view."""

    PLACE = Place.QUEUE
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(Place.QUEUE), ("escape", "clear", "Clear")]

    def __init__(self, listing: Listing, login: str, zone: tzinfo) -> None:
        super().__init__()
        self._login = login
        self._zone = zone
        self.listing = listing
        self._is_serving = False
        self._is_ready_to_open = False
        self._commanded = ""
        """What was typed behind `:` last."""
        self.cases = CaseList(self._standing(), self._follow_cursor)

    @property
    def is_asking(self) -> bool:
        return super().is_asking or self._is_serving or self.is_loading

    def content(self) -> ComposeResult:
        yield self.cases

    def on_mount(self) -> None:
        self.focus_content()
        self.every(MINUTE, self.refresh_rows)

    def focus_content(self) -> None:
        self.set_focus(self.cases)

    def store_changed(self) -> None:
        self.refresh_rows()

    def show_visitors(self) -> None:
        self.cases.show_visited(self.visitors.keys())
        self._show_place()

    def on_screen_resume(self) -> None:
        self.focus_content()
        self.cases.refresh()  # what moved while it was covered was not painted
        if self._is_read:
            self.refresh_rows()
            self.remember()

    @on(CaseList.RowsWanted)
    def bring_rows(self, event: CaseList.RowsWanted) -> None:
        self.extend(event.is_down)

    @on(CaseList.EndWanted)
    def bring_end(self, event: CaseList.EndWanted) -> None:
        self.go_to_end(event.is_down)

    def _follow_cursor(self) -> None:
        self._show_place()
        self.remember(is_moved=False)

    @on(CaseList.Activated)
    def open_clicked(self) -> None:
        self.do_show()

    # What can be done

    def target(self) -> int | None:
        row = self.cases.current
        return row.id if row else None

    def changed(self, dispute_id: int) -> None:
        self.refresh_rows()

    def why_not(self, verb: Verb) -> str | None:
        row = self.cases.current
        if verb.act is None:
            if verb.id in ("show", "mark") and row is None:
                return "There is no case under the cursor."
            return None
        if self.cases.marked and verb.id in self.BULK:
            return None
        if row is not None and row.id in self.cases.gone:
            return None  # its line tells of the past; the case itself is asked
        if row is None:
            return "There is no case under the cursor."
        from screens.subject import why_not_row  # brings all rules, which the list has no use for

        return why_not_row(row, verb.act, self.host.actor)

    def do_show(self) -> None:
        row = self.cases.current
        if row is not None:
            self.open_case(row.id)

    def open_case(self, dispute_id: int, *, is_deciding: bool = False) -> None:
        from screens.case.screen import CaseScreen  # nothing before the first list is seen waits for it

        self.app.push_screen(CaseScreen(dispute_id, self.neighbour))
        if is_deciding:
            from screens.decision.screen import DecisionScreen

            self.app.push_screen(DecisionScreen(dispute_id))

    def looked(self, seen: Look) -> None:
        super().looked(seen)
        if self.cases.cursor and not self._is_ready_to_open and self.cases.current is not None:
            self._is_ready_to_open = True
            self._make_ready_to_open(self.cases.current.id)

    @work(group="ready")
    async def _make_ready_to_open(self, dispute_id: int) -> None:
        """Whoever moves the cursor will open a case: half of what the first one takes is done before, where keys go on.

        The store's thread loads what it is made of, and spells its statements by reading one.
        """

        def load() -> None:
            from screens.case import facts, screen  # noqa: F401

            facts.facts_of(dispute_id)

        with suppress(DeskError):
            await self.read(load)

    def open_party(self, party_id: int) -> None:
        from screens.party.screen import PartyScreen

        self.app.push_screen(PartyScreen(party_id))

    def neighbour(self, dispute_id: int, step: int) -> int | None:
        """The case before or after another in this list; the cursor goes along."""
        row = self.cases.row_beside(dispute_id, step)
        if row is not None:
            self.cases.action_step(step)
        return row.id if row else None

    def do_next(self) -> None:
        from models.operations.serving import serve_next

        view = self.listing.view

        def done(change: Change | None) -> None:
            self._is_serving = False
            if change is None:
                self.host.drop_keys()
                self.host.say(f"'{view.label}' has no case that nobody has.", is_refusal=True)
                return
            self.host.last_command = f"disputes next --view {view.name}"
            self.open_case(change.dispute_id)
            self.host.say(f"C{change.dispute_id} is yours.")

        def failed(error: DeskError) -> None:
            self._is_serving = False
            self.host.drop_keys()
            self.host.say(str(error), is_refusal=True)

        self._is_serving = True
        self.write(partial(serve_next, self.host.actor, view=view.name), done, failed)

    async def first_ids(self, limit: int) -> list[int]:
        return await self.read(partial(self.reader(self.listing).ids, limit))

    def do_filter(self) -> None:
        self._prompt.ask("/", self.listing.where, offers)

    def filter_by(self, text: str) -> None:
        self.load(Listing(self.listing.view, text.strip(), self.listing.sort))

    def show_fault(self, fault: QueryFault) -> None:
        """The query stays where it was typed, the cursor goes to the fault; the list stays as it was."""
        self.show_said(fault.sentence, is_refusal=True)
        if self._prompt.display:
            self._prompt.point_at(fault.position)
        elif self._commanded.endswith(fault.text):
            self._prompt.ask(":", self._commanded, self.completed)
            self._prompt.point_at(len(self._commanded) - len(fault.text) + fault.position)

    def action_clear(self) -> None:
        """Escape takes away the marks, then the query."""
        self.show_said("")
        if self.cases.marked:
            self.cases.clear_marks()
        elif self.listing.where:
            self.load(Listing(self.listing.view))

    def show_listing(self, listing: Listing) -> None:
        self.load(listing)

    def do_reload(self) -> None:
        self.refresh_rows()

    def do_quit(self) -> None:
        self.host.leave()

    def command_words(self) -> list[str]:
        return [*super().command_words(), *self.views, *WORDS, *(f"sort {key}" for key in SORTS)]

    def completed(self, text: str) -> Offers:
        name, space, rest = text.partition(" ")
        if not space or name not in self.views:
            return super().completed(text)
        found = offers(rest)
        return Offers(len(text) - len(rest) + found.at, found.words)

    def run_command(self, text: str) -> None:
        """A view, a verb, `sort KEY`, `save NAME` and its like, a place in the list, or a case."""
        self._commanded = text
        name, _, rest = text.partition(" ")
        verbs = {each.id for each in verbs_at(self.PLACE)}
        if asked := RowAsked.of(text):
            self.go_to_row(asked)
        elif name in self.views:
            self.load(Listing(self.views[name], rest.strip()))
        elif name in OF_VIEWS and rest.strip():
            self.keep_view(name, rest.strip())
        elif name == "sort":
            if rest.strip().removeprefix("-") in SORTS:
                self.load(Listing(self.listing.view, self.listing.where, rest.strip()))
            else:
                self.show_said(f"Sort by {', '.join(SORTS)}; with - in front descending.", is_refusal=True)
        elif name in verbs:
            self.action_perform(name)
        elif not self.run_party(text):
            self.go_to(text)

    @work(exclusive=True, group="go")
    async def go_to(self, text: str) -> None:
        """Open a view that was saved elsewhere meanwhile, or a case by our code or `source:ref`."""
        from models.queries.named_case import find

        try:
            await self.learn_views()
            if text in self.views:
                self.load(Listing(self.views[text]))
                return
            dispute_id = await self.read(partial(find, text))
        except DeskError as error:
            near = nearest(text, self.PLACE, list(self.views))
            hint = f"No command or case is called '{text}'; did you mean {near}?" if near else str(error)
            self.show_said(hint, is_refusal=True)
            return
        self.open_case(dispute_id)

    def place(self) -> dict[str, Any]:
        row, listing = self.cases.current, self.listing
        key = self._window.key_of_page(self.cases.cursor)
        return {
            "view": listing.view.name,
            "where": listing.where,
            "sort": listing.sort,
            "case": row.id if row else None,
            "key": [key.value, key.id] if key and self._window.has_before else None,
        }

    # Drawing

    def show_heading(self) -> None:
        self._header.set(*heading(self.listing, self._total, self.size.width))
        self._show_place()

    def _show_place(self) -> None:
        """Which of how many the cursor is on."""
        total, rows = self._total, self.cases.rows
        at = self._window.position(self.cases.cursor, total.cases) if total and rows else None
        here = self.visitors.get(rows[self.cases.cursor].id, ()) if rows else ()
        others = f"+{here[0] if len(here) == 1 else len(here)}  " if here else ""
        self.show_position(others + (f"{at} of {total.cases} " if total and at else ""))

    def remember(self, *, is_moved: bool = True) -> None:
        if self.is_active:
            self.host.remember_place(self.place(), is_moved=is_moved)
