"""Dialogs stand on a sheet at the foot of the screen, so that the case above them stays in sight."""

from __future__ import annotations

from math import inf
from time import monotonic
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual import events, on
from textual.binding import BindingType
from textual.screen import ModalScreen

from screens.case.page import Page
from screens.covered import Covered
from screens.host import Host

if TYPE_CHECKING:
    from models.operations.looking import Look

Result = TypeVar("Result")


class Sheet(ModalScreen[Result], Covered):
    """A dialog that returns a typed result and does nothing else."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape", "cancel", "Cancel"),
    ]
    AUTO_FOCUS = ""
    is_asking = True
    """Until the focus is where it belongs: keys wait so long."""

    @on(events.Mount)
    def begin(self) -> None:
        """Called after the dialog's own `on_mount`, which gives the focus away."""
        self.app.call_later(self._take_keys)

    def _take_keys(self) -> None:
        self.is_asking = False
        cast(Host, self.app).let_keys_on()
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        if not (pages := self.query(Page)) or pages.first().is_filled:
            (self.focused or self).call_after_refresh(self.be_seen)  # behind the news that it has the focus

    @on(Page.Turned)
    def show_page(self) -> None:
        if not self.is_asking:
            self._show()

    def be_seen(self) -> None:
        cast(Host, self.app).show(self)

    def looked(self, seen: Look) -> None:
        """How the store stands, each second that this is on top."""

    def action_cancel(self) -> None:
        self.dismiss(None)


class Guarded(Sheet[Result]):
    """A dialog whose answer cannot be taken back: keys that were typed before it was seen do not count."""

    accepts_keys_from = inf
    """By the clock of the events; the application drops what is older."""

    def be_seen(self) -> None:
        super().be_seen()
        if self.accepts_keys_from == inf:
            self.accepts_keys_from = monotonic()
