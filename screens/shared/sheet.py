"""Dialogs stand on a sheet at the foot of the screen, so that the case above them stays in sight."""

from __future__ import annotations

from math import inf
from time import monotonic
from typing import ClassVar, TypeVar, cast

from textual import events, on
from textual.binding import BindingType
from textual.screen import ModalScreen

from screens.host import Host

Result = TypeVar("Result")


class Sheet(ModalScreen[Result]):
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
        (self.focused or self).call_after_refresh(self._show)  # the focus is drawn with the rest

    def _show(self) -> None:
        self.call_after_refresh(lambda: cast(Host, self.app).show(self))

    def action_cancel(self) -> None:
        self.dismiss(None)


class Guarded(Sheet[Result]):
    """A dialog whose answer cannot be taken back: keys that were typed before it was seen do not count."""

    accepts_keys_from = inf
    """By the clock of the events; the application drops what is older."""

    def on_mount(self) -> None:
        self.call_after_refresh(self._is_seen)

    def _is_seen(self) -> None:
        self.accepts_keys_from = monotonic()
