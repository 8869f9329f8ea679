"""One value of a policy after another, each within its range; faults are gathered, so that all are told at once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from models.dataclass import dataclass
from models.nearest import nearest

if TYPE_CHECKING:
    from models.rules.policy_lines import Lines

Word = TypeVar("Word", bound=StrEnum)

OF = " of "
"""Between a length and the calendar whose open hours it counts."""
_UNITS = {"w": "weeks", "d": "days", "h": "hours", "m": "minutes"}
_DURATION = r"([0-9]{1,5})([wdhm])"
_LISTED = 12
_NOTHING = timedelta()
_ABSENT = object()


@dataclass(frozen=True, slots=True)
class Fault:
    line: int | None
    path: str
    said: str

    def __str__(self) -> str:
        return f"{f'line {self.line}, ' if self.line else ''}{self.path}: {self.said}"


class Reader:
    """With `defaults` nothing is a fault: a stored policy is taken as it is, whatever was allowed when it was made."""

    def __init__(self, table: dict[str, Any], defaults: dict[str, Any], text: str) -> None:
        self.table = table
        self.defaults = defaults
        self._faults: list[Fault] = []
        self._missing: set[str] = set()
        self._text = text
        self._known: set[str] = set()

    @property
    def is_strict(self) -> bool:
        return not self.defaults

    def fault(self, path: str, said: str) -> None:
        if self.is_strict:
            self._faults.append(Fault(self._lines.of(path), path, said))

    @cached_property
    def _lines(self) -> Lines:
        from models.rules.policy_lines import Lines  # a stored policy has no faults, and most are stored

        return Lines(self._text)

    @property
    def faults(self) -> list[Fault]:
        """In the order of the file."""
        return sorted(self._faults, key=lambda each: each.line or 0)

    def value(self, path: str) -> Any:
        """What stands there, of any kind; where nothing does, the default."""
        self._known.add(path)
        found = _at(self.table, path)
        if found is _ABSENT:
            found = _at(self.defaults, path)
        if found is _ABSENT:
            self._missing.add(path)
            return None
        return found

    def optional(self, path: str) -> Any:
        self._known.add(path)
        found = _at(self.table, path)
        return None if found is _ABSENT else found

    def duration(self, path: str, low: str, high: str, *, of_calendar: bool = False) -> timedelta:
        """`5d`, within `low` and `high`. With `of_calendar` the name of a calendar may follow, which others read."""
        found = self.value(path)
        return _NOTHING if found is None else self.length(path, found, low, high, of_calendar=of_calendar)

    def length(self, path: str, found: Any, low: str, high: str, *, of_calendar: bool = False) -> timedelta:
        text = found.partition(OF)[0] if of_calendar and isinstance(found, str) else found
        if not isinstance(text, str) or not re.fullmatch(_DURATION, text):
            self.fault(path, f'{shown(found)} is no time: write it as "{low}", with w, d, h or m')
            return _NOTHING
        length = duration(text)
        if not duration(low) <= length <= duration(high):
            self.fault(path, f"{shown(found)} is not between {low} and {high}")
        return length

    def number(self, path: str, low: int, high: int) -> int:
        found = self.value(path)
        return low if found is None else self._whole(path, found, low, high)

    def numbers(self, path: str, low: int, high: int) -> tuple[int, ...]:
        found = self.value(path)
        if not isinstance(found, list):
            if found is not None:
                self.fault(path, f"{shown(found)} is no list: write [{low}, {high}]")
            return ()
        return tuple(self._whole(path, each, low, high) for each in found)

    def _whole(self, path: str, found: Any, low: int, high: int) -> int:
        if not isinstance(found, int) or isinstance(found, bool):
            self.fault(path, f"{shown(found)} is no whole number between {low} and {high}")
            return low
        if not low <= found <= high:
            self.fault(path, f"{found} is not between {low} and {high}")
        return found

    def flag(self, path: str) -> bool:
        found = self.value(path)
        if not isinstance(found, bool) and found is not None:
            self.fault(path, f"{shown(found)} is neither true nor false")
        return found is True

    def section(self, path: str, *, is_optional: bool = False) -> dict[str, Any]:
        """A table whose keys are names of the writer's own."""
        found = self.optional(path) if is_optional else self.value(path)
        if isinstance(found, dict):
            self._known |= {f"{path}.{name}" for name in found}
            return found
        if found is not None:
            self.fault(path, f"{shown(found)} is no table")
        return {}

    def rows(self, path: str, *, is_optional: bool = False) -> list[dict[str, Any]]:
        """A list of tables."""
        found = self.optional(path) if is_optional else self.value(path)
        if isinstance(found, list) and all(isinstance(each, dict) for each in found):
            return found
        if found is not None:
            self.fault(path, f"{shown(found)} is no list of tables: write each below [[{path}]]")
        return []

    def keys(self, path: str, row: dict[str, Any], known: Iterable[str]) -> None:
        """Of a row of a list: it has no others."""
        for name in row:
            if name not in (names := tuple(known)):
                self.fault(f"{path}.{name}", unknown(name, names))

    def word(self, path: str, found: Any, words: type[Word]) -> Word | None:
        if isinstance(found, str) and found in set(words):
            return words(found)
        self.fault(
            path,
            unknown(str(found), tuple(words)) if found is not None else f"is missing: it is one of {listed(words)}",
        )
        return None

    def words(self, path: str, found: Any, words: type[Word]) -> tuple[Word, ...]:
        if not isinstance(found, list) or not found:
            self.fault(path, f"is a list of at least one of {listed(words)}")
            return ()
        return tuple(word for each in found if (word := self.word(path, each, words)) is not None)

    def refuse_unknown(self) -> None:
        """What stands there and nobody asked for; and what is not there, unless it is that, written wrongly."""
        for path, _ in every(self.table):
            if not any(path == known or path.startswith(f"{known}.") for known in self._known):
                near = nearest(path, self._missing or self._known, cutoff=0.7)
                self._missing -= {near}
                self.fault(path, f"is no key of a policy{f'; did you mean {near}?' if near else ''}")
        for path in sorted(self._missing):
            self.fault(path, "is missing")


