"""The supervisor's room: broken and coming promises, work, money at risk; every number opens what it counts."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from models import clock
from models.errors import DeskError
from models.queries.queue import VIEWS
from models.queries.room import Room, Week, room, weeks
from screens import looks, words
from screens.base import ConsoleScreen
from screens.case.page import Page
from screens.line_view import Line
from screens.queue.window import Listing
from screens.room.chart import chart_lines
from screens.room.sections import Behind, room_rows
from screens.shared.pick_page import PickPage
from screens.verbs import Place, Verb, bindings_of, verbs_at

BESIDE_FROM = 140
AGAIN_AFTER = timedelta(seconds=30)
"""Others' work reads the whole room again, so not at each of their acts."""


class RoomScreen(ConsoleScreen):
    """Read again when others have done something, at most twice a minute; `^r` reads it now."""

    PLACE = Place.ROOM
    READS_FIRST = True
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Place.ROOM)

    def __init__(self) -> None:
        super().__init__()
        self._room: Room | None = None
        self._weeks: tuple[Week, ...] = ()
        self._rows: PickPage[Behind] = PickPage()
        self._aside = Page(classes="aside")

    def content(self) -> ComposeResult:
        with Horizontal(classes="columns"):
            yield self._rows
            yield self._aside

    def on_mount(self) -> None:
        self.focus_content()
        self._header.set((" The room", looks.TITLE))
        self.load()
        self.every(AGAIN_AFTER.total_seconds(), self.load)

    def on_resize(self) -> None:
        self._aside.display = self.size.width >= BESIDE_FROM
        self._draw()

    def on_screen_resume(self) -> None:
        self.focus_content()
        self.host.remember_place(self.place())

    def focus_content(self) -> None:
        self.set_focus(self._rows)

    @work(exclusive=True, group="room")
    async def load(self) -> None:
        """The numbers first; the weeks, which read more, behind them."""
        login, zone = self.host.actor.login, self.host.zone
        try:
            self._room = await self.read(partial(room, login, zone))
            self._draw()
            self._show_once()
            self._weeks = await self.read(partial(weeks, zone))
        except DeskError as error:
            self.show_said(str(error), is_refusal=True)
            if self._room is None:
                failed = "  Not read: the store did not answer. ^r tries again."
                self._rows.put_rows(lambda width: [([(failed, looks.DIM)], None)])
        self._draw()
        self._show_once()

    def _show_once(self) -> None:
        if not self._is_ready:
            self.app.call_later(self.is_shown)

    def store_changed(self) -> None:
        if self._room is None or clock.now() - self._room.at >= AGAIN_AFTER:
            self.load()

    def why_not(self, verb: Verb) -> str | None:
        if verb.id == "show" and self._rows.current is None:
            return "There is no case behind this line."
        return None

    @on(PickPage.Activated)
    def do_show(self) -> None:
        behind = self._rows.current
        if behind is None:
            return
        if behind.horizon:
            self._show_promises(behind.horizon)
        elif behind.view:
            self._show_cases(Listing(VIEWS[behind.view]))
        else:
            self._show_cases(Listing(VIEWS["all"], behind.where, "due"))

    def _show_cases(self, listing: Listing) -> None:
        self.dismiss()
        self.host.queue.load(listing)

    @work(exclusive=True, group="deed")
    async def _show_promises(self, horizon: str) -> None:
        from screens.case.screen import CaseScreen
        from screens.room.promises import PromisesDialog

        assert self._room is not None
        end = next(each.end for each in self._room.coming.until if each.name == horizon)
        found = [each for each in self._room.forecasts if each.due_at <= end]
        title = f"{len(found)} promises break by {words.instant(end, self.host.zone)} unless somebody acts"
        chosen = await self.app.push_screen_wait(PromisesDialog(title, found))
        if chosen is not None:
            self.app.push_screen(CaseScreen(chosen, lambda dispute_id, step: _beside(found, dispute_id, step)))

    def do_sellers(self) -> None:
        self.dismiss()
        self.host.queue.do_sellers()

    def do_policy(self) -> None:
        self.dismiss()
        self.host.queue.do_policy()

    def do_reports(self) -> None:
        self.dismiss()
        self.host.queue.do_reports()

    def do_reload(self) -> None:
        self.load()

    def do_back(self) -> None:
        self.dismiss()

    def run_command(self, text: str) -> None:
        if text in {each.id for each in verbs_at(self.PLACE)}:
            self.action_perform(text)
        else:
            self.dismiss()
            self.host.queue.run_command(text)

    def place(self) -> dict[str, Any]:
        return {**self.host.queue.place(), "room": True}

    @on(Page.Turned)
    def tell_what_is_below(self, event: Page.Turned) -> None:
        if event.page is self._rows:
            self.show_position(f"{event.left} more lines " if event.left else "")

    def _draw(self) -> None:
        found = self._room
        if found is None:
            return
        zone, is_wide = self.host.zone, self.size.width >= BESIDE_FROM
        at = f"{words.instant(found.at, zone)} {words.zone_name(found.at, zone)}"
        broken = f"  {found.overdue.cases:,} broken now"
        look = looks.LATE if found.overdue.cases else looks.GOOD
        self._header.set((" The room", looks.TITLE), (broken, look), (f"  as of {at}", looks.DIM))

        def rows(width: int) -> list[tuple[Line, Behind | None]]:
            lines = room_rows(found, width, zone)
            return lines if is_wide else [*lines, *((line, None) for line in self._chart(width))]

        self._rows.put_rows(rows)
        if is_wide:
            self._aside.put(self._chart)

    def _chart(self, width: int) -> list[Line]:
        return chart_lines(self._weeks, width, self.host.zone) if self._weeks else []


def _beside(found: list[Any], dispute_id: int, step: int) -> int | None:
    cases = list(dict.fromkeys(each.id for each in found))
    at = cases.index(dispute_id) + step if dispute_id in cases else -1
    return cases[at] if 0 <= at < len(cases) else None
