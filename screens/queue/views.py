"""Choosing a view, with how many cases each has."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from datetime import tzinfo
from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from models.errors import DeskError
from models.gateway import Gateway
from models.queries import queue
from models.queries.queue import View
from screens import looks
from screens.host import Host
from screens.line_view import Bar
from screens.shared.choices import Choices
from screens.shared.paced import Paced
from screens.shared.reads_beside import a_connection
from screens.shared.sheet import Sheet

if TYPE_CHECKING:
    from models.operations.looking import Look

UNCOUNTED = "…"


class ViewsDialog(Sheet[str | None]):
    """Returns a view's name. It is there at once; the numbers come as they are counted, and again when others act."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,v", "choose", "Choose"), Binding("q", "cancel", "Back")]

    def __init__(self, views: Mapping[str, View], current: str, login: str, zone: tzinfo) -> None:
        super().__init__()
        self._views = views
        self._login = login
        self._zone = zone
        self._found: dict[str, int] = {}
        self._event: int | None = None
        """The last one that is counted."""
        self._counts = Paced(self.count, self.set_timer)
        self._choices = Choices(tuple(views), (current,), labels=self._labels())

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield Bar([[("Views", looks.TITLE), ("   enter opens one", looks.DIM)]], classes="line")
            yield self._choices

    def on_mount(self) -> None:
        self._choices.focus()
        self._counts.ask()

    def looked(self, seen: Look) -> None:
        before, self._event = self._event, seen.mark.event
        if before is not None and self._event != before:
            self._counts.ask()

    @work(exclusive=True)
    async def count(self) -> None:
        """Those that ship have an index and are counted together; what somebody saved may read every case there is."""
        ours = cast(Host, self.app).gateway
        saved = [name for name, view in self._views.items() if view.is_saved]
        with self._counts.running(), suppress(DeskError), a_connection(ours.url) as beside:
            await self._count(ours, [name for name in self._views if name not in saved])
            for name in saved:
                await self._count(beside, [name])

    async def _count(self, gateway: Gateway, names: list[str]) -> None:
        views = {name: self._views[name] for name in names}
        asked = gateway.read(partial(queue.counts_of_views, views, self._login, self._zone))
        counts = await asyncio.wrap_future(asked)
        self._found |= counts
        self._choices.label(self._labels())

    def action_choose(self) -> None:
        self.dismiss(self._choices.typed_text or None)

    def _labels(self) -> dict[str, str]:
        wide = max(len(view.label) for view in self._views.values())
        return {
            name: f"{view.label:<{wide}} {self._found.get(name, UNCOUNTED):>7}{_whose(view)}"
            for name, view in self._views.items()
        }


def _whose(view: View) -> str:
    if not view.is_saved:
        return ""
    return "  desk's" if view.is_shared else "  yours"
