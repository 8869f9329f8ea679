"""When a decision needs a second person, and what that person signs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from models.dataclass import dataclass
from models.errors import Refused
from models.rules import evidence, flags, money
from models.rules.case import Case
from models.rules.policy import policy
from models.vocabulary import AppealResult, ClockKind, Outcome, Party, Payer, State


@dataclass(frozen=True, slots=True)
class Point:
    """One row of the grid: what is disputed, and what was found about it."""

    point: str
    claimed: str = ""
    answered: str = ""
    shown: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True)
class RulingDraft:
    """A decision as an agent writes it."""

    outcome: Outcome | None = None
    amount_minor: int | None = None
    """None for all that is refundable, or for what the basis adds up to."""
    payer: Payer | None = None
    findings: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    basis: tuple[str, ...] = ()
    """`KIND=AMOUNT` or `KIND=N%`."""
    note: str = ""
    to_buyer: str = ""
    to_seller: str = ""
    freight: Party | None = None
    """Who pays for the way back, where goods go back; the seller unless told."""


def check_points(points: Iterable[Point]) -> None:
    """Raise Refused unless each disputed point has what was found about it."""
    for each in points:
        if not each.point.strip() or not each.found.strip():
            what = f"Point '{each.point[:60]}'" if each.point.strip() else "A point without a name"
            raise Refused("point", f"{what} says nothing of what was found: a decision finds something on each point.")


def triggers(
    case: Case,
    draft: RulingDraft,
    refund_minor: int,
    same_buyer_decisions: int,
    *,
    result: AppealResult | None = None,
    flagged_elsewhere: tuple[str, ...] = (),
) -> tuple[str, ...]:
    """Why this decision needs a second person, a sentence each; none when it does not.

    `same_buyer_decisions` is how many cases of this buyer the maker has decided within the policy's days before;
    `flagged_elsewhere` names flags on these parties that wait in their other cases, such as `buyer in C7`.
    """
    rules = policy(case.policy_version)
    line = rules.high_value_minor(case.currency)
    weighed = case.amount_minor if draft.outcome is Outcome.NO_REFUND else refund_minor
    shown = f"{money.text(weighed, case.currency)} {case.currency}"
    reasons = []
    if line is None:
        reasons.append(f"{case.currency} has no high-value line, so every amount needs a second person.")
    elif weighed >= line:
        reasons.append(f"{shown} is at or above the high-value line of {money.text(line, case.currency)}.")
    elif draft.outcome is Outcome.PARTIAL_REFUND and weighed * 2 > line:
        reasons.append(f"A partial ruling of {shown} is above half the high-value line.")
    if case.overrides:
        reasons.append(f"The case was opened against a rule of eligibility: {', '.join(case.overrides)}.")
    if draft.payer in (Payer.PLATFORM, Payer.SPLIT) and refund_minor:
        reasons.append("The platform pays.")
    if draft.freight is Party.PLATFORM:
        reasons.append("The platform pays for the way back.")
    if case.has_override:
        reasons.append("An override or a waiver was used.")
    winner = evidence.sufficiency(case, evidence.winner(refund_minor))
    if winner.missing:
        reasons.append(f"The {winner.side} wins, and their evidence is not sufficient: {winner.said}.")
    if standing := flags.standing(case):
        reasons.append(f"Flagged: {'; '.join(map(flags.said, standing))}.")
    if flagged_elsewhere:
        reasons.append(f"A flag in another case waits for review: {', '.join(flagged_elsewhere)}.")
    if case.is_reopened:
        reasons.append("The case was reopened.")
    if same_buyer_decisions >= rules.same_buyer_decisions:
        reasons.append(
            f"The same agent has decided {same_buyer_decisions} cases of this buyer "
            f"within {rules.same_buyer_within.days} days."
        )
    if result is not None:
        reasons.append(f"An appeal is {result}.")
    return tuple(reasons)


def approval_expires_at(case: Case) -> datetime | None:
    """When the decision that waits goes back unless somebody has approved it; it counts as the promise to do so does.

    None where none waits, and while that promise is on hold. Whoever extends the promise moves this too.
    """
    ruling, promise = case.proposed_ruling(), case.latest(ClockKind.APPROVAL)
    if case.state is not State.PENDING_APPROVAL or ruling is None or promise is None or promise.is_held:
        return None
    version = promise.terms.policy_version if promise.terms else case.policy_version  # one that is late keeps its own
    length = policy(version).approval_expires
    if promise.open_time is None:
        expires_at = promise.with_pauses(promise.started_at + length)
    else:
        expires_at = replace(promise.open_time, length=length).due_at(promise.started_at, promise.not_counted)
    return max(expires_at, promise.due_at)


def decision_hash(
    dispute_id: int, case: Case, draft: RulingDraft, refund_minor: int, result: AppealResult | None = None
) -> str:
    """The digest of everything that an approver reads: the decision, and all that it rests on."""
    return _digest({
        "case": dispute_id, "grounds": _grounds(case), "decision": asdict(draft), "result": result,
        "refund_minor": refund_minor,
    })  # fmt: skip


def grounds_digest(case: Case) -> str:
    """The digest of what a decision rests on: claim, offers, refunds here and in the order's other cases, evidence."""
    return _digest(_grounds(case))


def _grounds(case: Case) -> dict[str, Any]:
    return {
        "claim": [case.reason, case.amount_minor, case.currency, case.remedy, case.requested_minor],
        "offers": [[offer.number, offer.amount_minor, offer.remedy, offer.ended] for offer in case.offers],
        "refunds": [[refund.number, refund.amount_minor, refund.state] for refund in case.refunds],
        "elsewhere": case.elsewhere_minor,
        "appeals": [[appeal.number, appeal.party, appeal.ground] for appeal in case.appeals],
        "evidence": [[piece.number, piece.lane, piece.kind, piece.state] for piece in case.evidence],
    }


def _digest(read: dict[str, Any]) -> str:
    import hashlib  # brings all of OpenSSL, and most cases have no decision

    return hashlib.sha256(json.dumps(read, sort_keys=True).encode()).hexdigest()
