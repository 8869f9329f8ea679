"""Promises that can no longer be kept: a seller who was told late keeps the whole window, whatever was promised."""

from __future__ import annotations

from datetime import datetime

from models.dataclass import dataclass
from models.rules import talks
from models.rules.case import Case
from models.rules.policy import policy
from models.rules.policy_in_time import by_policy
from models.vocabulary import ClockKind, Hold


@dataclass(frozen=True, slots=True)
class OutOfReach:
    """The resolution is due before the platform may step in, so that only the parties themselves could still agree."""

    due_at: datetime
    free_at: datetime
    """From when on the platform may step in."""
    is_told_late: bool
    """Because the seller was told late, or has not been told: it is booked to the platform, whoever had the ball."""


def out_of_reach(case: Case, now: datetime) -> OutOfReach | None:
    """The promise of a resolution that is not late yet and will be, whatever the platform does; else None."""
    promise = case.running(ClockKind.RESOLUTION)
    if promise is None or promise.is_held or promise.due_at < now or case.hold is Hold.RISK:
        return None
    free_at = _free_at(case, now)
    if free_at is None or free_at <= promise.due_at:
        return None
    return OutOfReach(promise.due_at, free_at, was_told_too_late(case, now))


def was_told_too_late(case: Case, now: datetime) -> bool:
    """Whether the seller's whole window, from when they were told, ended after the resolution was due.

    Of a case whose seller has not been told: whether it would, if that happened now. A seller who was told with the
    opening was not told late, however short the promise was.
    """
    promise, told_at = case.latest(ClockKind.RESOLUTION), case.notified_at or now
    if promise is None or told_at <= case.opened_at:
        return False
    if case.notified_at is None:
        return case.state in talks.STATES and _free_if_told(case, now) > promise.due_at
    first = next((clock for clock in case.clocks if clock.kind is ClockKind.SELLER_RESPONSE), None)
    least_at = by_policy(case, told_at, lambda rules: rules.seller_has_at_least)
    return max(least_at, least_at if first is None else first.due_at) > promise.due_at


def _free_at(case: Case, now: datetime) -> datetime | None:
    """From when the platform can step in, by somebody's hand or by itself; None outside talks, and while on hold."""
    if case.state not in talks.STATES:
        return None
    if case.notified_at is None:
        return _free_if_told(case, now)
    ways = (talks.may_escalate_at(case), talks.auto_escalate_at(case))
    return min((at for at in ways if at is not None), default=None)


def _free_if_told(case: Case, now: datetime) -> datetime:
    """When it could if the seller were told now."""
    return now + policy(case.policy_version).first_answer(case.reason, case.seller.tier).length
