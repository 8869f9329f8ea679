"""Why the platform may step in when it may, and when it does so by itself: lines that add up to the instant."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from datetime import datetime
from enum import StrEnum

from models.rules import talks
from models.rules.act import Verb
from models.rules.case import Case
from models.rules.policy import policy
from models.rules.policy_in_time import by_policy
from models.rules.reasons_of_due import NOTHING, Acts, Reason, Reasons
from models.vocabulary import ClockKind


class Escalation(StrEnum):
    """Instants that are no promise, and that promises make."""

    MAY = "may_escalate"
    AUTO = "auto_escalate"

    @property
    def label(self) -> str:
        return "escalation opens" if self is Escalation.MAY else "escalation by itself"


def escalation(acts: Acts, case: Case) -> tuple[Reasons, ...]:
    """Of a case in talks; `case` is what the acts add up to. What is not known, as during a hold, is left out."""
    told_by = next((act.by for act, _ in reversed(acts) if act.verb is Verb.NOTIFY), "")
    found = (
        (Escalation.MAY, talks.may_escalate_at(case), _may(case, told_by)),
        (Escalation.AUTO, talks.auto_escalate_at(case), _auto(case, told_by)),
    )
    return tuple(Reasons(0, kind, at, True, tuple(lines)) for kind, at, lines in found if at is not None)


def _may(case: Case, told_by: str) -> Iterator[Reason]:
    assert case.notified_at is not None
    rules, at = policy(case.policy_version), case.notified_at
    yield Reason("starts: notify", told_by, NOTHING, at)
    at += rules.may_escalate_after
    yield Reason(f"policy {rules.version}: may_escalate_after", "", rules.may_escalate_after, at)
    at = yield from _applied(case, at, by_policy(case, case.notified_at, lambda each: each.may_escalate_after))
    seller = case.latest(ClockKind.SELLER_RESPONSE)
    if seller is not None and seller.due_at > at:
        yield _to("not before the seller's time is up", at, seller.due_at)
        at = seller.due_at
    refused_at = min(case.refused_at.values(), default=at)
    if refused_at < at:
        yield _to("a rejection or a decline opens it at once", at, refused_at)
        at = refused_at
    waits_until = talks.offer_waits_until(case)
    if waits_until is not None and waits_until > at:
        yield _to("an offer waits for the buyer until it expires", at, waits_until)


def _auto(case: Case, told_by: str) -> Iterator[Reason]:
    """By the seller's silence, or by the end of talks where that comes first."""
    rules, told_at = policy(case.policy_version), case.notified_at or case.responded_at
    cap, silent_at = case.running(ClockKind.NEGOTIATION_CAP), talks.silence_at(case)
    ends_at = None if cap is None or cap.is_held else cap.due_at
    assert told_at is not None
    if silent_at is not None and (ends_at is None or silent_at <= ends_at):
        yield from _silence(case, told_by, silent_at)
        at = silent_at
    else:
        assert ends_at is not None
        at = ends_at
        yield Reason("starts: the end of talks", "", NOTHING, at)
    least_at = talks.as_talks_count(case, by_policy(case, told_at, lambda each: each.seller_has_at_least))
    if least_at > at:
        yield _to(f"policy {rules.version}: what the seller has at least from being told", at, least_at)


def _silence(case: Case, told_by: str, silent_at: datetime) -> Iterator[Reason]:
    assert case.notified_at is not None
    rules, at = policy(case.policy_version), case.notified_at
    yield Reason("starts: notify", told_by, NOTHING, at)
    at += rules.auto_escalate_after
    yield Reason(f"policy {rules.version}: auto_escalate_after", "", rules.auto_escalate_after, at)
    at = yield from _applied(case, at, by_policy(case, case.notified_at, lambda each: each.auto_escalate_after))
    counted = talks.as_talks_count(case, at)
    if counted > at:
        yield _to("what the talks stood still until then", at, counted)
    if silent_at > counted:
        yield _to("not before the seller's time is up", counted, silent_at)


def _applied(case: Case, at: datetime, in_force_at: datetime) -> Generator[Reason, None, datetime]:
    if in_force_at != at:
        yield _to(f"policy {case.policy_version} was applied since, and makes nothing due before", at, in_force_at)
    return in_force_at


def _to(what: str, at: datetime, until: datetime) -> Reason:
    return Reason(what, "", until - at, until)
