"""A report as it is read: its rows as they come, and what they add up to once they have passed."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any

from models.actor import Actor
from models.columns import Breakdown, Total
from models.database import is_sqlite
from models.dataclass import dataclass
from models.errors import Misused
from models.nearest import nearest
from models.queries.compile import condition
from models.queries.fault import shown
from models.queries.language import parse
from models.queries.own_cases import own_cases
from models.queries.reports.cases import rows_of
from models.queries.reports.groups import Groups
from models.queries.reports.report import Report, Row
from models.queries.standpoint import Standpoint, standpoint
from models.queries.tree import Query
from models.tables import database
from models.vocabulary import Role

BATCH = 2000
AT_ONCE = 20_000
"""Numbers that a server sends at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which rows of a report, and how."""

    since: datetime | None = None
    until: datetime | None = None
    """The first and the last second that are in."""
    where: Query | str = ""
    by: Sequence[str] = ()
    """Keys that rows are grouped by; none for the rows themselves."""
    at: datetime | None = None
    """Answers as of that instant."""
    zone: tzinfo = UTC


class Reading:
    """`rows` can be read once; `totals` and `breakdowns` hold what has passed by then."""

    def __init__(
        self, report: Report, rows: Iterator[Row], asked: Asked, *, has_totals: bool = True, has_charts: bool = False
    ) -> None:
        self.report = report
        self._all = Groups(report, (), asked.zone) if has_totals else None
        self._by = Groups(report, asked.by, asked.zone) if asked.by else None
        charts = report.charts if has_charts else ()
        self._charts = [Groups(report, (key,), asked.zone, is_count=True) for key in charts]
        self.columns = self._by.columns if self._by else report.columns
        self.by = self._by.by if self._by else ()
        self.rows = self._grouped(rows) if self._by else self._counted(rows)

    def totals(self) -> list[Total]:
        """None where they were not asked for."""
        return self._all.totals() if self._all else []

    def breakdowns(self) -> list[Breakdown]:
        """Of the report's charts, where they were asked for; counts alone."""
        return [Breakdown(each.by[0], each.columns, each.rows(), self.report.parts) for each in self._charts]

    def _counted(self, rows: Iterator[Row]) -> Iterator[Row]:
        adding = [*([self._all] if self._all else []), *self._charts]
        for row in rows:
            for each in adding:
                each.add(row)
            yield row

    def _grouped(self, rows: Iterator[Row]) -> Iterator[Row]:
        assert self._by is not None
        for row in self._counted(rows):
            self._by.add(row)
        yield from self._by.rows()


def read(
    report: Report,
    actor: Actor,
    asked: Asked | None = None,
    *,
    has_totals: bool = True,
    has_charts: bool = False,
) -> Reading:
    """The report for `actor`: an agent's holds the cases that are assigned to them or were decided by them.

    Which rows there are is settled at the beginning, at eight bytes a row; the rows are then read by the thousand, a
    few selects each time, so a long export holds up nobody and needs no more memory. Raises QueryFault and Misused at
    once.
    """
    asked = asked or Asked()
    point = standpoint(asked.at, actor.login, asked.zone)
    select = _asked(report, actor, asked, point)
    return Reading(report, _rows(report, select, point), asked, has_totals=has_totals, has_charts=has_charts)


def _asked(report: Report, actor: Actor, asked: Asked, point: Standpoint) -> Any:
    _check_keys(report, asked)
    query = parse(asked.where) if isinstance(asked.where, str) else asked.where
    found = [condition(query, point), *_within(report, asked), own_cases(actor) if actor.role is Role.AGENT else None]
    select = report.selected(point)
    for each in found:
        if each is not None:
            select = select.where(each)
    return select


def _check_keys(report: Report, asked: Asked) -> None:
    names = [key.name for key in report.keys]
    for name in asked.by:
        if name not in names:
            near = nearest(name, names)
            hint = f"did you mean {near}?" if near else f"it is grouped by {', '.join(names)}."
            raise Misused(f"The report {report.name} is not grouped by {shown(name)}; {hint}")
        if asked.at is not None and name in report.needs_present:
            raise Misused(f"{name} is known of the present only and cannot be grouped by as of {_second(asked.at)}.")
    if len(set(asked.by)) < len(asked.by):
        raise Misused(f"A key stands twice in {' '.join(asked.by)}: name each once.")


def _within(report: Report, asked: Asked) -> Iterator[Any]:
    since, until = asked.since, asked.until
    if since is None and until is None:
        return
    if report.dated is None:
        raise Misused(f"The report {report.name} is of one instant and has no dates: name it with --at.")
    if since is not None and until is not None and since > until:
        raise Misused(f"The report ends ({until:%Y-%m-%d}) before it begins ({since:%Y-%m-%d}): turn the two round.")
    if since is not None:
        yield report.dated >= since
    if until is not None:
        yield report.dated <= until


def _rows(report: Report, select: Any, point: Standpoint) -> Iterator[Row]:
    numbers = _numbers(select.select(report.of))
    for start in range(0, len(numbers), BATCH):
        batch = numbers[start : start + BATCH]
        found = dict(report.read(batch, point))
        for number in batch:
            if number in found:
                yield found[number]


def _numbers(select: Any) -> array[int]:
    if is_sqlite():
        return array("q", (row[0] for row in rows_of(select)))
    found = array("q")
    # The driver would hold the whole answer before it gives the first row; a cursor of the server's own does not.
    with database.atomic(), database.connection().cursor(name="report") as cursor:
        cursor.itersize = AT_ONCE
        cursor.execute(*select.sql())
        found.extend(row[0] for row in cursor)
    return found


def _second(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"
