"""What the screens refuse before they start, and what they keep of a mistake of ours."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from console import lifecycle
from console.crash import crash_sentence
from console.settings import Settings


@pytest.mark.parametrize(
    ("size", "said"),
    [
        ((80, 24), None),
        ((60, 15), None),
        ((59, 24), "The terminal has 59×24 characters; the screens need 60×15."),
        ((80, 14), "The terminal has 80×14 characters"),
    ],
)
def test_a_terminal_without_room_is_told_why(size: tuple[int, int], said: str | None) -> None:
    sentence = lifecycle.too_small(size)
    assert sentence is None if said is None else sentence is not None and said in sentence


def test_the_frameworks_variables_are_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TEXTUAL_DRIVER", "TEXTUAL_FPS", "TEXTUAL_COLOR_SYSTEM", "TEXTUAL_ANIMATIONS"):
        monkeypatch.setenv(name, "theirs")
    monkeypatch.setenv("SSH_CONNECTION", "1")
    lifecycle.prepare_environment(Settings())
    ours = {name: value for name, value in os.environ.items() if name.startswith("TEXTUAL")}
    assert ours == {"TEXTUAL_ANIMATIONS": "none", "TEXTUAL_FPS": "20", "TEXTUAL_COLOR_SYSTEM": "256"}
    lifecycle.prepare_environment(Settings(color="16", fps=5))
    assert (os.environ["TEXTUAL_COLOR_SYSTEM"], os.environ["TEXTUAL_FPS"]) == ("standard", "5")
    for name in ours:
        monkeypatch.delenv(name)


def test_a_crash_is_a_reference_and_its_trace_holds_no_value(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Folders:
        user_log_path = tmp_path / "logs"

    monkeypatch.setattr("console.crash.folders", lambda: Folders)
    secret = "jane@example.org"
    try:
        raise ValueError(secret)
    except ValueError as error:
        sentence = crash_sentence(error, is_debug=True)
    (log,) = (tmp_path / "logs").iterdir()
    text = log.read_text()
    assert log.stem.removeprefix("crash-") in sentence
    assert secret not in sentence + text
    assert "ValueError" in text and "test_lifecycle.py" in text
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
