"""What two policies say differently, key by key."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from typing import Any

from models.dataclass import dataclass
from models.rules.policy_reader import every


@dataclass(frozen=True, slots=True)
class Difference:
    key: str
    before: str | None
    """None where the first has no such key, or no such row of a list."""
    after: str | None


def differences(before: str, after: str) -> Iterator[Difference]:
    """Of two texts that are policies, in the order of the second; what only the first has comes last.

    A list of tables is compared row by row, whatever their order.
    """
    old, new = (dict(every(tomllib.loads(text))) for text in (before, after))
    for key in dict.fromkeys((*new, *old)):
        one, other = old.get(key), new.get(key)
        if one == other:
            continue
        if _is_rows(one) or _is_rows(other):
            yield from _rows(key, one or [], other or [])
        else:
            yield Difference(key, None if one is None else _said(one), None if other is None else _said(other))


def _rows(key: str, one: list[Any], other: list[Any]) -> Iterator[Difference]:
    gone, come = ([each for each in rows if each not in others] for rows, others in ((one, other), (other, one)))
    for row in gone:
        yield Difference(key, _row(row), None)
    for row in come:
        yield Difference(key, None, _row(row))


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(each, dict) for each in value)


def _row(row: dict[str, Any]) -> str:
    return ", ".join(f"{name} = {_quoted(value)}" for name, value in row.items())


def _said(value: Any) -> str:
    return value if isinstance(value, str) else _quoted(value)


def _quoted(value: Any) -> str:
    """As TOML has it, near enough."""
    return json.dumps(value, ensure_ascii=False, default=str)
