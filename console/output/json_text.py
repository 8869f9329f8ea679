"""JSON and JSON Lines: what acts or hides stands as \\uXXXX, which is safe on a terminal and loses nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence

from console.output.batches import batches
from console.output.values import json_of, picker, plain
from models.columns import Column, Row

_ACTS = re.compile(
    "[\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\u2800\u3164\ud800-\udfff\ufeff\uffa0\ufff0-\uffff\U000e0000-\U000e0fff]"
)
"""What JSON itself would let pass; its strings are the only place in its text where these can stand."""


def json_safe(document: str) -> str:
    """JSON text with the same meaning in which nothing acts on a terminal."""
    if document.isascii() and "\x7f" not in document:
        return document
    return _ACTS.sub(_escaped, document)


def json_document(value: object, *, indent: int | None = None) -> str:
    """Any nesting of mappings, lists, words, numbers, flags, instants and money; without a line break at its end."""
    return json_safe(json.dumps(plain(value), ensure_ascii=False, indent=indent))


def json_lines(rows: Iterable[Row], columns: Sequence[Column]) -> Iterator[str]:
    """One object a line; no rows, nothing."""
    for batch in batches(_objects(rows, columns)):
        yield "".join(f"{each}\n" for each in batch)


def json_array(rows: Iterable[Row], columns: Sequence[Column]) -> Iterator[str]:
    """One array, an object a line, in pieces; no rows, `[]`."""
    opening = "[\n"
    for batch in batches(_objects(rows, columns)):
        yield opening + ",\n".join(batch)
        opening = ",\n"
    yield "[]\n" if opening == "[\n" else "\n]\n"


def _objects(rows: Iterable[Row], columns: Sequence[Column]) -> Iterator[str]:
    keys = [column.key for column in columns]
    pick = picker(columns)
    encode = json.JSONEncoder(ensure_ascii=False).encode
    converters = [json_of(column.kind) for column in columns]
    for row in rows:
        values = [convert(value) for convert, value in zip(converters, pick(row), strict=True)]
        yield json_safe(encode(dict(zip(keys, values, strict=True))))


def _escaped(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[place]:02x}{units[place + 1]:02x}" for place in range(0, len(units), 2))
