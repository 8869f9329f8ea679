"""Where a file says that a case stands, without telling how it came there."""

from __future__ import annotations

from datetime import datetime

from models.rules import asking, outcomes, talks
from models.rules.act import Act
from models.rules.case import Case
from models.vocabulary import OPEN_STATES, Ball, ClockKind, State

HAS_OUTCOME = frozenset({State.AWAITING_RETURN, State.RESOLVED, State.IN_APPEAL, State.CLOSED})
"""States that are reached through an agreement or a ruling."""

BALL_OF_STATE: dict[State, Ball] = {
    State.DRAFT: Ball.PLATFORM,
    State.AWAITING_SELLER: Ball.SELLER,
    State.NEGOTIATION: Ball.BUYER,
    State.IN_REVIEW: Ball.PLATFORM,
    State.AWAITING_PARTY: Ball.PLATFORM,
    State.PENDING_APPROVAL: Ball.PLATFORM,
    State.AWAITING_RETURN: Ball.BUYER,
    State.RESOLVED: Ball.NONE,
    State.IN_APPEAL: Ball.PLATFORM,
    State.CLOSED: Ball.NONE,
}
"""Who must act in a state that a file names without telling how it was reached."""


def place(case: Case, act: Act, recorded_at: datetime) -> None:
    assert act.state is not None
    if act.state not in talks.STATES:
        talks.leave(case, act.occurred_at, recorded_at)
    if act.state is not State.PENDING_APPROVAL:
        outcomes.cut(case, (ClockKind.APPROVAL,), act.occurred_at)
    if act.state is not State.AWAITING_PARTY:
        asking.settle(case, "left", act.occurred_at, recorded_at)
    if act.state is not State.AWAITING_RETURN:
        outcomes.cut(case, outcomes.PROMISED_OF_RETURN, act.occurred_at)
    else:
        outcomes.cut(case, (ClockKind.REFUND,), act.occurred_at)
    if act.state in HAS_OUTCOME:
        outcomes.keep_promises(case, act.occurred_at, recorded_at)
    case.state, case.ball = act.state, BALL_OF_STATE[act.state]
    if act.state in OPEN_STATES:
        case.ended_at = None
    else:
        outcomes.end(case, act.occurred_at, recorded_at)
