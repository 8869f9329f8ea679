"""The queue: home for every role. It opens on overdue seller responses, the longest overdue first."""

from __future__ import annotations

from datetime import tzinfo
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.worker import Worker

from models import clock
from models.errors import DeskError
from models.queries.fault import QueryFault
from models.queries.queue import Count, Key
from models.queries.sorting import SORTS
from models.queries.terms import TERMS
from screens.base import SLOW_AFTER_SECONDS
from screens.bulk.verbs import BulkVerbs
from screens.intake.way_in import OpensCases
from screens.queue.case_list import CaseList
from screens.queue.columns import Standing
from screens.queue.empty import why_empty
from screens.queue.heading import heading
from screens.queue.hears_others import HearsOthers
from screens.queue.opens_views import DROP, SAVE, WORDS, OpensViews
from screens.queue.window import Listing, Reader, Window
from screens.shared.paced import Paced
from screens.shared.reads_beside import read_alone
from screens.verbs import Place, Verb, bindings_of, nearest, verbs_at

if TYPE_CHECKING:
    from models.operations.change import Change

MINUTE = 60.0


class QueueScreen(HearsOthers, BulkVerbs, OpensCases, OpensViews):
    """The list of a view."""

    PLACE = Place.QUEUE
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(Place.QUEUE), ("escape", "clear", "Clear")]

    def __init__(self, listing: Listing, login: str, zone: tzinfo) -> None:
        super().__init__()
        self._login = login
        self._zone = zone
        self.listing = listing
        self._total: Count | None = None
        """None until it has been counted, later than the rows."""
        self._is_read = False
        self._counts = Paced(self.count, self.set_timer)
        self._window = Window()
        self._loads = 0
        """Listings that are being read."""
        self._waits_until = 0.0
        """So long keys wait for another listing: they mean its rows."""
        self._is_serving = False
        self.cases = CaseList(self._standing(), self._follow_cursor)

    @property
    def is_asking(self) -> bool:
        return super().is_asking or self._is_serving or monotonic() < self._waits_until

    def content(self) -> ComposeResult:
        yield self.cases

    def on_mount(self) -> None:
        self.focus_content()
        self.every(MINUTE, self.refresh_rows)

    def focus_content(self) -> None:
        self.set_focus(self.cases)

    # What is asked of the store

    def load(self, listing: Listing, case_id: int | None = None, key: Key | None = None) -> Worker[None]:
        """Show another listing, from its beginning or around a case."""
        self._loads += 1
        self._waits_until = monotonic() + SLOW_AFTER_SECONDS
        return self._load(listing, case_id, key)

    @work(exclusive=True, group="rows")
    async def _load(self, listing: Listing, case_id: int | None, key: Key | None) -> None:
        try:
            await self._load_rows(listing, case_id, key)
        finally:
            self._loads -= 1
            self._waits_until = self._waits_until if self._loads else 0.0

    async def _load_rows(self, listing: Listing, case_id: int | None, key: Key | None) -> None:
        reader = self._reader(listing)
        try:
            window = await self.read(partial(reader.from_key, key) if key else reader.first)
        except QueryFault as fault:
            self.show_fault(fault)
            return
        except DeskError as error:
            self._show_failed(error)
            return
        self._prompt.close()
        self.listing, self._window, self._total, self._is_read = listing, window, None, True
        self._counts = Paced(self.count, self.set_timer)
        self.cases.show_first(window, self._standing())
        if case_id is not None:
            self.cases.put(window, case_id=case_id)
        self._say_empty()
        self._remember()
        self.count()

    def refresh_rows(self) -> None:
        """The same rows as they are now; nothing is painted where nothing changed."""
        if self._loads:
            return  # it would cut off what is being read anyway
        if self._is_read:
            self._refresh_rows()
        else:
            self.load(self.listing)

    @work(exclusive=True, group="rows")
    async def _refresh_rows(self) -> None:
        reader = self._reader(self.listing)
        try:
            window = await self.read(partial(reader.again, self._window))
        except DeskError as error:
            self.show_said(str(error), is_refusal=True)
            return
        self._window = window
        self.cases.put(window, standing=self._standing())
        self._say_empty()
        self._counts.ask()

    @work(exclusive=True, group="rows")
    async def extend(self, is_down: bool) -> None:
        reader = self._reader(self.listing)
        try:
            self._window = await self.read(partial(reader.more, self._window, is_down=is_down))
        except DeskError as error:
            self.show_said(str(error), is_refusal=True)
            return
        self.cases.put(self._window)

    @work(exclusive=True, group="rows")
    async def go_to_end(self, is_down: bool) -> None:
        reader = self._reader(self.listing)
        try:
            self._window = await self.read(reader.last if is_down else reader.first)
        except DeskError as error:
            self.show_said(str(error), is_refusal=True)
            return
        if is_down:
            self.cases.show_end(self._window)
        else:
            self.cases.show_first(self._window, self._standing())

    @work(exclusive=True, group="count")
    async def count(self) -> None:
        """How many, and their money: later than the rows, which nobody waits with.

        What somebody asks for may read every case there is, so that is counted beside; a view has an index.
        """
        question = self._reader(self.listing).total
        try:
            with self._counts.running():
                if self.listing.where or self.listing.view.is_saved:
                    self._total = await read_alone(self.host.gateway.url, question)
                else:
                    self._total = await self.read(question)
        except DeskError:
            self._total = None
        self._show_heading()

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
            self._remember()

    @on(CaseList.RowsWanted)
    def bring_rows(self, event: CaseList.RowsWanted) -> None:
        self.extend(event.is_down)

    @on(CaseList.EndWanted)
    def bring_end(self, event: CaseList.EndWanted) -> None:
        self.go_to_end(event.is_down)

    def _follow_cursor(self) -> None:
        self._show_place()
        self._remember(is_moved=False)

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
        return await self.read(partial(self._reader(self.listing).ids, limit))

    def do_filter(self) -> None:
        self._prompt.ask("/", self.listing.where, [each.example for each in TERMS])

    def filter_by(self, text: str) -> None:
        self.load(Listing(self.listing.view, text.strip(), self.listing.sort))

    def show_fault(self, fault: QueryFault) -> None:
        """The query stays where it was typed, the cursor goes to the fault; the list stays as it was."""
        self.show_said(fault.sentence, is_refusal=True)
        if self._prompt.display:
            self._prompt.point_at(fault.position)

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

    def run_command(self, text: str) -> None:
        """A view, a verb, `sort KEY`, `save NAME`, `drop NAME`, or a case."""
        name, _, rest = text.partition(" ")
        verbs = {each.id for each in verbs_at(self.PLACE)}
        if name in self.views:
            self.load(Listing(self.views[name], rest.strip()))
        elif name in (SAVE, DROP) and rest.strip():
            (self.save_view if name == SAVE else self.drop_view)(rest.strip())
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
        from models.queries.case_file import find

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

    def _reader(self, listing: Listing) -> Reader:
        return Reader(listing, self._login, self._zone)

    def _standing(self) -> Standing:
        is_of_sellers = self.listing.order.removeprefix("-") == "seller_due"
        return Standing(clock.now(), self._login, self._zone, is_of_sellers)

    def _show_heading(self) -> None:
        self._header.set(*heading(self.listing, self._total, self.size.width))
        self._show_place()

    def _show_place(self) -> None:
        """Which of how many the cursor is on."""
        total, rows = self._total, self.cases.rows
        at = self._window.position(self.cases.cursor, total.cases) if total and rows else None
        here = self.visitors.get(rows[self.cases.cursor].id, ()) if rows else ()
        others = f"+{here[0] if len(here) == 1 else len(here)}  " if here else ""
        self.show_position(others + (f"{at} of {total.cases} " if total and at else ""))

    def _say_empty(self) -> None:
        self.cases.say(why_empty(self.listing))
        self._show_heading()

    def _show_failed(self, error: DeskError) -> None:
        """A read that failed does not look like an empty view."""
        if not self.cases.rows:
            self.cases.say("Not read: the store did not answer. ^r tries again.")
        self.show_said(str(error), is_refusal=True)

    def _remember(self, *, is_moved: bool = True) -> None:
        if self.is_active:
            self.host.remember_place(self.place(), is_moved=is_moved)
