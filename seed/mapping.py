"""How a foreign file's columns fill ours: renamed, joined, constant, translated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace

from models.dataclass import dataclass
from models.errors import Misused
from models.nearest import nearest
from seed.columns import BY_NAME, COLUMNS, Column
from seed.headers import Fetch, Plan, by_normal, normal, only_one
from seed.nearest import shown
from seed.values import Reading, is_blank, plain

Condition = tuple[str, frozenset[str] | None]
"""A column of theirs, and the values (in lower case) that it has to have; None: any that is not blank."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """Where the value of one of our columns comes from."""

    sources: tuple[str, ...] = ()
    """Columns of theirs; of several the first that is not blank, or all of them with `joiner` between."""
    joiner: str | None = None
    always: str | None = None
    """A constant, whatever the file says."""
    values: Mapping[str, str] = field(default_factory=dict)
    """Ours by theirs in lower case."""
    otherwise: str | None = None
    """For a value of theirs that `values` does not list; without it such a value is read as it is."""
    blank: str | None = None
    dates: tuple[str, ...] = ()
    where: tuple[Condition, ...] = ()
    unless: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    name: str
    """As the person gave it, for messages."""
    source: str | None = None
    zone: str | None = None
    dates: tuple[str, ...] = ()
    columns: Mapping[str, Fill] = field(default_factory=dict)


def mapped_plan(mapping: Map, headers: tuple[str, ...], file_name: str) -> Plan:
    """What to read by the map; what it does not name is raw only: a foreign `status` never passes for ours."""
    known = _known(mapping, headers, file_name)
    return tuple(
        (_dated(column, fill), _fetch(fill, known))
        for column in COLUMNS
        if (fill := mapping.columns.get(column.name)) is not None
    )


def check_mapped(mapping: Map, headers: tuple[str, ...], file_name: str, *, is_json: bool) -> None:
    """Raises Misused for a required column that the map leaves out, and for a column of theirs that is not there.

    Objects leave out what they have no value for, so of theirs only what a required column needs is asked for.
    """
    for column in COLUMNS:
        if column.is_required and column.name not in mapping.columns and column.name != "currency":
            raise Misused(f"Map {mapping.name}, columns: it has to say where {column.name} comes from.")
    known = _known(mapping, headers, file_name)
    for ours, fill in mapping.columns.items():
        if not is_json or (BY_NAME[ours].is_required and fill.blank is None):
            _check(mapping, ours, fill, known, headers)


def _known(mapping: Map, headers: tuple[str, ...], file_name: str) -> dict[str, str]:
    used = {normal(each) for fill in mapping.columns.values() for each in _theirs(fill)}
    return {name: only_one(found, name, file_name) for name, found in by_normal(headers).items() if name in used}


def _theirs(fill: Fill) -> tuple[str, ...]:
    return (*fill.sources, *(column for column, _ in (*fill.where, *fill.unless)))


def _check(mapping: Map, ours: str, fill: Fill, known: Mapping[str, str], headers: tuple[str, ...]) -> None:
    tops = {normal(header) for header in headers}
    for theirs in _theirs(fill):
        is_inner = "." in theirs and normal(theirs.split(".")[0]) in tops
        if normal(theirs) not in known and not is_inner:
            near = nearest(theirs, headers)
            hint = f"; the nearest header is {shown(near)}" if near else ""
            raise Misused(f"Map {mapping.name}, {ours}: the file has no column {shown(theirs)}{hint}.")


def _dated(column: Column, fill: Fill) -> Column:
    if not fill.dates:
        return column

    def read(value: object, reading: Reading, name: str) -> object:
        return column.read(value, replace(reading, dates=fill.dates), name)

    return replace(column, read=read)


def _fetch(fill: Fill, known: Mapping[str, str]) -> Fetch:
    sources = [_lookup(each, known) for each in fill.sources]
    where = [(_lookup(column, known), wanted) for column, wanted in fill.where]
    unless = [(_lookup(column, known), wanted) for column, wanted in fill.unless]

    def fetch(row: Mapping[str, object]) -> object:
        if any(not _holds(look(row), wanted) for look, wanted in where):
            return None
        if any(_holds(look(row), wanted) for look, wanted in unless):
            return None
        if fill.always is not None:
            return fill.always
        found = [value for look in sources if not is_blank(value := look(row))]
        if not found:
            return fill.blank
        value = found[0] if fill.joiner is None else fill.joiner.join(dict.fromkeys(map(plain, found)))
        return _translated(fill, value)

    return fetch


def _translated(fill: Fill, value: object) -> object:
    if not fill.values and fill.otherwise is None:
        return value
    ours = fill.values.get(plain(value).lower(), fill.otherwise)
    return value if ours is None else ours


def _holds(value: object, wanted: frozenset[str] | None) -> bool:
    if is_blank(value):
        return wanted is not None and "" in wanted
    return wanted is None or plain(value).lower() in wanted


def _lookup(name: str, known: Mapping[str, str]) -> Fetch:
    """By the header, or step by step into an object: `transactions.0.seller.name`."""
    header = known.get(normal(name))
    if header is not None:
        return lambda row: row.get(header)
    steps = name.split(".")
    return (lambda row: _within(row, steps)) if len(steps) > 1 else (lambda row: None)


def _within(value: object, steps: list[str]) -> object:
    for step in steps:
        if isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        else:
            return None
    return value
