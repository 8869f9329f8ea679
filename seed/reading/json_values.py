"""JSON as we take it: numbers exactly as written, one meaning to a key, no depth that could break a reader."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from models.imported import Reject
from seed.nearest import shown
from seed.reading.limits import MOST_DEPTH, MOST_FIELD
from seed.reading.rows import holds_nul, reject, too_long


class NotOurJson(ValueError):
    """JSON by its grammar, and still ambiguous or without a meaning."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        raise NotOurJson(f"the key {next(key for key in keys if keys.count(key) > 1)!r} stands twice")
    return found


def _no_number(text: str) -> Any:
    raise NotOurJson(f"{text} is no JSON number")


# Floats would turn 0.1 into something near it; amounts have to be exact.
DECODER = json.JSONDecoder(parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_once)


def fault_of(number: int, row: dict[str, Any], text: str) -> Reject | None:
    """What makes the row unfit although it is JSON; `text` is where it was read from."""
    if len(text) > MOST_DEPTH and _is_deeper(row, MOST_DEPTH):
        return reject(number, "", "too_deep", text, f"The row nests deeper than {MOST_DEPTH} levels.")
    if "\\u" in text and (found := _unstorable(number, row)):
        return found
    return too_long(number, row) if len(text) > MOST_FIELD else None


def _unstorable(number: int, row: dict[str, Any]) -> Reject | None:
    for key, value in row.items():
        for text in (key, *_texts(value)):
            if "\0" in text:
                return holds_nul(number, key, text)
            if not _encodes(text):
                message = f"{shown(key)} holds half of a surrogate pair, which is no character: take it out."
                return reject(number, key, "bad_text", text, message)
    return None


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield key
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def _encodes(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _is_deeper(value: dict[str, Any] | list[Any], levels: int) -> bool:
    if levels == 0:
        return True
    inner = value.values() if isinstance(value, dict) else value
    return any(_is_deeper(each, levels - 1) for each in inner if each.__class__ is dict or each.__class__ is list)
