"""Bytes go to the terminal at once, and none is lost, torn or overtaken when it takes nothing for a while."""

from __future__ import annotations

import os
import pty
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO, cast

from hypothesis import given
from hypothesis import strategies as st
from textual.drivers._writer_thread import MAX_QUEUED_WRITES, WriterThread

from console.outlet import Outlet

MORE_THAN_IT_TAKES = 100_000
"""Bytes."""


class Way:
    def __init__(self, outlet: Outlet, thread: WriterThread, far_end: int) -> None:
        self.outlet = outlet
        self._thread = thread
        self._far_end = far_end

    def send(self, text: str) -> bool:
        """Whether all of it went at once."""
        left = self.outlet.at_once(text)
        if left is not None:
            self._thread.write(left)
        return left is None

    def read(self, size: int) -> bytes:
        found = b""
        while len(found) < size:
            found += os.read(self._far_end, size - len(found))
        return found


@contextmanager
def way() -> Iterator[Way]:
    far_end, near_end = pty.openpty()
    tty.setraw(near_end)
    with open(near_end, "w", encoding="utf-8", errors="backslashreplace") as file:
        outlet = Outlet(file)
        thread = WriterThread(cast(TextIO, outlet))
        thread.start()
        yield Way(outlet, thread, far_end)
        thread.stop()
    os.close(far_end)


def test_what_a_terminal_takes_needs_no_thread() -> None:
    with way() as console:
        assert console.send("é\x1b[m")
        assert console.read(5) == "é\x1b[m".encode()


sizes = st.sampled_from([0, 1, 7, 3000, MORE_THAN_IT_TAKES])


@given(st.lists(st.tuples(sizes, sizes), max_size=MAX_QUEUED_WRITES - 5))
def test_all_arrives_in_its_order(steps: list[tuple[int, int]]) -> None:
    sent = received = b""
    with way() as console:
        for number, (size, taken) in enumerate(steps):
            text = (f"{number}–汉" * (size // 3 + 1))[:size]
            console.send(text)
            sent += text.encode()
            received += console.read(min(taken, len(sent) - len(received)))
        received += console.read(len(sent) - len(received))
    assert received == sent


def test_a_file_that_is_no_terminal_is_written_by_the_thread() -> None:
    with open(os.devnull, "w", encoding="utf-8") as file:
        assert Outlet(file).at_once("text") == "text"
