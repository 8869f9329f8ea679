"""What time makes due in a case, and what is done about it: the one list that the sweep carries out.

An act of the sweep is dated when it became due, and not when somebody ran it. A breach is dated at its due instant,
not when it was noticed, and what follows from one is a promise in turn: the review begins when the talks ended, the
refund is due from when the seller's time to confirm had passed, and the ball lies with the platform from there on.
Dated by the run, an idle timer would be charged to the parties, and the same case would have other due instants on
another machine. The event says beside it when it was recorded. Two things hold the date back: nothing happened before
the case was opened, and no promise ends before it began, where a party has gone on in the meantime.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from models.dataclass import dataclass
from models.rules import asking, outcomes, returns, talks
from models.rules.act import NOT_APPROVED, SILENT, TALKS_OVER, Act, Verb
from models.rules.approval import approval_expires_at
from models.rules.case import Case
from models.vocabulary import ReturnStep


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing that time makes due."""

    name: str
    """As the plan and the documentation call it."""
    when: str
    """What has passed, in words."""
    effect: str
    due_at: Callable[[Case], datetime | None]
    """The last instant at which it can still be averted, as the case stands; None while no time is running for it."""
    act: Callable[[Case, datetime], Act]
    """What is done where it is due, at an instant that `act_of` says."""


@dataclass(frozen=True, slots=True)
class Due:
    """A duty of one case, and until when it can be averted. It is due strictly after that."""

    at: datetime
    duty: Duty


def first(case: Case) -> Due | None:
    """What becomes due first in the case as it stands, in the past or to come. One thing can make the next due."""
    found: Due | None = None
    for duty in DUTIES:
        at = duty.due_at(case)
        if at is not None and (found is None or at < found.at):
            found = Due(at, duty)
    return found


def act_of(case: Case, due: Due) -> Act:
    """The act that carries it out, dated."""
    began = (clock.started_at for clock in case.clocks if clock.is_running)
    return due.duty.act(case, max(due.at, case.opened_at, *began))


def is_due(case: Case, act: Act, now: datetime) -> bool:
    """Whether time has made due exactly this act by `now`, and no later than it is dated."""
    for duty in DUTIES:
        at = duty.due_at(case)
        if at is not None and at < now and at <= act.occurred_at and duty.act(case, act.occurred_at) == act:
            return True
    return False


def _expires_at(case: Case) -> datetime | None:
    expiring = talks.expiring(case)
    return expiring and expiring[0]


def _expire(case: Case, at: datetime) -> Act:
    expiring = talks.expiring(case)
    assert expiring is not None
    return Act(verb=Verb.EXPIRE, occurred_at=at, offer_number=expiring[1].number)


def _escalate(case: Case, at: datetime) -> Act:
    silent_at, due_at = talks.silence_at(case), talks.auto_escalate_at(case)
    is_silent = silent_at is not None and due_at is not None and silent_at <= due_at
    return Act(verb=Verb.AUTO_ESCALATE, occurred_at=at, cause=SILENT if is_silent else TALKS_OVER)


def _lapse(case: Case, at: datetime) -> Act:
    return Act(verb=Verb.LAPSE, occurred_at=at)


def _not_approved(case: Case, at: datetime) -> Act:
    return Act(verb=Verb.SEND_BACK, occurred_at=at, cause=NOT_APPROVED)


def _not_shipped(case: Case, at: datetime) -> Act:
    return Act(verb=Verb.RETURN, occurred_at=at, step=ReturnStep.FAILED, cause=returns.NOT_SHIPPED)


def _not_confirmed(case: Case, at: datetime) -> Act:
    return Act(verb=Verb.RETURN, occurred_at=at, step=ReturnStep.RECEIVED, cause=returns.NOT_CONFIRMED)


def _close(case: Case, at: datetime) -> Act:
    return Act(verb=Verb.CLOSE, occurred_at=at, closed_as=outcomes.closed_as(case))


DUTIES: tuple[Duty, ...] = (
    Duty(
        "expire-offer",
        "nobody has accepted an offer until it expired, or the buyer's time to reply to it ran out",
        "the offer cannot be accepted any more",
        _expires_at,
        _expire,
    ),
    Duty(
        "auto-escalate",
        "a seller who owes an answer is silent past their due instant and the policy's `auto_escalate_after` from the "
        "notification, or the talks have reached their cap; never before its `seller_has_at_least`",
        "the platform reviews the case",
        talks.auto_escalate_at,
        _escalate,
    ),
    Duty(
        "lapse",
        "a party has not answered what the platform asked it for",
        "the silence is marked, the review goes on",
        asking.lapses_at,
        _lapse,
    ),
    Duty(
        "expire-approval",
        "no second person has approved a decision within the policy's `approval_expires`",
        "the decision goes back to where it came from",
        approval_expires_at,
        _not_approved,
    ),
    Duty(
        "return-not-shipped",
        "the buyer has not sent the goods back in time",
        "the outcome no longer stands, another review begins",
        returns.not_shipped_at,
        _not_shipped,
    ),
    Duty(
        "return-not-confirmed",
        "the seller has not said in time what has come back",
        "the goods count as received, the refund is due",
        returns.not_confirmed_at,
        _not_confirmed,
    ),
    Duty(
        "close",
        "the refund is confirmed or none is due, and no appeal is possible any more",
        "the case is closed",
        outcomes.closes_at,
        _close,
    ),
)
"""In the order in which they are done where two become due at once."""
