"""Maps as TOML: the ones that ship by name, any other by its path. Whatever is off is named with its file and key."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from models.errors import Misused, Refused
from models.zones import zone_named
from seed.columns import BY_NAME
from seed.instants import check_format
from seed.mapping import Condition, Fill, Map
from seed.nearest import did_you_mean, shown
from seed.values import source_name

_SHIPPED = Path(__file__).parent / "maps"
_MAP_KEYS = ("extends", "source", "zone", "dates", "columns")
_FILL_KEYS = ("from", "first", "join", "with", "always", "values", "otherwise", "blank", "dates", "where", "unless")
_MOST_EXTENDED = 5


def shipped_maps() -> tuple[str, ...]:
    return tuple(sorted(each.stem for each in _SHIPPED.glob("*.toml")))


def load_map(name_or_file: str) -> Map:
    """Raises Misused for a map that is missing or wrong."""
    return _load(name_or_file, 0)


def _load(name_or_file: str, depth: int) -> Map:
    path = _path(name_or_file)
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as fault:
        raise Misused(f"Map {path} cannot be read: {fault.strerror}.") from fault
    except ValueError as fault:
        raise Misused(f"Map {path} is no TOML: {fault}.") from fault
    return _Reader(name_or_file).map(table, depth)


def _path(name_or_file: str) -> Path:
    if name_or_file in shipped_maps():
        return _SHIPPED / f"{name_or_file}.toml"
    if name_or_file.endswith(".toml") or os.sep in name_or_file:
        return Path(name_or_file)
    known = shipped_maps()
    raise Misused(
        f"{shown(name_or_file)} is no map: name one of {', '.join(known)}, or a .toml file"
        f"{did_you_mean(name_or_file, known) or '.'}"
    )


class _Reader:
    """Turns one table of TOML into a map."""

    def __init__(self, name: str) -> None:
        self._name = name

    def map(self, table: Mapping[str, Any], depth: int) -> Map:
        self._known_keys(table, _MAP_KEYS, "")
        base = Map(name=self._name)
        if "extends" in table:
            if depth == _MOST_EXTENDED:
                raise self._wrong("extends", "maps extend one another in a circle.")
            base = _load(self._text(table, "extends", ""), depth + 1)
        columns = dict(base.columns)
        given = table.get("columns", {})
        if not isinstance(given, dict):
            raise self._wrong("columns", "it has to be a table, one key for each column of ours.")
        for ours, how in given.items():
            if ours not in BY_NAME:
                raise self._wrong(f"columns.{ours}", f"we have no such column{did_you_mean(ours, BY_NAME) or '.'}")
            columns[ours] = self._fill(how, f"columns.{ours}")
        return Map(
            name=self._name,
            source=self._source(table) or base.source,
            zone=self._zone(table) or base.zone,
            dates=self._dates(table, "") or base.dates,
            columns=columns,
        )

    def _fill(self, how: object, at: str) -> Fill:
        if isinstance(how, str):
            return Fill(sources=(how,))
        if not isinstance(how, dict):
            raise self._wrong(at, "write the name of a column of the file, or a table.")
        self._known_keys(how, _FILL_KEYS, at)
        ways = [key for key in ("from", "first", "join", "always") if key in how]
        if len(ways) != 1:
            raise self._wrong(at, "it needs exactly one of from, first, join and always.")
        way = ways[0]
        values = how.get("values", {})
        if not isinstance(values, dict) or not all(isinstance(each, str) for each in values.values()):
            raise self._wrong(f"{at}.values", "write ours as text, by theirs.")
        return Fill(
            sources=() if way == "always" else self._texts(how, way, at),
            joiner=(self._text(how, "with", at) if "with" in how else "\n") if way == "join" else None,
            always=self._text(how, "always", at) if way == "always" else None,
            values={theirs.strip().lower(): ours for theirs, ours in values.items()},
            otherwise=self._text(how, "otherwise", at) if "otherwise" in how else None,
            blank=self._text(how, "blank", at) if "blank" in how else None,
            dates=self._dates(how, at),
            where=self._conditions(how, "where", at),
            unless=self._conditions(how, "unless", at),
        )

    def _conditions(self, how: Mapping[str, Any], key: str, at: str) -> tuple[Condition, ...]:
        given = how.get(key, {})
        if isinstance(given, str):
            return ((given, None),)
        if not isinstance(given, dict):
            raise self._wrong(f"{at}.{key}", 'write a column that has to be filled, or { column = ["value", …] }.')
        return tuple(
            (column, frozenset(each.strip().lower() for each in self._texts(given, column, f"{at}.{key}")))
            for column in given
        )

    def _dates(self, table: Mapping[str, Any], at: str) -> tuple[str, ...]:
        if "dates" not in table:
            return ()
        names = self._texts(table, "dates", at)
        for name in names:
            try:
                check_format(name)
            except ValueError as fault:
                raise self._wrong(_join(at, "dates"), f"{shown(name)} is no format of instants: {fault}.") from fault
        return names

    def _zone(self, table: Mapping[str, Any]) -> str | None:
        if "zone" not in table:
            return None
        zone = self._text(table, "zone", "")
        try:
            return str(zone_named(zone))
        except Misused as fault:
            raise self._wrong("zone", str(fault)) from fault

    def _source(self, table: Mapping[str, Any]) -> str | None:
        if "source" not in table:
            return None
        try:
            return source_name(self._text(table, "source", ""))
        except Refused as fault:
            raise self._wrong("source", str(fault)) from fault

    def _text(self, table: Mapping[str, Any], key: str, at: str) -> str:
        found = table[key]
        if not isinstance(found, str):
            raise self._wrong(_join(at, key), "it has to be text in quotes.")
        return found

    def _texts(self, table: Mapping[str, Any], key: str, at: str) -> tuple[str, ...]:
        found = [table[key]] if isinstance(table[key], str) else table[key]
        if not isinstance(found, list) or not found or not all(isinstance(each, str) for each in found):
            raise self._wrong(_join(at, key), "it has to be text in quotes, or a list of such.")
        return tuple(found)

    def _known_keys(self, table: Mapping[str, Any], known: tuple[str, ...], at: str) -> None:
        for key in table:
            if key not in known:
                hint = did_you_mean(key, known) or f"; there is {', '.join(known)}."
                raise self._wrong(_join(at, key), f"there is no such key{hint}")

    def _wrong(self, key: str, why: str) -> Misused:
        return Misused(f"Map {self._name}, {key}: {why}")


def _join(at: str, key: str) -> str:
    return f"{at}.{key}" if at else key
