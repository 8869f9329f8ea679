"""What the platform asks a party for while it reviews: the review stands still, the party's own time runs."""

from __future__ import annotations

from datetime import datetime

from models.rules.act import Act
from models.rules.case import Ask, Case
from models.rules.pauses import Why
from models.rules.policy import policy
from models.vocabulary import Ball, ClockKind, Party, State


def ask(case: Case, party: Party, at: datetime, due_at: datetime | None, recorded_at: datetime) -> None:
    """The party has three days unless told otherwise; the review waits for 72 hours in all at most."""
    rules = policy(case.policy_version)
    until = due_at or at + rules.clocks[ClockKind.INFO]
    case.questions.append(Ask(len(case.questions) + 1, party, at, until))
    if due_at is None:
        case.promise(ClockKind.INFO, at, recorded_at)
    else:
        case.start(ClockKind.INFO, at, due_at, recorded_at)
    review = case.running(ClockKind.REVIEW)
    if review is not None:
        review.pause(Why.PARTY, at, at_most=rules.review_pauses_at_most)
    case.state, case.ball = State.AWAITING_PARTY, Ball(party)


def lapses_at(case: Case) -> datetime | None:
    """From when the asked party counts as silent; None where no answer is awaited, or its time stands still."""
    info = case.running(ClockKind.INFO)
    return None if case.state is not State.AWAITING_PARTY or info is None or info.is_held else info.due_at


def lapse(case: Case, act: Act, recorded_at: datetime) -> None:
    """The party stayed silent past its time; the platform goes on where it stood."""
    case.miss((ClockKind.INFO,), act.occurred_at)
    end(case, "lapsed", act.occurred_at, recorded_at)


def end(case: Case, ended_as: str, at: datetime, recorded_at: datetime) -> None:
    """Nothing is awaited any more: the platform goes on where it stood."""
    settle(case, ended_as, at, recorded_at)
    if case.state is State.AWAITING_PARTY:
        case.state, case.ball = State.IN_REVIEW, Ball.PLATFORM


def settle(case: Case, ended_as: str, at: datetime, recorded_at: datetime) -> None:
    """The question ends with its clock; an answer keeps the promise, anything else drops it."""
    if not case.questions:
        return  # nothing was asked, so nothing waits for an answer
    question = case.open_question()
    if question is not None:
        question.ended_at, question.ended_as = at, ended_as
    info, review = case.running(ClockKind.INFO), case.running(ClockKind.REVIEW)
    if info is not None:
        if ended_as == "answered":
            info.stop(at, recorded_at)
        else:
            info.cut(at)
    if review is not None:
        review.resume(Why.PARTY, at)
