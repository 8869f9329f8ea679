"""The console in a real terminal: a process behind a pseudo-terminal, its bytes counted and drawn."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from time import monotonic

import pyte

PROGRAM = """
import signal, sys
if sys.argv[2] == "ignore-hang-up":
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
from console.app import run
if sys.argv[2] == "patient":
    import console.flow
    console.flow.LOST_AFTER_SECONDS = 600.0
if sys.argv[2] == "quick-ears":
    from console.lifecycle import prepare_environment
    from console.settings import Settings
    prepare_environment(Settings())
    import console.desk
    console.desk.DEAF_SECONDS = 2.0
if sys.argv[2] == "mistaken":
    from console.lifecycle import prepare_environment
    from console.settings import Settings
    prepare_environment(Settings())
    from screens.queue.screen import QueueScreen
    def mistake(self):
        customer = "jane@example.org"
        raise RuntimeError(customer)
    QueueScreen.do_views = mistake
from models.actor import Actor
from models.vocabulary import Role
sys.exit(run(sys.argv[1], Actor("maya", Role.SUPERVISOR, "Maya")))
"""
PATIENCE_SECONDS = 30.0
"""For a loaded machine; nothing waits so long that goes well."""
QUIET_SECONDS = 0.4
"""Without a byte: the screen is painted."""


CELL = (10, 20)
"""In pixels, as most terminals tell it."""
STRINGS = re.compile(rb"\x1b[_P].*?\x1b\\\\", re.DOTALL)
"""Of a protocol for pictures."""

UNSEEN = re.compile(rb"\x1b\]22;.*?\x07")
"""What the mouse's pointer is to look like."""


def set_size(descriptor: int, size: tuple[int, int]) -> None:
    """`size` in columns and lines."""
    columns, lines = size
    pixels = columns * CELL[0], lines * CELL[1]
    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, *pixels))


class Glass(pyte.Screen):
    asked: Callable[[str], object]

    def write_process_input(self, data: str) -> None:
        self.asked(data)


class Terminal:
    def __init__(self, process: subprocess.Popen[bytes], descriptor: int, size: tuple[int, int]) -> None:
        self.process = process
        self.descriptor = descriptor
        self._unread = b""
        self.answer: Callable[[str], object] = self.send
        """What a terminal says of itself when it is asked."""
        self.screen = Glass(*size)
        self.screen.asked = lambda text: self.answer(text)
        self._stream = pyte.ByteStream(self.screen)
        self.received = b""

    def send(self, keys: str) -> None:
        self.send_bytes(keys.encode())

    def send_bytes(self, data: bytes) -> None:
        """Whatever a terminal or a bad line may send."""
        os.write(self.descriptor, data)

    def until(self, holds: Callable[[list[str]], bool]) -> None:
        """Read until the picture is as wanted."""
        end = monotonic() + PATIENCE_SECONDS
        while not holds(self.screen.display):
            if not self._read(end - monotonic()) and monotonic() > end:
                raise AssertionError("\n".join(self.screen.display))

    def until_byte(self, seconds: float = PATIENCE_SECONDS) -> None:
        """Wait for the first byte of an answer, and leave it unread."""
        select.select([self.descriptor], [], [], seconds)

    def until_seen(self) -> float:
        """When an answer came of which something can be seen; it is read."""
        while True:
            select.select([self.descriptor], [], [], PATIENCE_SECONDS)
            came, before = monotonic(), len(self.received)
            if not self._read(0.0) or UNSEEN.sub(b"", self.received[before:]):
                return came

    def until_quiet(self, seconds: float = QUIET_SECONDS) -> None:
        while self._read(seconds):
            pass

    def until_ended(self) -> int:
        """Read to the end; the exit status."""
        end = monotonic() + PATIENCE_SECONDS
        while self.process.poll() is None and monotonic() < end:
            self._read(0.1)
        return self.process.wait(0)

    def resize(self, columns: int, lines: int) -> None:
        """The person draws the window larger or smaller."""
        set_size(self.descriptor, (columns, lines))
        self.screen.resize(lines, columns)
        self.process.send_signal(signal.SIGWINCH)

    def hang_up(self) -> None:
        """The line drops: the terminal is gone."""
        os.close(self.descriptor)
        self.descriptor = -1

    def signal(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        if self.descriptor >= 0:
            os.close(self.descriptor)

    def _read(self, seconds: float) -> bool:
        if not select.select([self.descriptor], [], [], max(0.0, seconds))[0]:
            return False
        try:
            data = os.read(self.descriptor, 65536)
        except OSError:  # what Linux says at the other side's end
            return False
        self.received += data
        self.feed(data)
        return bool(data)

    def feed(self, data: bytes) -> None:
        """The picture without the strings that a terminal takes out of its text, which pyte would print."""
        text = STRINGS.sub(b"", self._unread + data)
        begun = text.rfind(b"\x1b")
        is_open = begun >= 0 and text[begun : begun + 2] in (b"\x1b", b"\x1b_", b"\x1bP")
        self._unread = text[begun:] if is_open else b""
        self._stream.feed(text[: len(text) - len(self._unread)])


@contextmanager
def terminal(url: str, *, size: tuple[int, int] = (80, 24), mode: str = "-", **env: str) -> Iterator[Terminal]:
    """The console on the store at `url`, in a terminal of its own."""
    with terminal_of([sys.executable, "-c", PROGRAM, url, mode], size=size, **env) as opened:
        yield opened


@contextmanager
def terminal_of(command: Sequence[str], *, size: tuple[int, int], **env: str) -> Iterator[Terminal]:
    """Any program, in a terminal of its own."""
    here, there = pty.openpty()
    set_size(there, size)
    process = subprocess.Popen(
        command,
        stdin=there,
        stdout=there,
        stderr=there,
        env={**os.environ, **env},
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    )
    os.close(there)
    opened = Terminal(process, here, size)
    try:
        yield opened
    finally:
        opened.close()
