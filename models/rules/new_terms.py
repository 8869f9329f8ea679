"""A case that is open goes over to another policy: what was promised keeps its start and its pauses.

A promise that was broken stays so, and none is broken by the new terms: where their due instant has passed already, the
promise keeps the one it had. What a source or a person set, and what has ended, is not the policy's to move.
"""

from __future__ import annotations

from copy import copy
from datetime import datetime, timedelta

from models.dataclass import dataclass
from models.rules import talks
from models.rules.act import Act
from models.rules.case import Case
from models.rules.clocks import Clock, Terms
from models.rules.policy import Policy, policy
from models.vocabulary import ClockKind


def apply(case: Case, act: Act, recorded_at: datetime) -> None:
    """From when the act occurred the case follows the version that it names."""
    assert act.policy_version is not None
    version, at = act.policy_version, act.occurred_at
    case.earlier_policies.append((case.policy_version, at))
    case.policy_version = version
    rules = policy(version)
    running = [clock for clock in case.clocks if clock.is_running and not clock.is_overdue(at)]
    for clock in sorted(running, key=lambda each: each.kind is ClockKind.NEGOTIATION_CAP):  # it waits for the seller
        if clock.terms is not None:
            before = copy(clock)
            _renew(case, clock, clock.terms, rules)
            if clock.kind is ClockKind.NEGOTIATION_CAP:
                talks.move_cap(case)
            if _is_over(clock, at):
                _give_back(clock, before)
        if clock.kind is ClockKind.NEGOTIATION_CAP:
            talks.move_cap(case)


def _renew(case: Case, clock: Clock, old: Terms, rules: Policy) -> None:
    """The same promise by the new terms; what somebody added to it stays added."""
    clock.terms = new = _terms(case, clock, rules)
    length = max(timedelta(), clock.length + new.length - old.length)
    counted = rules.open_time(clock.kind)
    if counted is not None and counted.can_begin_at(clock.started_at):
        clock.open_time, clock.promised_at = counted.longer(length - counted.length), None
    else:
        clock.open_time, clock.promised_at = None, clock.started_at + length
    if clock.kind is ClockKind.SELLER_RESPONSE:
        clock.holidays = list(rules.windows.not_counted(case.seller, clock.started_at))
    clock.reckon()


def _terms(case: Case, clock: Clock, rules: Policy) -> Terms:
    if clock.kind is not ClockKind.SELLER_RESPONSE:
        return rules.terms(clock.kind)
    first = next(each for each in case.clocks if each.kind is ClockKind.SELLER_RESPONSE)
    return rules.first_answer(case.reason, case.seller.tier) if clock is first else rules.next_answer


def _is_over(clock: Clock, at: datetime) -> bool:
    """Whether the time would have run out by now; of one that stands still, before or as it began to."""
    stands_still_since = min((pause.started_at for pause in clock.pauses if pause.end is None), default=at)
    return clock.due_at < at and clock.due_at <= stands_still_since


def _give_back(clock: Clock, before: Clock) -> None:
    clock.terms, clock.open_time, clock.holidays = before.terms, before.open_time, before.holidays
    clock.promised_at, clock.due_at = before.promised_at, before.due_at


@dataclass(frozen=True, slots=True)
class Move:
    """What becomes of one running promise."""

    kind: ClockKind
    old_due_at: datetime
    new_due_at: datetime
    is_kept: bool
    """By the new terms it would have run out by now: it keeps its due instant."""


def moves(before: Case, after: Case, at: datetime) -> list[Move]:
    """Of a case before and after a policy was applied at `at`: the promises that moved, and those that could not."""
    version, found = after.policy_version, []
    for old, new in zip(before.clocks, after.clocks, strict=True):
        counts = new.is_running and new.terms is not None and not new.is_overdue(at)
        is_kept = counts and new.terms is not None and new.terms.policy_version != version
        if old.due_at != new.due_at or is_kept:
            found.append(Move(old.kind, old.due_at, new.due_at, is_kept))
    return found
