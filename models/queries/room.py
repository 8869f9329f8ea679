"""What a supervisor sees at a glance; every number says which cases it counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

from peewee import SQL, Case, fn

from models.dataclass import dataclass
from models.queries import facts, queue
from models.queries.forecast import Forecast, Totals, forecast, horizons
from models.queries.reports.promises import PROMISED
from models.queries.standpoint import Standpoint, standpoint
from models.queries.tree import Has, Query
from models.rules.clocks import WINDOWS
from models.tables import Agent, Dispute, Event, Timer
from models.tables.dispute import IS_OPEN
from models.vocabulary import ClockKind, Role

WEEKS = 12
LONGEST = 8
"""Reasons and sellers that are shown, the most cases first."""
RECENT_EVENTS = 5_000
"""Among so many of the newest somebody's last act is looked for."""
OVERDUE = Has("is", "overdue")
WAITING = ("approvals", "appeals", "flags", "triage", "refunds", "unassigned")
"""Views whose counts stand here."""


@dataclass(frozen=True, slots=True)
class Tally:
    """A number, and what finds the cases behind it."""

    key: str
    cases: int
    money: Mapping[str, int]
    """Disputed minor units by currency."""
    where: str


@dataclass(frozen=True, slots=True)
class Desk:
    """What somebody has to do."""

    login: str
    """Empty for the cases that nobody has."""
    open: int
    due_today: int
    overdue: int
    next_due_at: datetime | None
    """Of what is not late yet."""
    last_act_at: datetime | None
    """None where it is longer ago than the newest events tell."""


@dataclass(frozen=True, slots=True)
class Week:
    """Promises by their due instant, in seven days that end at the present hour."""

    begins_at: datetime
    due: int
    broken: int


@dataclass(frozen=True, slots=True)
class Room:
    at: datetime
    overdue: Tally
    """Cases with a broken promise that still runs: the money at risk."""
    by_clock: tuple[Tally, ...]
    by_reason: tuple[Tally, ...]
    by_seller: tuple[Tally, ...]
    by_agent: tuple[Tally, ...]
    coming: Totals
    forecasts: tuple[Forecast, ...]
    """Within the last horizon, the nearest first."""
    waiting: Mapping[str, int]
    """By the name of the view."""
    desks: tuple[Desk, ...]


def room(login: str, zone: tzinfo = UTC) -> Room:
    """A fixed number of selects, none of which reads a case that is not open."""
    point = standpoint(None, login, zone)
    totals = Totals(horizons(point.at))
    forecasts = tuple(totals.counted(forecast(until=totals.until, actor_login=login, zone=zone)))
    (overdue,) = queue.count(Query(OVERDUE), actor_login=login, zone=zone)
    return Room(
        at=point.at,
        overdue=Tally("", overdue.cases, overdue.money, str(OVERDUE)),
        by_clock=tuple(_by_clock(point)),
        by_reason=_by("reason", "reason", login),
        by_seller=_by("seller", "seller", login),
        by_agent=_by("assignee", "owner", login),
        coming=totals,
        forecasts=forecasts,
        waiting=queue.counts_of_views({name: queue.VIEWS[name] for name in WAITING}, login, zone),
        desks=tuple(_desks(point)),
    )


def weeks(zone: tzinfo = UTC) -> tuple[Week, ...]:
    """How many promises came due in each of the last weeks, and how many of them were broken. One select.

    It reads every promise of these weeks, so it is asked for by itself.
    """
    point = standpoint(None, "", zone)
    ends_at = point.at.replace(minute=0, second=0) + timedelta(hours=1)
    begins_at = ends_at - timedelta(weeks=WEEKS)
    since, seconds = int(begins_at.timestamp()), int(timedelta(weeks=1).total_seconds())
    number = (Timer.due_at - since) / seconds
    broken = fn.SUM(Case(None, [(facts.is_broken(point), 1)], 0)).coerce(False)
    rows: Any = (
        Timer.select(number, fn.COUNT(SQL("*")), broken)
        .where(PROMISED & (Timer.due_at >= since) & (Timer.due_at < point.second))
        .group_by(SQL("1"))
        .tuples()
    )
    found = {int(week): (due, int(count)) for week, due, count in rows}
    starts = (begins_at + timedelta(weeks=each) for each in range(WEEKS))
    return tuple(Week(start, *found.get(each, (0, 0))) for each, start in enumerate(starts))


def _by_clock(point: Standpoint) -> Iterator[Tally]:
    kinds = [kind for kind in ClockKind if kind not in WINDOWS]
    rows: Any = (
        Timer.select(Timer.kind, Dispute.currency, fn.COUNT(SQL("*")), fn.SUM(Dispute.amount_minor).coerce(False))
        .join(Dispute)
        .where(Timer.kind.in_(kinds) & facts.is_late(point))
        .group_by(Timer.kind, Dispute.currency)
        .tuples()
    )
    cases: dict[str, int] = {}
    money: dict[str, dict[str, int]] = {}
    for kind, currency, count, minor in rows:
        cases[kind] = cases.get(kind, 0) + count
        money.setdefault(kind, {})[currency] = int(minor)
    for kind in sorted(cases, key=lambda each: -cases[each]):
        yield Tally(kind, cases[kind], dict(sorted(money[kind].items())), str(Query(Has("overdue", kind))))


def _by(key: str, term: str, login: str) -> tuple[Tally, ...]:
    counts = queue.count(Query(OVERDUE), actor_login=login, by=key)[:LONGEST]
    return tuple(
        Tally(each.key or "", each.cases, each.money, f"{OVERDUE} {Has(term, each.key or 'none')}") for each in counts
    )


def _desks(point: Standpoint) -> Iterator[Desk]:
    """Everybody who works cases, the most late ones first, and what nobody has."""
    counts = {
        name: {each.key or "": each.cases for each in queue.count(query, actor_login=point.login, by="assignee",
                                                                  zone=point.zone)}
        for name, query in (("open", "is:open"), ("today", "is:open due=today"), ("late", "is:open is:overdue"))
    }  # fmt: skip
    upcoming: Any = (
        Dispute.select(Agent.login, fn.MIN(Dispute.next_due_at))
        .join(Agent, on=(Dispute.assignee == Agent.id))
        .where(IS_OPEN & (Dispute.next_due_at >= point.second))
        .group_by(Agent.login)
        .tuples()
    )
    next_due = dict(upcoming)
    acted = _last_acts()
    people: Any = Agent.select(Agent.login).where(Agent.is_active & (Agent.role != Role.AUDITOR)).tuples()
    logins = {login for (login,) in people} | set(counts["open"])
    for login in sorted(logins, key=lambda each: (-counts["late"].get(each, 0), -counts["open"].get(each, 0), each)):
        yield Desk(
            login, counts["open"].get(login, 0), counts["today"].get(login, 0), counts["late"].get(login, 0),
            next_due.get(login), acted.get(login),
        )  # fmt: skip


def _last_acts() -> dict[str, datetime]:
    newest: Any = Event.select(fn.MAX(Event.seq)).scalar() or 0
    rows: Any = (
        Event.select(Event.actor, fn.MAX(Event.recorded_at))
        .where(Event.seq > newest - RECENT_EVENTS)
        .group_by(Event.actor)
        .tuples()
    )
    return dict(rows)
