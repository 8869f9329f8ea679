"""JSON Lines: an object a line. Each line stands for itself, so a bad one is a rejected row and not a refused file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import islice
from typing import Any

from models.errors import Misused
from models.imported import RawRow, Reject
from seed.reading.json_values import DECODER, fault_of
from seed.reading.limits import MOST_FIELD, MOST_ROW
from seed.reading.opened import Opened
from seed.reading.rows import Rows, reject

_LOOKED_AT = 100
"""Rows whose keys stand for a header."""

LINE = "line"
"""The key under which a line that is no JSON object is kept."""


class JsonLines:
    def __init__(self, opened: Opened) -> None:
        """Raises Misused where not one of the first lines is a JSON object."""
        self._opened = opened
        keys: dict[str, None] = {}
        first: Reject | None = None
        has_object = False
        for raw, fault in islice(self.rows(), _LOOKED_AT):
            first = first or fault
            if fault is None or fault.rule != "bad_json":
                has_object = True
                keys.update(dict.fromkeys(raw.values))
        if first is not None and not has_object:
            raise Misused(f"{opened.name} is not JSON Lines: line {first.row}: {first.message}")
        self.columns = tuple(keys)

    def rows(self) -> Rows:
        decode = DECODER.decode
        with self._opened.text() as text:
            for number, line in _lines(text):
                values: Any = None
                try:
                    values = decode(line)
                    problem = "" if values.__class__ is dict else "it is no object"
                except (ValueError, RecursionError) as fault:
                    problem = str(fault) or "it nests too deep"
                if len(line) >= MOST_ROW:
                    problem = f"it has over {MOST_ROW} characters"
                if problem:
                    message = f"The line cannot be read as JSON: {problem}."
                    kept = line[:MOST_FIELD].rstrip("\r\n")
                    yield RawRow(number, {LINE: kept}), reject(number, "", "bad_json", kept, message)
                else:
                    yield RawRow(number, values), fault_of(number, values, line)


def _lines(text: io.TextIOWrapper) -> Iterator[tuple[int, str]]:
    """Lines that are not blank, numbered as an editor does; of one that is too long only its beginning, which fails."""
    number = 0
    while line := text.readline(MOST_ROW):
        number += 1
        if len(line) == MOST_ROW and not line.endswith("\n"):
            while (more := text.readline(MOST_ROW)) and not more.endswith("\n"):
                pass
        if not line.isspace():
            yield number, line
