"""What is true of a case at a standpoint, as SQL: its row's columns now, and what they were at an instant in the past.

Of the present the columns themselves are used, in the words of the partial indexes; of the past nothing is stored, so
it is worked out from when things occurred.
"""

from __future__ import annotations

from typing import Any

from peewee import OP, SQL, Case, Expression, fn

from models.queries.standpoint import Standpoint
from models.rules.clocks import DUE_SOON_LEFT, DUE_SOON_SHARE
from models.tables import Dispute, Timer
from models.tables.dispute import IS_OPEN
from models.vocabulary import ClockEnd, ClockKind, State

Node = Any
"""A piece of SQL; Peewee's own types tell no more."""

BROKEN = (ClockEnd.MISSED, ClockEnd.MET_LATE_RECORDED)
JUDGED = (ClockEnd.MET, *BROKEN)
"""Of a promise that was kept or not; one that was waived or cancelled is neither."""
PERCENT_SOON = round(DUE_SOON_SHARE * 100)


def exists(point: Standpoint) -> Node:
    """The case had been opened."""
    return Dispute.opened_at <= point.second if point.is_given else None


def is_open(point: Standpoint) -> Node:
    return _not_yet(Dispute.ended_at, point) if point.is_given else IS_OPEN


def is_closed(point: Standpoint) -> Node:
    return by_then(Dispute.closed_at, point) if point.is_given else Dispute.state == State.CLOSED


def is_resolved(point: Standpoint) -> Node:
    if not point.is_given:
        return Dispute.state == State.RESOLVED
    return by_then(Dispute.ended_at, point) & _not_yet(Dispute.closed_at, point)


def is_escalated(point: Standpoint) -> Node:
    return by_then(Dispute.escalated_at, point) if point.is_given else Dispute.escalated_at.is_null(False)


def has_outcome(point: Standpoint) -> Node:
    happened = Dispute.outcome.is_null(False)
    return happened & by_then(Dispute.decided_at, point) if point.is_given else happened


def state(point: Standpoint) -> Node:
    """Of the past: as far as opening, answer, escalation and end tell it."""
    if not point.is_given:
        return Dispute.state
    return Case(
        None,
        [
            (is_closed(point), State.CLOSED),
            (by_then(Dispute.ended_at, point), State.RESOLVED),
            (is_escalated(point), State.IN_REVIEW),
            (by_then(Dispute.responded_at, point), State.NEGOTIATION),
        ],
        State.AWAITING_SELLER,
    )


def outcome(point: Standpoint) -> Node:
    return Case(None, [(has_outcome(point), Dispute.outcome)]) if point.is_given else Dispute.outcome


def decided_at(point: Standpoint) -> Node:
    return Case(None, [(has_outcome(point), Dispute.decided_at)]) if point.is_given else Dispute.decided_at


def next_due_at(point: Standpoint) -> Node:
    """Due instant of the earliest clock that runs, overdue or not."""
    if not point.is_given:
        return Dispute.next_due_at
    earliest = Timer.select(fn.MIN(Timer.due_at)).where((Timer.dispute == Dispute.id) & counts(point))
    return Expression(earliest, OP.ADD, 0)  # a select alone cannot be compared or sorted by in Peewee


def seller_awaited_due_at(point: Standpoint) -> Node:
    """Due instant of the seller's clock while it runs."""
    if not point.is_given:
        return Dispute.seller_awaited_due_at
    which = (Timer.kind == ClockKind.SELLER_RESPONSE) & counts(point)
    awaited = Timer.select(fn.MIN(Timer.due_at)).where((Timer.dispute == Dispute.id) & which)
    return Expression(awaited, OP.ADD, 0)


def runs(point: Standpoint) -> Node:
    """Of a timer: it had started and had not stopped."""
    if not point.is_given:
        return Timer.stopped_at.is_null()
    return (Timer.started_at <= point.second) & _not_yet(Timer.stopped_at, point)


def counts(point: Standpoint) -> Node:
    """Of a timer: it runs and has a due instant to go by; one on hold has none."""
    return runs(point) & (Timer.paused_at.is_null() | Timer.paused_until.is_null(False))


def is_within(point: Standpoint) -> Node:
    """Of a timer: it had started, and its end had not come; a window's end is fixed when it begins."""
    return (Timer.started_at <= point.second) & (Timer.due_at >= point.second)


def is_late(point: Standpoint) -> Node:
    """Of a timer: it runs and is past its due instant, strictly."""
    return counts(point) & (Timer.due_at < point.second)


def is_broken(point: Standpoint) -> Node:
    """Of a timer: it is late, or had ended late by then; a promise that was cancelled or waived was not broken."""
    ended = Timer.ended_as.in_(BROKEN) & (Timer.due_at < point.second)
    if point.is_given:
        ended &= Timer.started_at <= point.second
    return is_late(point) | ended


def is_soon(point: Standpoint) -> Node:
    """Of a timer: it runs, is not late, and has used up most of its time or has little left."""
    left = Timer.due_at - point.second
    used, whole = point.second - Timer.started_at, Timer.due_at - Timer.started_at
    mostly_used = (whole > 0) & (used * 100 >= whole * PERCENT_SOON)
    little_left = left <= int(DUE_SOON_LEFT.total_seconds())
    return runs(point) & (Timer.due_at >= point.second) & (mostly_used | little_left) & ~is_paused(point)


def is_paused(point: Standpoint) -> Node:
    """Of a timer that runs: it stands still."""
    begun = Timer.paused_at.is_null(False) & (Timer.paused_at <= point.second)
    return begun & (Timer.paused_until.is_null() | (Timer.paused_until > point.second))


def has_clock(kind: str, condition: Node, point: Standpoint) -> Node:
    """The case's clock of this kind is so.

    Of the present as a list that the index of running clocks gives: within EXISTS SQLite would take the same index,
    and walk through every running clock for each case.
    """
    which = (Timer.kind == kind) & condition
    return has_timer(which) if point.is_given else Dispute.id.in_(Timer.select(Timer.dispute).where(which))


def has_timer(condition: Node) -> Node:
    """A clock of the case is so."""
    return fn.EXISTS(Timer.select(SQL("1")).where((Timer.dispute == Dispute.id) & condition))


def by_then(column: Node, point: Standpoint) -> Node:
    """It had happened; never unknown, so that its negation is everything else."""
    return column.is_null(False) & (column <= point.second)


def _not_yet(column: Node, point: Standpoint) -> Node:
    return column.is_null() | (column > point.second)
