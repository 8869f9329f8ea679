"""How a case ends: by agreement, by ruling, by withdrawal; and how an outcome ceases to stand."""

from __future__ import annotations

from datetime import datetime

from models.rules import appeals, asking, holds, talks
from models.rules.case import Case, Offer, Ruling
from models.vocabulary import Ball, ClockKind, ClosedAs, Outcome, Payer, RefundState, ReturnStep, State

PROMISED_UNTIL_OUTCOME = (ClockKind.RESOLUTION, ClockKind.REVIEW, ClockKind.APPEAL_REVIEW)
PROMISED_OF_PERSONS = (ClockKind.FIRST_TOUCH, ClockKind.APPROVAL)
"""That somebody of the platform takes the case, or signs: kept by nobody else's act."""
PROMISED_OF_RETURN = (ClockKind.RETURN_SHIP, ClockKind.RETURN_CONFIRM)


def agree(case: Case, offer: Offer, at: datetime, recorded_at: datetime, *, is_over: bool = False) -> None:
    """Both parties accepted the same version of an offer; the seller pays, and never more than can be refunded."""
    refund_minor = case.confirmed_minor + min(offer.amount_minor, case.refundable_minor)
    settle(case, Outcome(offer.remedy.value), refund_minor, Payer.SELLER, at, recorded_at, is_over=is_over)


def settle(
    case: Case,
    outcome: Outcome,
    refund_minor: int,
    payer: Payer | None,
    at: datetime,
    recorded_at: datetime,
    *,
    is_over: bool = False,
) -> None:
    """An outcome stands that nobody of the platform ruled on. `is_over`: it was carried out, so nothing is promised."""
    case.outcome, case.refund_minor, case.payer, case.decided_at = outcome, refund_minor, payer, at
    _stand(case, at, recorded_at, is_over)


def rule(case: Case, ruling: Ruling, at: datetime, recorded_at: datetime, *, is_over: bool = False) -> None:
    """The platform's ruling is issued, in place of the one that stood."""
    earlier = case.issued_ruling()
    if earlier is not None:
        earlier.standing = "replaced"
    ruling.standing, ruling.issued_at = "issued", at
    case.outcome, case.refund_minor, case.payer = ruling.outcome, ruling.refund_minor, ruling.payer
    case.decided_at, case.decided_by, case.approved_by = at, ruling.maker, ruling.approver
    case.is_ruled = True
    if ruling.result is not None:
        appeals.answer(case, ruling.result, at)
    _stand(case, at, recorded_at, is_over)
    if appeals.until(case) is not None and not is_over:
        case.promise(ClockKind.APPEAL_WINDOW, at, recorded_at)


def void(case: Case, at: datetime) -> None:
    """What waits for approval no longer stands: it was sent back, or what it rests on has changed."""
    ruling = case.proposed_ruling()
    if ruling is not None:
        cut(case, (ClockKind.APPROVAL,), max(at, ruling.proposed_at))
        ruling.standing = "sent_back"
        case.state = State.IN_REVIEW if ruling.result is None else State.IN_APPEAL
        case.ball = Ball.PLATFORM


def undo(case: Case, at: datetime) -> None:
    """The outcome does not stand any more and another is to be found; what was ruled stays on record."""
    ruling = case.issued_ruling()
    if ruling is not None:
        ruling.standing = "undone"
    case.outcome, case.refund_minor, case.payer, case.decided_at = None, 0, None, None
    case.is_ruled, case.decided_by, case.approved_by = False, "", ""
    case.undone_at, case.ended_at = at, None
    case.returned = {}


def withdraw(case: Case, at: datetime, recorded_at: datetime) -> None:
    """The buyer takes the case back: nothing is refunded."""
    case.outcome, case.refund_minor, case.payer, case.decided_at = Outcome.WITHDRAWN, 0, None, at
    case.is_ruled, case.decided_by, case.approved_by = False, "", ""
    close(case, ClosedAs.WITHDRAWN, at, recorded_at)


def close(case: Case, closed_as: ClosedAs, at: datetime, recorded_at: datetime) -> None:
    """Final."""
    void(case, at)
    end(case, at, recorded_at)
    cut(case, (ClockKind.REFUND,), at)
    case.state, case.ball, case.closed_at, case.closed_as = State.CLOSED, Ball.NONE, at, closed_as


