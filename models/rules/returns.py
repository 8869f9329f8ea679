"""Goods on their way back: from the agreement or ruling that sends them until the seller says what has come."""

from __future__ import annotations

from datetime import datetime

from models.rules import holds, outcomes
from models.rules.act import Act
from models.rules.case import Case
from models.vocabulary import RETURN_PROBLEMS, Ball, ClockKind, ReturnStep, State

BEFORE: dict[ReturnStep, frozenset[ReturnStep]] = {
    ReturnStep.SHIPPED: frozenset({ReturnStep.SHIPPED, ReturnStep.DELIVERED}),
    ReturnStep.DELIVERED: frozenset({ReturnStep.DELIVERED}),
}
"""Steps after which a step says nothing new."""


def take(case: Case, act: Act, recorded_at: datetime) -> None:
    """One step. Whatever comes after the shipping tells that the goods were shipped."""
    assert act.step is not None
    at, step = act.occurred_at, act.step
    case.returned[step] = at
    if step is ReturnStep.FAILED:
        outcomes.cut(case, outcomes.PROMISED_OF_RETURN, at)
    else:
        outcomes.keep(case, ClockKind.RETURN_SHIP, at, recorded_at)
    if step is ReturnStep.DELIVERED:
        case.promise(ClockKind.RETURN_CONFIRM, at, recorded_at)
    if step in (ReturnStep.SHIPPED, ReturnStep.DELIVERED):
        case.ball = Ball.SELLER
        return
    outcomes.keep(case, ClockKind.RETURN_CONFIRM, at, recorded_at)
    if step in RETURN_PROBLEMS:
        review_again(case, at, recorded_at)
    else:
        case.state, case.ball, case.ended_at = State.RESOLVED, Ball.NONE, at
        holds.unhold(case, at)
        outcomes.promise_refund(case, at, recorded_at)


def review_again(case: Case, at: datetime, recorded_at: datetime) -> None:
    """The return came to nothing: its outcome no longer stands, and the platform looks again."""
    outcomes.cut(case, outcomes.PROMISED_OF_RETURN, at)
    outcomes.undo(case, at)
    case.state, case.ball, case.escalated_at = State.IN_REVIEW, Ball.PLATFORM, case.escalated_at or at
    case.assignees = [case.assignee] if case.assignee else []
    case.promise(ClockKind.REVIEW, at, recorded_at)


def not_shipped_at(case: Case, now: datetime) -> datetime | None:
    """When the buyer's time to send the goods back ran out unused; None while there is time, or nothing is awaited."""
    return _ran_out(case, ClockKind.RETURN_SHIP, now)


def not_confirmed_at(case: Case, now: datetime) -> datetime | None:
    """When the seller's time to say what has come ran out: from then on the goods count as received."""
    return _ran_out(case, ClockKind.RETURN_CONFIRM, now)


def _ran_out(case: Case, kind: ClockKind, now: datetime) -> datetime | None:
    clock = case.running(kind)
    if case.state is not State.AWAITING_RETURN or clock is None or not clock.is_overdue(now):
        return None
    return clock.due_at
