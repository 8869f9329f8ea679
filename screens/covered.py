"""A screen that is not drawn while the curtain is down, and is styled once."""

from __future__ import annotations

from typing import Any, cast

from textual import events
from textual.screen import Screen

from screens.host import Host


class Covered(Screen[Any]):
    """The ground of every screen and dialog."""

    def _compositor_refresh(self) -> None:
        """Nothing would be seen of it, and it is a third of the work of opening a screen."""
        if not cast(Host, self.app).is_curtain_down:
            super()._compositor_refresh()

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        event.refresh_styles = False  # it was styled when it was mounted, and no theme changes behind it
