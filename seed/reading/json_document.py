"""A JSON document, an array of objects or a single one, read object by object and never as a whole."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from typing import Any

from models.errors import Misused
from models.imported import RawRow
from seed.reading.json_values import DECODER, fault_of
from seed.reading.limits import MOST_ROW
from seed.reading.opened import Opened
from seed.reading.rows import Rows

_CHUNK = 1 << 16
_BLANKS = re.compile(r"[ \t\r\n]*")


class JsonDocument:
    def __init__(self, opened: Opened) -> None:
        """Raises Misused where the document is not whole: unlike a line, its parts do not stand for themselves."""
        self._opened = opened
        keys: dict[str, None] = {}
        for raw, _ in self.rows():
            if raw.number <= 100:
                keys.update(dict.fromkeys(raw.values))
        self.columns = tuple(keys)

    def rows(self) -> Rows:
        with self._opened.text() as text:
            window = _Window(text, self._opened.name)
            for number, (values, written) in enumerate(_objects(window), 1):
                yield RawRow(number, values), fault_of(number, values, written)


class _Window:
    """The part of the text that is in memory, and where in the file it begins."""

    def __init__(self, text: io.TextIOWrapper, name: str) -> None:
        self._text = text
        self._name = name
        self._lines_before = 0
        self._buffer = ""
        self._at = 0

    def sign(self) -> str:
        """The next sign that is no blank, or nothing at the end."""
        while True:
            found = _BLANKS.match(self._buffer, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if not self._more(_CHUNK):
                return ""

    def step(self) -> None:
        self._at += 1

    def value(self) -> tuple[Any, str]:
        """The object that begins here, and its text."""
        wanted = _CHUNK
        before = ("", -1)
        while True:
            try:
                found, end = DECODER.raw_decode(self._buffer, self._at)
            except json.JSONDecodeError as fault:
                # Cut short or wrong looks the same from inside, until more text leaves the fault where it was.
                # Twice as much each time keeps the rereading linear.
                here = (fault.msg, fault.pos - self._at)
                is_settled = here == before and not fault.msg.startswith("Unterminated")
                if is_settled or not self._more(wanted):
                    raise self.wrong(fault.msg, self._at + here[1]) from fault
                before = here
                wanted *= 2
            except (ValueError, RecursionError) as fault:
                raise self.wrong(str(fault) or "it nests too deep", self._at) from fault
            else:
                written = self._buffer[self._at : end]
                self._at = end
                return found, written
            if len(self._buffer) - self._at > MOST_ROW:
                raise self.wrong(f"an object of over {MOST_ROW} characters begins here", self._at)

    def wrong(self, why: str, place: int | None = None) -> Misused:
        line = self._lines_before + self._buffer.count("\n", 0, self._at if place is None else place) + 1
        return Misused(f"{self._name} cannot be read as JSON: line {line}: {why}.")

    def _more(self, size: int) -> bool:
        more = self._text.read(size)
        self._lines_before += self._buffer.count("\n", 0, self._at)
        self._buffer = self._buffer[self._at :] + more
        self._at = 0
        return bool(more)


def _objects(window: _Window) -> Iterator[tuple[dict[str, Any], str]]:
    if window.sign() == "[":
        window.step()
        if window.sign() == "]":
            window.step()
        else:
            yield from _elements(window)
    else:
        yield _object(window)
    if window.sign():
        raise window.wrong("more text follows the end; is it JSON Lines? Then say --format jsonl")


def _elements(window: _Window) -> Iterator[tuple[dict[str, Any], str]]:
    while True:
        yield _object(window)
        sign = window.sign()
        if sign not in (",", "]"):
            raise window.wrong("a comma or the closing bracket is missing")
        window.step()
        if sign == "]":
            return


def _object(window: _Window) -> tuple[dict[str, Any], str]:
    if window.sign() != "{":
        raise window.wrong("an object, which is a row, has to begin here")
    return window.value()
