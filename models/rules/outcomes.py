"""How a case ends: by agreement, by ruling, by withdrawal."""

from __future__ import annotations

from datetime import datetime

from models.rules import talks
from models.rules.case import Case, Offer, Ruling
from models.vocabulary import Ball, ClockKind, ClosedAs, Outcome, Payer, State

PROMISED_UNTIL_OUTCOME = (ClockKind.RESOLUTION, ClockKind.REVIEW)


def agree(case: Case, offer: Offer, at: datetime, recorded_at: datetime) -> None:
    """Both parties accepted the same version of an offer; the seller pays."""
    case.outcome, case.refund_minor, case.payer = Outcome(offer.remedy.value), offer.amount_minor, Payer.SELLER
    case.decided_at = at
    _stand(case, at, recorded_at)


def rule(case: Case, ruling: Ruling, at: datetime, recorded_at: datetime) -> None:
    """The platform's ruling is issued."""
    ruling.standing = "issued"
    case.outcome, case.refund_minor, case.payer = ruling.outcome, ruling.refund_minor, ruling.payer
    case.decided_at, case.decided_by, case.approved_by = at, ruling.maker, ruling.approver
    case.is_ruled = True
    _stand(case, at, recorded_at)


def withdraw(case: Case, at: datetime, recorded_at: datetime) -> None:
    """The buyer takes the case back: nothing is refunded."""
    case.outcome, case.refund_minor, case.payer, case.decided_at = Outcome.WITHDRAWN, 0, None, at
    close(case, ClosedAs.WITHDRAWN, at, recorded_at)


def close(case: Case, closed_as: ClosedAs, at: datetime, recorded_at: datetime) -> None:
    """Final."""
    end(case, at, recorded_at)
    case.state, case.ball, case.closed_at, case.closed_as = State.CLOSED, Ball.NONE, at, closed_as


def end(case: Case, at: datetime, recorded_at: datetime) -> None:
    """The case is no longer open: every promise of it ends."""
    talks.leave(case, at, recorded_at)
    _keep_promises(case, at, recorded_at)
    case.ended_at = case.ended_at or at


def _stand(case: Case, at: datetime, recorded_at: datetime) -> None:
    talks.leave(case, at, recorded_at)
    _keep_promises(case, at, recorded_at)
    for ruling in case.rulings:
        ruling.standing = "sent_back" if ruling.standing == "proposed" else ruling.standing
    if case.outcome is Outcome.RETURN_AND_REFUND:
        case.state, case.ball = State.AWAITING_RETURN, Ball.BUYER
    else:
        case.state, case.ball, case.ended_at = State.RESOLVED, Ball.NONE, at


def _keep_promises(case: Case, at: datetime, recorded_at: datetime) -> None:
    for kind in PROMISED_UNTIL_OUTCOME:
        clock = case.running(kind)
        if clock is not None:
            clock.stop(at, recorded_at)
