"""Objections to a ruling: until when, filed by whom, and what becomes of them."""

from __future__ import annotations

from datetime import datetime

from models.rules.act import Act
from models.rules.case import Appeal, Case
from models.rules.policy import policy
from models.vocabulary import AppealResult, Ball, ClockKind, Party, State

PARTIES = (Party.BUYER, Party.SELLER)


def open_to(case: Case) -> list[Party]:
    """Who has not appealed yet; each party can once."""
    return [party for party in PARTIES if all(appeal.party is not party for appeal in case.appeals)]


def until(case: Case) -> datetime | None:
    """The last instant at which the ruling that stands can be appealed; None where nothing can be."""
    if not case.is_ruled or case.decided_at is None or not open_to(case):
        return None
    window = case.latest(ClockKind.APPEAL_WINDOW)
    if window is not None and window.started_at == case.decided_at:
        return window.due_at
    return case.decided_at + policy(case.policy_version).appeal_window


def file(case: Case, act: Act, recorded_at: datetime) -> None:
    """A party appeals: the case is open again, and waits for somebody who was not involved."""
    assert act.party is not None and act.ground is not None
    at, ruling = act.occurred_at, case.issued_ruling()
    against = ruling.number if ruling else 0
    case.appeals.append(Appeal(len(case.appeals) + 1, act.party, act.ground, at, against))
    case.state, case.ball = State.IN_APPEAL, Ball.PLATFORM
    case.ended_at = case.closed_at = case.closed_as = None
    case.assignee, case.assignees, case.barred = "", [], list(case.involved)
    case.promise(ClockKind.APPEAL_REVIEW, at, recorded_at)


def answer(case: Case, result: AppealResult, at: datetime) -> None:
    """The appeal that waits has its result."""
    appeal = case.pending_appeal()
    if appeal is not None:
        appeal.result, appeal.ruled_at = result, at
