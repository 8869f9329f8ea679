"""What a terminal sends, told apart: keys, pastes, the mouse, and answers that nobody waits for.

The framework takes whatever it does not know for keys: a late answer about colours would claim a case and begin to
decide it, and so would a paste that holds an escape. It also ends at numbers that no terminal has.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from contextlib import suppress

from textual import constants, events, messages
from textual._time import get_time
from textual._xterm_parser import XTermParser
from textual.keys import Keys
from textual.message import Message

ESCAPE, PASTE, PASTE_END = "\x1b", "\x1b[200~", "\x1b[201~"
MOST_PASTED = 1_000_000
"""Signs; what is pasted behind them is dropped."""
MOST_HELD = 4096
"""Of a sequence that does not end."""
FARTHEST = 10_000
"""Columns or lines; a mouse is nowhere else."""
STRING_QUIET_SECONDS, PASTE_QUIET_SECONDS = 1.0, 10.0
"""So long after its last sign, what was never ended ends."""
_SEQUENCE = re.compile(
    r"\x1b(?:\[(?:\[[^\x1b]|M[^\x1b]{3}|<[-\d;]*[mM]|(?!M)[0-?]*[ -/]*(?!\[)[@-~])|O[^\x1b]|[^\[O\x1b])"
)
_BEGUN = re.compile(r"\x1b(?:\[(?:\[|M[^\x1b]{0,2}|<[-\d;]*|[0-?]*[ -/]*)|O)?")
_STRINGS = "]PX^_"
"""Behind an escape they begin a text that is an answer, up to its end."""
_STRING_END = re.compile(r"\x07|\x9c|\x1b\\|\x1b(?=.)", re.DOTALL)
_MOUSE = re.compile(r"\x1b\[(<?[-\d;]+[mM]|M...)", re.DOTALL)
_CURSOR = re.compile(r"\x1b\[(\d{1,5});(\d{1,5})R")
_HOLDS_FRAMES = re.compile(r"\x1b\[\?2026;[1-4]\$y")
_FOCUS: dict[str, type[Message]] = {"\x1b[I": events.AppFocus, "\x1b[O": events.AppBlur}


class Ears:
    """Takes text as it comes and gives messages; `tick` gives those that silence has decided on."""

    def __init__(self) -> None:
        self._tables = XTermParser()
        self._held = ""
        """The beginning of a sequence whose rest has not come."""
        self._in_string = False
        self._pasted: list[str] | None = None
        self.decides_at: float | None = None
        """When silence tells what has begun; None where nothing has."""

    def feed(self, text: str) -> Iterator[Message]:
        text, self._held = self._held + text, ""
        at = 0
        while at < len(text):
            if self._pasted is not None:
                at = yield from self._paste_on(text, at)
            elif self._in_string:
                at = self._skip(text, at)
            elif text[at] != ESCAPE:
                yield from self._keys(text[at])
                at += 1
            elif found := _SEQUENCE.match(text, at):
                yield from self._heard(found.group())
                at = found.end()
            else:
                begun = _BEGUN.match(text, at)
                assert begun is not None
                at = begun.end()
                if at == len(text) and len(begun.group()) <= MOST_HELD:
                    self._held = begun.group()
                elif begun.group() == ESCAPE:  # an answer came right behind the key
                    yield events.Key("escape", ESCAPE)
        delay = self._patience()
        self.decides_at = get_time() + delay if delay else None

    def tick(self) -> Iterator[Message]:
        if self.decides_at is None or get_time() < self.decides_at:
            return
        self.decides_at, held, self._held = None, self._held, ""
        if self._pasted is not None:
            yield self._whole_paste(held)
        elif self._in_string:
            self._in_string = False
        elif held == ESCAPE:
            yield events.Key("escape", ESCAPE)
        else:
            yield from self._keys(held)  # some old terminals have keys that look unfinished

    def _patience(self) -> float:
        if self._pasted is not None:
            return PASTE_QUIET_SECONDS
        return STRING_QUIET_SECONDS if self._in_string else constants.ESCAPE_DELAY if self._held else 0.0

    def _heard(self, sequence: str) -> Iterator[Message]:
        """A whole sequence; of one that means nothing here nothing comes."""
        if sequence in (PASTE, PASTE_END):
            self._pasted = [] if sequence == PASTE else None
        elif len(sequence) == 2 and sequence[1] in _STRINGS:
            self._in_string = True
        elif sequence in _FOCUS:
            yield _FOCUS[sequence]()
        elif found := _CURSOR.fullmatch(sequence):
            yield events.CursorPosition(int(found[2]) - 1, int(found[1]) - 1)
        elif _HOLDS_FRAMES.fullmatch(sequence):
            yield messages.TerminalSupportsSynchronizedOutput()
        elif _MOUSE.fullmatch(sequence):
            yield from self._mouse(sequence)
        else:
            keys = list(self._keys(sequence))
            yield from keys or (self._keys(sequence[1], alt=True) if len(sequence) == 2 else ())

    def _mouse(self, sequence: str) -> Iterator[Message]:
        with suppress(OverflowError):
            event = self._tables.parse_mouse_code(sequence)
            if isinstance(event, events.MouseEvent) and max(event.x, event.y) < FARTHEST:
                yield event

    def _keys(self, sequence: str, *, alt: bool = False) -> Iterator[Message]:
        if "\x80" <= sequence <= "\x9f":
            return
        try:
            found = list(self._tables._sequence_to_key_events(sequence, alt=alt))
        except (ValueError, OverflowError):  # a sign that no script has
            return
        yield from (event for event in found if event.key != Keys.Ignore)

    def _skip(self, text: str, at: int) -> int:
        end = _STRING_END.search(text, at)
        if end is None:
            self._held = ESCAPE if text.endswith(ESCAPE) else ""
            return len(text)
        self._in_string = False
        return end.start() if end.group() == ESCAPE else end.end()

    def _paste_on(self, text: str, at: int) -> Generator[Message, None, int]:
        assert self._pasted is not None
        end = text.find(PASTE_END, at)
        if end >= 0:
            self._pasted.append(text[at:end])
            yield self._whole_paste()
            return end + len(PASTE_END)
        begun = next(length for length in range(len(PASTE_END), -1, -1) if text.endswith(PASTE_END[:length], at))
        self._pasted.append(text[at : len(text) - begun])
        self._held = text[len(text) - begun :]
        self._pasted = ["".join(self._pasted)[:MOST_PASTED]]
        return len(text)

    def _whole_paste(self, rest: str = "") -> events.Paste:
        pasted, self._pasted = "".join([*(self._pasted or ()), rest])[:MOST_PASTED], None
        lines = pasted.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")  # as terminals send an end of line
        return events.Paste(lines)
