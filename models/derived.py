"""Every case derived again from its events, beside what the store says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from datetime import UTC, datetime
from typing import Any

from peewee import JOIN

from models.dataclass import dataclass
from models.operations import projection
from models.operations.journal import digester
from models.queries.among import among
from models.queries.erasures import erased_pieces
from models.queries.history import events_among, standing_acts
from models.rules import effects
from models.rules.case import Case
from models.tables import Agent, Decision, Dispute, Evidence

BATCH = 500
"""Cases in memory at once, however many there are."""
SHOWN = 20
ASSIGNEE = "assignee"
NOT_LOOKED_AT = datetime.fromtimestamp(0, UTC)
"""When time makes something due in a case of an older store: the first sweep will say."""

_UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, IndexError, AssertionError, StopIteration)
"""What an event that was tampered with does to whoever reads it."""

Rows = dict[int, dict[int, dict[str, Any]]]
"""By case, then by the number that the row has within it."""

Pieces = frozenset[tuple[int, int]]
"""Case and number of pieces of evidence."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that is not what the events add up to."""

    dispute_id: int
    where: str
    stored: object
    derived: object

    def __str__(self) -> str:
        return f"C{self.dispute_id} {self.where}: stored {_said(self.stored)}, derived {_said(self.derived)}"


@dataclass(slots=True)
class Derived:
    """What came of it."""

    cases: int = 0
    clocks: int = 0
    different: int = 0
    """Cases of which anything differs."""
    differences: list[Difference] = field(default_factory=list)
    """The first few."""

    def add(self, dispute_id: int, found: Sequence[Difference]) -> None:
        self.different += 1
        self.differences += found[: SHOWN - len(self.differences)]


def derive_all(on_progress: Callable[[int], None] | None = None) -> Derived:
    """Every row of every case: its own, its clocks, offers, refunds and all that a verb writes.

    A dozen selects for each batch. A case that somebody changed between two of them differs at first sight only, so
    that it is looked at again.
    """
    found = Derived()
    last, digest, erased = 0, digester(), erased_pieces()
    while ids := _ids_after(last):
        differing, clocks = _compared(ids, digest, erased)
        if differing:
            again, _ = _compared(list(differing), digest, erased_pieces())
            for dispute_id, differences in again.items():
                found.add(dispute_id, differences)
        last = ids[-1]
        found.cases += len(ids)
        found.clocks += clocks
        if on_progress is not None:
            on_progress(found.cases)
    return found


def _ids_after(last: int) -> list[int]:
    rows: Any = Dispute.select(Dispute.id).where(Dispute.id > last).order_by(Dispute.id).limit(BATCH).tuples()
    return [dispute_id for (dispute_id,) in rows]


def _compared(
    ids: Sequence[int], digest: Callable[[str], str], erased: Pieces
) -> tuple[dict[int, list[Difference]], int]:
    """Those of a batch that differ, with everything that does; and how many clocks were derived."""
    cases, found = _replayed(ids)
    own = {
        dispute_id: {**projection.dispute_values(case), ASSIGNEE: case.assignee or None}
        for dispute_id, case in cases.items()
    }
    for dispute_id, here in _disputes(own).items():
        if here["moves_at"] == NOT_LOOKED_AT:
            here["moves_at"] = own[dispute_id]["moves_at"]
        _put(found, dispute_id, _values_that_differ(dispute_id, "", here, own[dispute_id]))
    parts = {dispute_id: projection.parts(case) for dispute_id, case in cases.items()}
    for table, _ in projection.PARTS:
        derived = {dispute_id: rows[table] for dispute_id, rows in parts.items()}
        stored = _stored(table, derived)
        for dispute_id, rows in derived.items():
            _put(found, dispute_id, _rows_that_differ(dispute_id, table, stored.get(dispute_id, {}), rows))
    files = _files(cases)
    for dispute_id, case in cases.items():
        _put(found, dispute_id, _files_that_differ(dispute_id, files.get(dispute_id, {}), case, digest, erased))
    return found, sum(len(case.clocks) for case in cases.values())


def _put(found: dict[int, list[Difference]], dispute_id: int, differences: Iterator[Difference]) -> None:
    if more := list(differences):
        found.setdefault(dispute_id, []).extend(more)