def duration(text: str) -> timedelta:
    """`5d`, `8h` or `30m` as a time span."""
    return timedelta(**{_UNITS[text[-1]]: int(text[:-1])})


def span(length: timedelta) -> str:
    """As `duration` reads it: in days where it is whole days and more than one, else in hours or minutes."""
    minutes = int(length.total_seconds()) // 60
    if minutes % (24 * 60) == 0 and minutes > 24 * 60:
        return f"{minutes // (24 * 60)}d"
    return f"{minutes // 60}h" if minutes % 60 == 0 else f"{minutes}m"


def shown(found: Any) -> str:
    text = f'"{found}"' if isinstance(found, str) else json.dumps(found, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else f"{text[:59]}…"


def unknown(word: str, words: Iterable[str]) -> str:
    near = nearest(word, words)
    return f"there is no {shown(word)}; {f'did you mean {near}?' if near else f'there are {listed(words)}'}"


def listed(words: Iterable[str]) -> str:
    known = tuple(words)
    more = len(known) - _LISTED
    return ", ".join(known[:_LISTED]) + (f" and {more} more" if more > 0 else "")


def _at(table: dict[str, Any], path: str) -> Any:
    found: Any = table
    for name in path.split("."):
        if not isinstance(found, dict) or name not in found:
            return _ABSENT
        found = found[name]
    return found


def every(table: dict[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """Each value by its whole key; a list of tables is one value."""
    for name, value in table.items():
        path = f"{above}.{name}" if above else name
        if isinstance(value, dict) and value:
            yield from every(value, path)
        else:
            yield path, value
