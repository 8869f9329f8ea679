"""What every test stands on: stores of its own, and nothing of the person who runs it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import pytest
from hypothesis import settings

pytest_plugins = ["tests.stores.fixtures"]

PERSONAL = ("DISPUTES_", "TEXTUAL_", "XDG_", "PG", "SSH_", "NO_COLOR", "FORCE_COLOR", "COLORTERM", "COLUMNS", "LINES")

# A loaded machine is no reason to fail; print_blob tells how to see the same failure again.
settings.register_profile("desk", deadline=None, print_blob=True)
settings.register_profile("long", deadline=None, print_blob=True)
settings.load_profile("desk")

for name in [name for name in os.environ if name.startswith("TEXTUAL_")]:
    del os.environ[name]  # read once, when the framework is imported, which is before any fixture


@pytest.fixture(autouse=True)
def _nobodys_environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No settings, store, terminal or home of the person at the keyboard."""
    for name in list(os.environ):
        if name.startswith(PERSONAL):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
    monkeypatch.setenv("TERM", "xterm-256color")


@pytest.fixture(autouse=True)
def _store_closed() -> Iterator[None]:
    """No test inherits the connection of one that failed."""
    yield
    if database := sys.modules.get("models.database"):
        database.close_store()