def _replayed(ids: Sequence[int]) -> tuple[dict[int, Case], dict[int, list[Difference]]]:
    """The cases that their events add up to, and those whose events add up to none."""
    told = dict(events_among(ids))
    cases: dict[int, Case] = {}
    found: dict[int, list[Difference]] = {}
    for dispute_id in ids:
        try:
            cases[dispute_id] = effects.replayed(standing_acts(told.get(dispute_id, [])))
        except _UNREADABLE as error:
            said = type(error).__name__ if dispute_id in told else "a case has one at least"
            found[dispute_id] = [Difference(dispute_id, "events", "unreadable" if dispute_id in told else "none", said)]
    return cases, found


def _disputes(derived: dict[int, dict[str, Any]]) -> dict[int, dict[str, Any]]:
    names = [name for name in next(iter(derived.values()), {}) if name != ASSIGNEE]
    columns = [Dispute.id, Agent.login.alias(ASSIGNEE), *(getattr(Dispute, name) for name in names)]
    select: Any = Dispute.select(*columns).join(Agent, JOIN.LEFT_OUTER).where(among(Dispute.id, list(derived)))
    return {row.pop("id"): row for row in select.dicts()}


def _stored(table: Any, derived: dict[int, dict[int, dict[str, Any]]]) -> Rows:
    """The same columns as derived rows have. Numbers below 1 are of what a file told and no event holds."""
    names = tuple(next((row for rows in derived.values() for row in rows.values()), {}))
    columns = [getattr(table, name) for name in names]
    of_cases = among(table.dispute, list(derived)) & (table.number > 0)
    found: Rows = {}
    for dispute_id, number, *values in table.select(table.dispute, table.number, *columns).where(of_cases).tuples():
        found.setdefault(dispute_id, {})[number] = dict(zip(names, values, strict=True))
    return found


def _files(cases: dict[int, Case]) -> dict[int, dict[int, str]]:
    """The names of the files that pieces of evidence point at."""
    ids = [dispute_id for dispute_id, case in cases.items() if case.evidence]
    if not ids:
        return {}
    rows: Any = Evidence.select(Evidence.dispute, Evidence.number, Evidence.sha256).where(among(Evidence.dispute, ids))
    found: dict[int, dict[int, str]] = {}
    for dispute_id, number, sha256 in rows.tuples():
        found.setdefault(dispute_id, {})[number] = sha256
    return found


def _rows_that_differ(
    dispute_id: int, table: Any, stored: dict[int, dict[str, Any]], derived: dict[int, dict[str, Any]]
) -> Iterator[Difference]:
    if stored == derived:
        return
    for number in sorted(stored.keys() | derived.keys()):
        here, there = stored.get(number), derived.get(number)
        where = f"{table._meta.table_name} {number}"
        if here is None or there is None:
            words = ("nothing", "a row")
            yield Difference(dispute_id, where, words[here is not None], words[there is not None])
            continue
        if table is Decision and not there["maker"]:
            there = {**there, "maker": here["maker"]}  # a name that a file gives, and no event holds
        kind = f" {there['kind']}" if "kind" in there else ""
        yield from _values_that_differ(dispute_id, f"{where}{kind} ", here, there)


def _values_that_differ(
    dispute_id: int, where: str, stored: dict[str, Any], derived: dict[str, Any]
) -> Iterator[Difference]:
    for name, value in derived.items():
        if stored[name] != value:
            yield Difference(dispute_id, f"{where}{name}", stored[name], value)


def _files_that_differ(
    dispute_id: int, stored: dict[int, str], case: Case, digest: Callable[[str], str], erased: Pieces
) -> Iterator[Difference]:
    """An event holds only the keyed digest of a file's name; the row must name that file, unless it was erased."""
    for piece in case.evidence:
        sha256 = stored.get(piece.number)
        if sha256 is None and (dispute_id, piece.number) in erased:
            continue
        if piece.file_digest and (sha256 is None or digest(sha256) != piece.file_digest):
            yield Difference(dispute_id, f"evidence {piece.number} sha256", sha256, "the file of its event")


def _said(value: object) -> str:
    return f"{value:%Y-%m-%dT%H:%M:%SZ}" if isinstance(value, datetime) else str(value)
