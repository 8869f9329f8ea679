"""How a case ends: by agreement, by ruling, by withdrawal."""

from __future__ import annotations

from datetime import datetime

from models.rules import asking, talks
from models.rules.case import Case, Offer, Ruling
from models.vocabulary import Ball, ClockKind, ClosedAs, Outcome, Payer, State

PROMISED_UNTIL_OUTCOME = (ClockKind.RESOLUTION, ClockKind.REVIEW)


def agree(case: Case, offer: Offer, at: datetime, recorded_at: datetime) -> None:
    """Both parties accepted the same version of an offer; the seller pays, and never more than can be refunded."""
    refund_minor = min(offer.amount_minor, case.refundable_minor)
    settle(case, Outcome(offer.remedy.value), refund_minor, Payer.SELLER, at, recorded_at)


def settle(
    case: Case, outcome: Outcome, refund_minor: int, payer: Payer | None, at: datetime, recorded_at: datetime
) -> None:
    """An outcome stands that nobody of the platform ruled on."""
    case.outcome, case.refund_minor, case.payer, case.decided_at = outcome, refund_minor, payer, at
    _stand(case, at, recorded_at)


def rule(case: Case, ruling: Ruling, at: datetime, recorded_at: datetime) -> None:
    """The platform's ruling is issued."""
    ruling.standing = "issued"
    case.outcome, case.refund_minor, case.payer = ruling.outcome, ruling.refund_minor, ruling.payer
    case.decided_at, case.decided_by, case.approved_by = at, ruling.maker, ruling.approver
    case.is_ruled = True
    _stand(case, at, recorded_at)


def void(case: Case) -> None:
    """What waits for approval no longer stands: it was sent back, or what it rests on has changed."""
    ruling = case.proposed_ruling()
    if ruling is not None:
        ruling.standing = "sent_back"
        case.state, case.ball = State.IN_REVIEW, Ball.PLATFORM


def withdraw(case: Case, at: datetime, recorded_at: datetime) -> None:
    """The buyer takes the case back: nothing is refunded."""
    case.outcome, case.refund_minor, case.payer, case.decided_at = Outcome.WITHDRAWN, 0, None, at
    case.is_ruled, case.decided_by, case.approved_by = False, "", ""
    close(case, ClosedAs.WITHDRAWN, at, recorded_at)


def close(case: Case, closed_as: ClosedAs, at: datetime, recorded_at: datetime) -> None:
    """Final."""
    void(case)
    end(case, at, recorded_at)
    case.state, case.ball, case.closed_at, case.closed_as = State.CLOSED, Ball.NONE, at, closed_as


def end(case: Case, at: datetime, recorded_at: datetime) -> None:
    """The case is no longer open: every promise of it ends."""
    talks.leave(case, at, recorded_at)
    keep_promises(case, at, recorded_at)
    case.ended_at = case.ended_at or at
    case.hold = case.held_at = None


def _stand(case: Case, at: datetime, recorded_at: datetime) -> None:
    talks.leave(case, at, recorded_at)
    keep_promises(case, at, recorded_at)
    void(case)
    if case.outcome is Outcome.RETURN_AND_REFUND:
        case.ended_at = None
        case.state, case.ball = State.AWAITING_RETURN, Ball.BUYER
    else:
        case.state, case.ball, case.ended_at = State.RESOLVED, Ball.NONE, at
        case.hold = case.held_at = None


def keep_promises(case: Case, at: datetime, recorded_at: datetime) -> None:
    """An outcome stands: what the platform promised until then ends, and what it asked for is not awaited any more."""
    asking.settle(case, "left", at, recorded_at)
    for kind in PROMISED_UNTIL_OUTCOME:
        clock = case.running(kind)
        if clock is not None:
            clock.stop(at, recorded_at)
