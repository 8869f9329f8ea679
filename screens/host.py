"""What a screen needs from the application around it, so that no screen imports it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import tzinfo
from typing import TYPE_CHECKING, Any, Protocol

from textual.screen import Screen

from models.actor import Actor
from models.gateway import Gateway
from screens.drafts import DraftKeeper

if TYPE_CHECKING:
    from models.operations.looking import Look
    from screens.evidence.protocol import Way
    from screens.queue.screen import QueueScreen


class Host(Protocol):
    gateway: Gateway
    actor: Actor
    drafts: DraftKeeper
    last_command: str
    """The command line for what was done last; empty before anything was."""
    zone: tzinfo
    """In which times are shown."""
    last_look: Look | None
    """How the store stood a second ago or less; None where nobody has looked yet."""

    @property
    def queue(self) -> QueueScreen:
        """The list below everything else."""

    def say(self, text: str, *, is_refusal: bool = False) -> None:
        """Put one sentence on the status line of whatever screen is seen."""

    def start_write(self, task: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Run something that writes; it belongs to the application, so closing a screen does not lose its result."""

    def remember_place(self, place: dict[str, Any], *, is_moved: bool = True) -> None:
        """Where the agent is now, to come back to; without `is_moved` only the cursor went on, which has time."""

    @property
    def is_curtain_down(self) -> bool:
        """Nothing is drawn until the screen on top has its content."""

    def let_keys_on(self) -> None:
        """Keys that waited for something to type into may have it now."""

    def drop_keys(self) -> None:
        """Keys that wait are not handed on."""

    def show(self, screen: Screen[Any]) -> None:
        """Draw `screen`, which has its content now."""

    def way_of_pictures(self) -> Way:
        """How this terminal shows a picture."""

    def send_to_terminal(self, sequence: str) -> None:
        """Between two frames; the sequence is ours and asks for no answer, which would come among the keys."""

    def leave(self, status: int = 0) -> None:
        """Save what was typed and end."""
