"""CSV as RFC 4180 has it, and as spreadsheets can bear it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import StringIO

from console.output.batches import batches
from console.output.values import picker, text_of
from models.columns import Column, Row
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
    converters = [text_of(column.kind, foreign=foreign, for_people=False) for column in columns]
    pick = picker(columns)
    written = StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([column.key for column in columns])
    for batch in batches(rows):
        writer.writerows(
            [convert(value) for convert, value in zip(converters, pick(row), strict=True)] for row in batch
        )
        yield written.getvalue()
        written.seek(0)
        written.truncate()
    yield written.getvalue()


def _foreign(*, is_raw: bool, is_shown: bool) -> Callable[[str], str]:
    guard = str if is_raw else guarded
    return (lambda text: guard(visible(text))) if is_shown else guard
