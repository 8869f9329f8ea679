"""Dialogs stand on a sheet at the foot of the screen, so that the case above them stays in sight."""

from __future__ import annotations

from math import inf
from time import monotonic
from typing import ClassVar, TypeVar

from textual.binding import BindingType
from textual.screen import ModalScreen

Result = TypeVar("Result")


class Sheet(ModalScreen[Result]):
    """A dialog that returns a typed result and does nothing else."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape", "cancel", "Cancel"),
    ]
    AUTO_FOCUS = ""

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
