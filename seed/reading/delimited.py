"""CSV and TSV as RFC 4180 has them: strict about quotes, so that an open one cannot swallow the file silently."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from models.errors import Misused
from models.imported import RawRow, Reject
from seed.nearest import shown
from seed.reading.limits import MOST_COLUMNS, MOST_FIELD, MOST_ROW
from seed.reading.opened import Opened
from seed.reading.rows import Rows, holds_nul, reject, too_long

DELIMITERS = (",", ";", "\t")


class _Lines:
    """Feeds the parser, and knows the lines of the record that it is at."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self.size = 0
        self.record: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._text.readline(MOST_ROW + 1)
        if not line:
            raise StopIteration
        self.size += len(line)
        self.record.append(line)
        if self.size > MOST_ROW:
            raise csv.Error("too long")
        return line

    def begin(self) -> None:
        self.size = 0
        self.record.clear()


class Delimited:
    """One file: its header, then its rows, as often as they are asked for."""

    def __init__(self, opened: Opened) -> None:
        """Raises Misused for a header that is none, and for a torn quote anywhere in the file."""
        self._opened = opened
        with opened.text() as text:
            self._delimiter = _delimiter(text)
        header = next(self._records(), (0, []))[1]
        self.columns = _named(header, opened.name)
        if opened.look.has_quote or opened.look.has_long_line:
            for _ in self._records():
                pass

    def rows(self) -> Rows:
        columns = self.columns
        width = len(columns)
        has_nul = self._opened.look.has_nul
        records = self._records()
        next(records)
        for number, (size, cells) in enumerate(records, 1):
            values: dict[str, object] = dict(zip(columns, cells, strict=False))
            fault: Reject | None = None
            if len(cells) != width:
                fault = _wrong_count(number, columns, cells)
            elif size > MOST_FIELD:
                fault = too_long(number, values)
            if has_nul and fault is None:
                fault = _nul(number, columns, cells)
            yield RawRow(number, values), fault

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        """Records that are not blank lines, the header first, each with its size in characters."""
        # The module's own limit is one for the whole process; ours is counted in `_Lines`.
        csv.field_size_limit(max(csv.field_size_limit(), MOST_ROW + 1))
        with self._opened.text() as text:
            lines = _Lines(text)
            reader = csv.reader(lines, delimiter=self._delimiter, strict=True)
            while True:
                first_line = reader.line_num + 1
                lines.begin()
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error as fault:
                    raise Misused(self._torn(lines.record, first_line)) from fault
                if cells:
                    yield lines.size, cells

    def _torn(self, record: list[str], first_line: int) -> str:
        line, is_closed = _where_torn(record, self._delimiter)
        name, at = self._opened.name, first_line + line
        if is_closed:
            return f"{name}: text follows the closing quote of the field that opens on line {at}; double inner quotes."
        if sum(map(len, record)) > MOST_ROW:
            return f"{name}: the row at line {first_line} is over {MOST_ROW} characters; is a quote open on line {at}?"
        return f"{name}: the quote that opens on line {at} is never closed."


def _where_torn(record: list[str], delimiter: str) -> tuple[int, bool]:
    """The line within the record on which the torn field opens, and whether it was closed before more text came."""
    opened_on, state = 0, "start"
    for number, line in enumerate(record):
        for sign in line:
            if state == "start" and sign == '"':
                opened_on, state = number, "quoted"
            elif state == "quoted":
                state = "closing" if sign == '"' else state
            elif state == "closing" and sign == '"':
                state = "quoted"
            elif state == "closing" and sign not in (delimiter, "\r", "\n"):
                return opened_on, True
            else:
                state = "start" if sign == delimiter else "bare"
    return opened_on, False


def _delimiter(text: io.TextIOWrapper) -> str:
    """The one that splits the header line most, outside quotes; a comma where none does."""
    line = text.readline(MOST_FIELD)
    while line and not line.strip():
        line = text.readline(MOST_FIELD)
    while line.count('"') % 2 and len(line) < MOST_FIELD and (more := text.readline(MOST_FIELD)):
        line += more
    bare = re.sub(r'"[^"]*"', "", line)
    return max(DELIMITERS, key=bare.count)


def _named(header: list[str], name: str) -> tuple[str, ...]:
    """The header's names, each once; a nameless column is called by its place."""
    columns = tuple(cell.strip() or f"column {place}" for place, cell in enumerate(header, 1))
    if not any(cell.strip() for cell in header):
        raise Misused(f"{name} has no header: its first line has to name the columns.")
    if len(columns) > MOST_COLUMNS:
        raise Misused(f"{name} has {len(columns)} columns; at most {MOST_COLUMNS} are read.")
    seen: set[str] = set()
    for column in columns:
        if column in seen:
            raise Misused(f"{name} names the column {shown(column)} twice; rename one of them.")
        seen.add(column)
    return columns


def _wrong_count(number: int, columns: tuple[str, ...], cells: list[str]) -> Reject:
    message = f"The row has {len(cells)} cells where the header has {len(columns)}"
    extra = cells[len(columns) :]
    if extra:
        return reject(number, "", "wrong_cell_count", extra, f"{message}; beyond it stands {shown(extra, 100)}.")
    missing = columns[len(cells)]
    return reject(number, missing, "wrong_cell_count", "", f"{message}; {shown(missing)} is the first without.")


def _nul(number: int, columns: tuple[str, ...], cells: list[str]) -> Reject | None:
    return next(
        (holds_nul(number, column, cell) for column, cell in zip(columns, cells, strict=True) if "\0" in cell), None
    )
