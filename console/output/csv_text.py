"""CSV as RFC 4180 has it, and as spreadsheets can bear it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import StringIO

from console.output.batches import batches
from console.output.values import picker, text_of
from models.columns import Column, Kind, Row
from models.formulas import guarded
from models.text import visible


def csv_rows(
    rows: Iterable[Row], columns: Sequence[Column], *, is_raw: bool = False, is_shown: bool = False
) -> Iterator[str]:
    """The header always, then the rows.

    Text that would start a formula gets a `'` in front, unless `is_raw`. A program reads text as it is; `is_shown` is
    for eyes at a terminal, where it must not act.
    """
    foreign = _foreign(is_raw=is_raw, is_shown=is_shown)
    converters = [_values_of(column.kind, foreign) for column in columns]
    pick = picker(columns)
    written = StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([column.key for column in columns])
    for batch in batches(rows):
        values = zip(*map(pick, batch), strict=True)
        cells = [convert(each) for convert, each in zip(converters, values, strict=True)]
        writer.writerows(zip(*cells, strict=True))
        yield written.getvalue()
        written.seek(0)
        written.truncate()
    yield written.getvalue()


def _values_of(kind: Kind, foreign: Callable[[str], str]) -> Callable[[Sequence[object]], Iterable[object]]:
    """From a column's values to its cells: by the column, as a million rows have twenty million cells."""
    match kind:
        case Kind.NUMBER | Kind.DURATION:
            return lambda values: values
        case Kind.TEXT if foreign is guarded:
            return _guarded
    convert = text_of(kind, foreign=foreign, for_people=False)
    return lambda values: map(convert, values)


def _guarded(values: Sequence[object]) -> list[object]:
    """What begins with a letter or a digit, as most does, starts no formula."""
    return [
        value if value is None or (type(value) is str and value[:1].isalnum()) else guarded(str(value))
        for value in values
    ]


def _foreign(*, is_raw: bool, is_shown: bool) -> Callable[[str], str]:
    guard = str if is_raw else guarded
    return (lambda text: guard(visible(text))) if is_shown else guard
