"""The supervisor's room: broken and coming promises, work, money at risk; every number opens what it counts."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from models.errors import DeskError
from models.queries.queue import VIEWS
from models.queries.room import Room, Week, room, weeks
from screens import looks, words
from screens.case.page import Page
from screens.line_view import Line
from screens.queue.window import Listing
from screens.room.chart import chart_lines
from screens.room.sections import Behind, room_rows
from screens.shared.paced import Paced
from screens.shared.pick_screen import PickScreen
from screens.shared.reads_beside import ReadsBeside
from screens.verbs import Place, Verb, bindings_of

BESIDE_FROM = 140
AGAIN_AFTER_SECONDS = 30
"""Promises break without anybody's act."""


class RoomScreen(ReadsBeside, PickScreen[Behind]):
    """Read again when others have done something, and twice a minute; `^r` reads it now."""

    PLACE = Place.ROOM
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Place.ROOM)

    def __init__(self) -> None:
        super().__init__("The room")
        self._room: Room | None = None
        self._weeks: tuple[Week, ...] = ()
        self._aside = Page(classes="aside")
        self._pace = Paced(self.load, self.set_timer)

    def content(self) -> ComposeResult:
        with Horizontal(classes="columns"):
            yield self._rows
            yield self._aside

    def on_mount(self) -> None:
        self.every(AGAIN_AFTER_SECONDS, self.load)

    def on_resize(self) -> None:
        self._aside.display = self.size.width >= BESIDE_FROM
        self._draw()

    @work(exclusive=True, group="room")
    async def load(self) -> None:
        """The numbers first; the weeks, which read more, behind them."""
        login, zone = self.host.actor.login, self.host.zone
        try:
            with self._pace.running():
                self._room = await self.read_beside(partial(room, login, zone))
                self._draw()
                self.show_once()
                self._weeks = await self.read_beside(partial(weeks, zone))
        except DeskError as error:
            self.show_failed(error, is_empty=self._room is None)
        self._draw()
        self.show_once()

    def store_changed(self) -> None:
        self._pace.ask()

    def why_not(self, verb: Verb) -> str | None:
        if verb.id == "show" and self._rows.current is None:
            return "There is no case behind this line."
        return None

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
        from screens.room.promises import PromisesDialog

        assert self._room is not None
        end = next(each.end for each in self._room.coming.until if each.name == horizon)
        found = [each for each in self._room.forecasts if each.due_at <= end]
        title = f"{len(found)} promises break by {words.instant(end, self.host.zone)} unless somebody acts"
        chosen = await self.app.push_screen_wait(PromisesDialog(title, found))
        if chosen is not None:
            self.open_case(chosen, lambda: [each.id for each in found])

    def do_sellers(self) -> None:
        self.dismiss()
        self.host.queue.do_sellers()

    def do_policy(self) -> None:
        self.dismiss()
        self.host.queue.do_policy()

    def do_reports(self) -> None:
        self.dismiss()
        self.host.queue.do_reports()

    def place(self) -> dict[str, Any]:
        return {**self.host.queue.place(), "room": True}

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
