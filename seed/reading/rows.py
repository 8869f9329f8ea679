"""What every format yields: a raw row, and what is wrong with its form, if anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from models.imported import RawRow, Reject
from seed.nearest import shown
from seed.reading.limits import MOST_FIELD

Rows = Iterator[tuple[RawRow, Reject | None]]

MOST_SHOWN = 200
"""Characters of a value in a reject; the whole is in the raw row."""


def reject(row: int, column: str, rule: str, value: object, message: str) -> Reject:
    """The value is cut, and made storable: neither engine takes a lone surrogate, and PostgreSQL no NUL."""
    text = value if isinstance(value, str) else str(value)
    text = text if len(text) <= MOST_SHOWN else text[: MOST_SHOWN - 1] + "…"
    text = text.encode("utf-8", "backslashreplace").decode("utf-8").replace("\0", "\\x00")
    return Reject(row=row, column=column, rule=rule, value=text, message=message)


def too_long(row: int, values: Mapping[str, object]) -> Reject | None:
    """The first text value that is over the limit of a field."""
    for column, value in values.items():
        if isinstance(value, str) and len(value) > MOST_FIELD:
            message = f"{column} has {len(value)} characters; a value has at most {MOST_FIELD}."
            return reject(row, column, "field_too_long", value, message)
    return None


def holds_nul(row: int, column: str, value: str) -> Reject:
    message = f"{shown(column)} holds a NUL character, which no text has: take it out."
    return reject(row, column, "nul_character", value, message)
