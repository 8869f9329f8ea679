"""Opening, saving and dropping views from the queue, and the pages of all cases together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from functools import partial

from textual import work

from models.errors import DeskError
from models.queries import queue
from models.queries.queue import VIEWS, View
from screens.base import ConsoleScreen
from screens.queue.window import Listing

SAVE, SHARE, DROP = "save", "share", "drop"
OF_VIEWS = (SAVE, SHARE, DROP)
WORDS = tuple(f"{word} NAME" for word in OF_VIEWS)
"""What `:` takes beside names. What is seen, its query and its order, is saved for oneself or shared with the desk."""


class OpensViews(ConsoleScreen):
    """The part of the queue that knows views by their names."""

    listing: Listing
    _login: str
    _zone: tzinfo
    views: Mapping[str, View] = VIEWS
    """As they were when they were last read; those that ship are always there."""

    def show_listing(self, listing: Listing) -> None:
        raise NotImplementedError

    @work(exclusive=True, group="views")
    async def do_views(self) -> None:
        from screens.queue.views import ViewsDialog

        try:
            await self.learn_views()
        except DeskError as error:
            self.show_said(str(error), is_refusal=True)
            return
        chosen = await self.app.push_screen_wait(
            ViewsDialog(self.views, self.listing.view.name, self._login, self._zone)
        )
        if chosen:
            self.show_listing(Listing(self.views[chosen]))

    def do_room(self) -> None:
        from screens.room.screen import RoomScreen

        self.app.push_screen(RoomScreen())

    def do_policy(self) -> None:
        from screens.policy.screen import PolicyScreen

        self.app.push_screen(PolicyScreen())

    def do_sellers(self) -> None:
        from screens.sellers.screen import SellersScreen

        self.app.push_screen(SellersScreen())

    @work(exclusive=True, group="views")
    async def do_reports(self) -> None:
        from screens.report.choosing import ReportsDialog

        chosen = await self.app.push_screen_wait(ReportsDialog())
        if chosen:
            self.open_report(chosen)

    def open_report(self, name: str) -> None:
        from screens.report.screen import ReportScreen

        self.app.push_screen(ReportScreen(name))

    async def learn_views(self) -> None:
        """Raises DeskError."""
        self.views = await self.read(partial(queue.views_of, self._login))

    def keep_view(self, word: str, name: str) -> None:
        """What `:` says of the view `name`, one of `OF_VIEWS`."""
        if word == DROP:
            self._drop_view(name)
        else:
            self._save_view(name, is_shared=word == SHARE)

    def _save_view(self, name: str, *, is_shared: bool) -> None:
        from models.operations import saving_views

        text, sort = str(self.listing.query), self.listing.order

        def done(view: View) -> None:
            self.views = {**self.views, view.name: view}
            said = f"disputes views save {view.name} --where {_quoted(text)} --sort={sort}"
            self.host.last_command = said + " --shared" * is_shared
            self.show_listing(Listing(view))
            how = "Shared with the desk" if is_shared else "Saved"
            self.host.say(f"{how} as the view '{view.name}'; ':{view.name}' opens it, ':drop {view.name}' drops it.")

        save = partial(saving_views.save_view, self.host.actor, name=name, text=text, sort=sort, is_shared=is_shared)
        self.write(save, done, self._view_failed)

    def _drop_view(self, name: str) -> None:
        """One's own, else the desk's of that name; what is seen stays."""
        from models.operations import saving_views

        is_shared = name in self.views and self.views[name].is_shared

        def done(_: None) -> None:
            self.views = {key: view for key, view in self.views.items() if key != name}
            self.host.last_command = f"disputes views drop {name}" + " --shared" * is_shared
            self.host.say(f"Dropped the view '{name}'.")

        drop = partial(saving_views.drop_view, self.host.actor, name=name, is_shared=is_shared)
        self.write(drop, done, self._view_failed)

    def _view_failed(self, error: DeskError) -> None:
        self.host.say(str(error), is_refusal=True)


def _quoted(text: str) -> str:
    from shlex import quote

    return quote(text)