def reopen(case: Case, at: datetime, recorded_at: datetime) -> None:
    """The platform looks again. What stood stays on record until something else does; what was paid stays paid."""
    case.state, case.ball = State.IN_REVIEW, Ball.PLATFORM
    case.closed_at = case.closed_as = case.ended_at = None
    case.is_reopened = True
    case.assignees = [case.assignee] if case.assignee else []
    case.promise(ClockKind.REVIEW, at, recorded_at)


def merge(case: Case, at: datetime, recorded_at: datetime) -> None:
    """The case goes on in another one: its promises are dropped here, missed where they were late."""
    for clock in case.clocks:
        if clock.is_running:
            clock.cut(at)
    close(case, ClosedAs.MERGED, at, recorded_at)


def take_in(case: Case, started_at: datetime, due_at: datetime, recorded_at: datetime) -> None:
    """The case goes on for another one too, and keeps the earlier of both promises."""
    own = case.running(ClockKind.RESOLUTION)
    if own is None:
        case.start(ClockKind.RESOLUTION, started_at, due_at, recorded_at)
    else:
        own.bring_forward(due_at)


def closes_at(case: Case) -> datetime | None:
    """From when nothing is left to do: the refund confirmed or none due, and no appeal possible any more.

    None while a refund is due, and where nobody knows what the outcome was, as a file can tell it.
    """
    if case.state is not State.RESOLVED or case.outcome is None or case.due_minor > 0:
        return None
    confirmed = [refund.settled_at for refund in case.refunds if refund.state is RefundState.CONFIRMED]
    return max((at for at in (case.ended_at, appeals.until(case), *confirmed) if at is not None), default=None)


def closed_as(case: Case) -> ClosedAs:
    """How a resolved case closes."""
    return ClosedAs.DECIDED if case.is_ruled else ClosedAs.AGREED


def end(case: Case, at: datetime, recorded_at: datetime) -> None:
    """The case is no longer open: every promise of it ends, but that of the money."""
    talks.leave(case, at, recorded_at)
    keep_promises(case, at, recorded_at)
    cut(case, PROMISED_OF_RETURN, at)
    case.ended_at, case.is_reopened = case.ended_at or at, False
    holds.unhold(case, at)


def _stand(case: Case, at: datetime, recorded_at: datetime, is_over: bool) -> None:
    talks.leave(case, at, recorded_at)
    keep_promises(case, at, recorded_at)
    void(case, at)
    case.is_reopened = False
    if case.outcome is Outcome.RETURN_AND_REFUND and ReturnStep.RECEIVED not in case.returned:
        case.ended_at = None
        case.state, case.ball = State.AWAITING_RETURN, Ball.BUYER
        case.returned = {}
        cut(case, (ClockKind.REFUND,), at)
        if not is_over:
            case.promise(ClockKind.RETURN_SHIP, at, recorded_at)
        return
    case.state, case.ball, case.ended_at = State.RESOLVED, Ball.NONE, at
    holds.unhold(case, at)
    if not is_over:
        promise_refund(case, at, recorded_at)


def promise_refund(case: Case, at: datetime, recorded_at: datetime) -> None:
    """From now on what the outcome owes the buyer is due, and nothing that an earlier one owed."""
    cut(case, (ClockKind.REFUND,), at)
    if case.due_minor > 0:
        case.promise(ClockKind.REFUND, at, recorded_at)


def keep_promises(case: Case, at: datetime, recorded_at: datetime) -> None:
    """An outcome stands: what the platform promised until then ends, and what it asked for is not awaited any more."""
    asking.settle(case, "left", at, recorded_at)
    if any(clock.end is None for clock in case.clocks):
        for kind in PROMISED_UNTIL_OUTCOME:
            keep(case, kind, at, recorded_at)
        cut(case, PROMISED_OF_PERSONS, at)


def keep(case: Case, kind: ClockKind, at: datetime, recorded_at: datetime) -> None:
    """What was promised has happened, where it was."""
    clock = case.running(kind)
    if clock is not None:
        clock.stop(at, recorded_at)


def cut(case: Case, kinds: tuple[ClockKind, ...], at: datetime) -> None:
    """Nobody waits for these promises any longer."""
    for kind in kinds:
        clock = case.running(kind)
        if clock is not None:
            clock.cut(at)
