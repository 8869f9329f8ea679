"""Why a decision that nobody signs goes back when it does: lines that add up to the instant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from models.rules.approval import approval_expires_at
from models.rules.case import Case
from models.rules.clocks import Clock
from models.rules.policy import policy
from models.rules.reasons_of_due import NOTHING, Acts, Reason, Reasons, not_counted
from models.vocabulary import ClockKind


class Expiry(StrEnum):
    """An instant that is no promise."""

    APPROVAL = "approval_expires"

    @property
    def label(self) -> str:
        return "goes back unsigned"


def expiry(acts: Acts, case: Case) -> Reasons | None:
    """Of a decision that waits for a second person; `case` is what the acts add up to."""
    expires_at, promise = approval_expires_at(case), case.latest(ClockKind.APPROVAL)
    if expires_at is None or promise is None:
        return None
    return Reasons(0, Expiry.APPROVAL, expires_at, True, tuple(_lines(acts, case, promise, expires_at)))


def _lines(acts: Acts, case: Case, promise: Clock, expires_at: datetime) -> Iterator[Reason]:
    proposed = next(act for act, _ in reversed(acts) if act.occurred_at == promise.started_at and act.outcome)
    rules = policy(promise.terms.policy_version if promise.terms else case.policy_version)
    rule, at = promise.terms.rule if promise.terms else "", promise.started_at
    yield Reason(f"starts: {proposed.verb}", proposed.by, NOTHING, at)
    at += rules.approval_expires
    yield Reason(
        f"policy {rules.version}: approval_expires{f', {rule}' if rule else ''}", "", rules.approval_expires, at
    )
    counted = replace(promise, promised_at=promise.started_at + rules.approval_expires)
    if promise.open_time is not None:
        counted = replace(counted, open_time=replace(promise.open_time, length=rules.approval_expires))
    for what, adds in not_counted(counted):
        at += adds
        yield Reason(what, "", adds, at)
    if at != expires_at:
        yield Reason("not before it is due to be signed", "", expires_at - at, expires_at)
