"""What the framework lets every application do, and a desk must not: ways out of the session, and words of no use."""

from __future__ import annotations

from typing import Any

from textual.app import App


class ClosedDoors(App[None], inherit_bindings=False):
    def action_suspend_process(self) -> None:
        """ctrl+z does nothing: there is no shell behind the session."""

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """No browser on the server."""

    def deliver_text(self, *args: Any, **options: Any) -> str | None:
        """No file into anybody's folder."""
        return None

    def deliver_binary(self, *args: Any, **options: Any) -> str | None:
        return None

    def deliver_screenshot(self, *args: Any, **options: Any) -> str | None:
        return None

    def save_screenshot(self, *args: Any, **options: Any) -> str:
        """No picture of other people's data on the server's disk."""
        return ""

    def action_screenshot(self, *args: Any, **options: Any) -> None:
        pass

    def _set_pointer_shape(self, shape: str) -> None:
        """The mouse looks the same everywhere."""
