"""Which of our columns each header of a file stands for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from operator import itemgetter

from models.errors import Misused
from models.nearest import nearest
from seed.columns import COLUMNS, REJECT_COLUMNS, Column
from seed.nearest import shown

Fetch = Callable[[Mapping[str, object]], object]
"""Takes a column's value out of a raw row; None where there is none."""
Plan = tuple[tuple[Column, Fetch], ...]
"""What to read out of a row of one header, in the order of `COLUMNS`."""

_PARTS = re.compile(r"[\s\-]+")


def normal(header: str) -> str:
    """Header names are compared in any case, with blanks and dashes as `_`."""
    return _PARTS.sub("_", header.strip()).lower()


def by_normal(headers: Iterable[str]) -> dict[str, list[str]]:
    """The headers of the file under their compared form; more than one where they cannot be told apart."""
    found: dict[str, list[str]] = {}
    for header in headers:
        found.setdefault(normal(header), []).append(header)
    return found


def only_one(headers: list[str], name: str, file_name: str) -> str:
    """Raises Misused where two headers stand for one column of ours."""
    if len(headers) > 1:
        raise Misused(f"{file_name}: {' and '.join(map(shown, headers))} both stand for {name}; rename one of them.")
    return headers[0]


def plan(headers: Iterable[str], file_name: str) -> Plan:
    """A column's own name wins over its aliases, and these over one another in the order of the table."""
    known = by_normal(headers)
    found: list[tuple[Column, Fetch]] = []
    for column in COLUMNS:
        name = next((each for each in (column.name, *column.aliases) if each in known), None)
        if name is not None:
            header = only_one(known[name], column.name, file_name)
            found.append((column, _fetch(header)))
    return tuple(found)


def check_required(
    found: Plan, headers: Iterable[str], file_name: str, *, has_money_objects: bool, hint: str = ""
) -> None:
    """Raises Misused, naming the column that is missing, its other names and the header that comes nearest.

    Objects may name the currency inside the amount.
    """
    names = {column.name for column, _ in found}
    missing = [column for column in COLUMNS if column.is_required and column.name not in names]
    if has_money_objects and "amount" in names:
        missing = [column for column in missing if column.name != "currency"]
    if missing:
        raise Misused(f"{file_name} cannot be read: {_missing(missing, headers)}{hint}")


def _missing(missing: list[Column], headers: Iterable[str]) -> str:
    first, *others = missing
    also = f" (or {', '.join(first.aliases)})" if first.aliases else ""
    unread = {normal(header): header for header in headers if header not in REJECT_COLUMNS}
    near = next((found for name in (first.name, *first.aliases) if (found := nearest(name, unread))), None)
    text = f"it has no column {first.name}{also}"
    text += f"; the nearest header is {shown(unread[near])}." if near else "."
    return f"{text} Missing too: {', '.join(column.name for column in others)}." if others else text


def _fetch(header: str) -> Fetch:
    return itemgetter(header)  # a plan is made for the very keys that a row has
