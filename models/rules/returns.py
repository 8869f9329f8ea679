"""Goods on their way back: from the agreement or ruling that sends them until the seller says what has come."""

from __future__ import annotations

from datetime import datetime

from models.rules import holds, outcomes
from models.rules.act import Act
from models.rules.case import Case
from models.vocabulary import RETURN_PROBLEMS, Ball, ClockKind, ReturnStep, State

NOT_SHIPPED, NOT_CONFIRMED = "not_shipped", "not_confirmed"
"""Why the sweep takes a step that nobody has told of."""
BEFORE: dict[ReturnStep, frozenset[ReturnStep]] = {
    ReturnStep.SHIPPED: frozenset({ReturnStep.SHIPPED, ReturnStep.DELIVERED}),
    ReturnStep.DELIVERED: frozenset({ReturnStep.DELIVERED}),
}
"""Steps after which a step says nothing new."""


def take(case: Case, act: Act, recorded_at: datetime) -> None:
    """One step. Whatever comes after the shipping tells that the goods were shipped."""
    assert act.step is not None
    at, step = act.occurred_at, act.step
    if act.cause is not None:
        case.miss(outcomes.PROMISED_OF_RETURN, at)
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


def not_shipped_at(case: Case) -> datetime | None:
    """When the buyer's time to send the goods back runs out; None where that is not awaited, or stands still."""
    return _runs_out_at(case, ClockKind.RETURN_SHIP)


def not_confirmed_at(case: Case) -> datetime | None:
    """When the seller's time to say what has come runs out: past it the goods count as received."""
    return _runs_out_at(case, ClockKind.RETURN_CONFIRM)


def _runs_out_at(case: Case, kind: ClockKind) -> datetime | None:
    clock = case.running(kind)
    return None if case.state is not State.AWAITING_RETURN or clock is None or clock.is_held else clock.due_at
