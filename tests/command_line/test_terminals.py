"""The console on a terminal that cannot show it: one sentence, status 2, and the terminal left as it was."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from pathlib import Path

from tests.command_line.run import ROOT, acting
from tests.command_line.test_streams import served


def at_terminal(url: str, size: tuple[int, int], **env: str) -> tuple[int, str]:
    """The command alone, with all three sides at a terminal of that many columns and lines."""
    here, there = pty.openpty()
    fcntl.ioctl(there, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "console"],
        cwd=ROOT, stdin=there, stdout=there, stderr=there, env={**os.environ, "DISPUTES_DB": url, **env},
    )  # fmt: skip
    os.close(there)
    said = b""
    try:
        while chunk := os.read(here, 4096):
            said += chunk
    except OSError:  # what Linux says at the other side's end
        pass
    finally:
        os.close(here)
    return process.wait(60), said.decode().replace("\r\n", "\n")


def test_a_terminal_that_is_too_small_gets_one_sentence(desk: Path) -> None:
    status, text = at_terminal(served(desk), (40, 10), TERM="xterm")
    assert status == 2 and "40×10" in text and "disputes" in text
    assert text.count("\n") == 1 and not acting(text)


def test_a_store_that_is_not_there_is_told_before_any_screen(tmp_path: Path) -> None:
    status, text = at_terminal(f"sqlite:///{tmp_path / 'none.db'}", (80, 24))
    assert status == 6 and "disputes init" in text and not acting(text)
