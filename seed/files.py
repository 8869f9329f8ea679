"""A file of cases, from its path to rows that are read: what an import starts from."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import field
from types import TracebackType

from models.dataclass import dataclass
from models.errors import Misused, Refused
from models.imported import ReadRow
from models.zones import zone_named
from seed.case_rows import CaseRows
from seed.columns import REJECT_COLUMNS
from seed.headers import Plan, check_required, normal, plan
from seed.instants import ISO
from seed.judging import RowRefused
from seed.map_file import load_map
from seed.mapping import Map, check_mapped, mapped_plan
from seed.reading.format import RawFile, raw_file
from seed.reading.opened import STANDARD_INPUT, Opened
from seed.rejects import RejectsFile
from seed.values import Reading, source_name

DEFAULT_SOURCE = "file"
"""Never the file's name: the same case comes again in tomorrow's file."""


@dataclass(frozen=True, slots=True, kw_only=True, weakref_slot=True)
class CaseFile:
    """A file that was looked through and found whole; its bytes and its header need no more doubt."""

    name: str
    """Without its folder; `standard input` for `-`."""
    path: str
    format: str
    """csv, jsonl or json."""
    source: str
    """Of rows that do not name their own."""
    sha256: str
    """Of the bytes as they came."""
    columns: tuple[str, ...]
    """The input's own header, without what an earlier file of rejects added; in JSON the keys of the first objects."""
    _opened: Opened = field(repr=False)
    _raw: RawFile = field(repr=False)
    _case_rows: CaseRows = field(repr=False)

    def rows(self) -> Iterator[ReadRow]:
        """Every row as a case or a reject, in the file's order, read as they are asked for; one reader at a time."""
        read = self._case_rows.read
        for raw, fault in self._raw.rows():
            yield read(raw, fault)

    def rejects(self, path: str) -> RejectsFile:
        """Where this file's rejected rows can go. Raises Misused for the file itself."""
        if self.path != STANDARD_INPUT and os.path.exists(path) and os.path.samefile(path, self.path):
            raise Misused(f"{path!r} is the file that is read; name another one for the rejected rows.")
        return RejectsFile(path, self.columns, is_json=self.format != "csv")

    def close(self) -> None:
        self._opened.close()

    def __enter__(self) -> CaseFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def read_cases(
    path_or_dash: str,
    *,
    format: str = "auto",
    source: str | None = None,
    map_name: str | None = None,
    zone: str | None = None,
) -> CaseFile:
    """Look a file through, from its encoding to its last quote, and get ready to hand out its rows.

    `source` and `zone` win over the map's; a row's own source wins over both. Raises Misused for whatever refuses the
    file as a whole, before there is a first row.
    """
    mapping = load_map(map_name) if map_name is not None else None
    reading = _reading(mapping, zone)
    default_source = _source(source, mapping)
    opened = Opened(path_or_dash)
    found, raw = raw_file(opened, format)
    is_json = found != "csv"
    _check_header(raw.columns, opened.name, mapping, is_json=is_json)
    return CaseFile(
        name=opened.name,
        path=path_or_dash,
        format=found,
        source=default_source,
        sha256=opened.look.sha256,
        columns=tuple(column for column in raw.columns if column not in REJECT_COLUMNS),
        _opened=opened,
        _raw=raw,
        _case_rows=CaseRows(_planner(opened.name, mapping), reading, default_source, is_guarded=not is_json),
    )


def _reading(mapping: Map | None, zone: str | None) -> Reading:
    named = zone if zone is not None else mapping.zone if mapping else None
    dates = mapping.dates if mapping and mapping.dates else (ISO,)
    return Reading(zone=zone_named(named) if named is not None else None, dates=dates)


def _source(source: str | None, mapping: Map | None) -> str:
    if source is None:
        return (mapping.source if mapping else None) or DEFAULT_SOURCE
    try:
        return source_name(source.strip()) or DEFAULT_SOURCE
    except Refused as refusal:
        raise Misused(str(refusal)) from refusal


def _check_header(headers: tuple[str, ...], name: str, mapping: Map | None, *, is_json: bool) -> None:
    if is_json and not headers:
        return  # a file without rows, such as an export of nothing
    if is_json:  # two spellings in two objects are no doubt, in one object its row is rejected
        headers = tuple({normal(header): header for header in headers}.values())
    if mapping is None:
        check_required(plan(headers, name), headers, name, has_money_objects=is_json)
    else:
        check_mapped(mapping, headers, name, is_json=is_json)


def _planner(name: str, mapping: Map | None) -> Callable[[tuple[str, ...]], Plan]:
    def plan_for(keys: tuple[str, ...]) -> Plan:
        try:
            return plan(keys, name) if mapping is None else mapped_plan(mapping, keys, name)
        except Misused as fault:  # a header was checked before; an object can still name a column twice
            raise RowRefused("", "ambiguous_column", str(fault)) from fault

    return plan_for
