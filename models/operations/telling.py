"""What a file tells of a case, as the acts that would have led there."""

from __future__ import annotations

from datetime import datetime

from models.imported import ImportedCase
from models.queries.sellers import KnownSellers
from models.rules.act import Act, Verb
from models.rules.case import Case
from models.rules.placing import HAS_OUTCOME
from models.rules.windows import SellerFacts
from models.vocabulary import ClosedAs, Outcome, Party, PartyAct, RefundState, Remedy, State

TALKS_OR_REVIEW = frozenset({State.AWAITING_SELLER, State.NEGOTIATION, State.IN_REVIEW})
"""Where an escalation that a file tells of later still changes something."""
UNKNOWN = SellerFacts()
RANK = {state: rank for rank, state in enumerate(State)}
"""How far a case has come; a file that tells less than we know changes nothing."""


def told_state(told: ImportedCase) -> State:
    """The state that the file gives, else the one that its facts add up to."""
    if told.state is not None:
        return told.state
    if told.outcome is not None or told.decided_at is not None:
        return State.CLOSED
    if told.escalated_at is not None:
        return State.IN_REVIEW
    if told.response is PartyAct.ACCEPT:
        returns = remedy_of(told) is Remedy.RETURN_AND_REFUND
        return State.AWAITING_RETURN if returns else State.RESOLVED
    return State.NEGOTIATION if has_answer(told) else State.AWAITING_SELLER


def remedy_of(told: ImportedCase) -> Remedy:
    """A missing remedy is all the money where nothing, or the whole amount, was requested, else a part of it."""
    if told.remedy is not None:
        return told.remedy
    whole = told.requested_minor is None or told.requested_minor == told.amount_minor
    return Remedy.FULL_REFUND if whole else Remedy.PARTIAL_REFUND


def _is_over(told: ImportedCase) -> bool | None:
    """The file tells of a closed case: what its outcome promised was done, and no clock of it runs."""
    return told_state(told) is State.CLOSED or None


def acts_told(
    told: ImportedCase, *, policy_version: int, maker: str, assignee: str, seller: SellerFacts = UNKNOWN
) -> list[Act]:
    """The acts of the file's history, in the order in which they would have been made.

    `maker` and `assignee` are logins of ours, or empty: a name that is no agent of ours stays out of the events.
    """
    state = told_state(told)
    acts = [_open(told, policy_version), *_notify(told, seller), *_automatic(told), *_answer(told)]
    if told.escalated_at is not None:
        acts.append(_escalate(told))
    if assignee:
        acts.append(Act(verb=Verb.ASSIGN, occurred_at=told.opened_at, login=assignee))
    acts += _ending(told, state, maker)
    return acts


def latest_instant(told: ImportedCase) -> datetime:
    """The last instant at which the file says that something happened."""
    moments = (told.opened_at, told.notified_at, told.responded_at, told.automatic_reply_at,
               told.escalated_at, told.decided_at)  # fmt: skip
    return max(moment for moment in moments if moment is not None)


def later_acts(told: ImportedCase, case: Case, *, maker: str) -> list[Act]:
    """What the file tells beyond the case as it stands; a fact that the case already has is not told again."""
    if case.undone_at is not None:
        return []  # it told of an outcome that no longer stands, and what became of it is known here
    state = told_state(told)
    if case.state is State.DRAFT:  # where it was opened since, all that a new case would be told is news
        opened = acts_told(told, policy_version=case.policy_version, maker=maker, assignee="")
        return [] if state is State.DRAFT else opened
    has_agreed_since = case.outcome is None and told.outcome is None and _is_agreed(told)
    acts = _answer(told) if case.responded_at is None or has_agreed_since else []
    if told.escalated_at is not None and case.escalated_at is None:
        acts.append(_escalate(told))
    if told.outcome is not None and case.outcome is None:
        acts += _ending(told, state, maker, paid_minor=case.confirmed_minor)
    elif (told.state is not None or case.outcome is None) and RANK[state] > max(
        RANK[case.state], RANK[_state_reached(told)]
    ):
        acts += _moving_on(told, state, case)
    return acts


def _moving_on(told: ImportedCase, state: State, case: Case) -> list[Act]:
    """A state further on, and no outcome that we would not have. What is due to the buyer is paid once."""
    at = told.decided_at or latest_instant(told)
    if state is not State.CLOSED:
        return [Act(verb=Verb.PLACE, occurred_at=at, state=state)]
    closed_as = ClosedAs.DECIDED if case.is_ruled else _closed_as(told)
    due = case.refund_minor if case.outcome is not None else _refund_of(told)
    return [
        *_paid_back(due - case.confirmed_minor, at, is_instructed=case.underway_minor > 0),
        Act(verb=Verb.CLOSE, occurred_at=at, closed_as=closed_as),
    ]


def _escalate(told: ImportedCase) -> Act:
    assert told.escalated_at is not None
    is_past_review = told_state(told) is not State.IN_REVIEW
    return Act(
        verb=Verb.ESCALATE,
        occurred_at=told.escalated_at,
        cause="imported",
        has_no_first_touch=is_past_review or None,
    )


def _open(told: ImportedCase, policy_version: int) -> Act:
    return Act(
        verb=Verb.OPEN,
        occurred_at=told.opened_at,
        reason=told.reason,
        needs_triage=told.needs_triage or None,
        amount_minor=told.amount_minor,
        currency=told.currency,
        paid_minor=told.paid_minor,
        remedy=remedy_of(told),
        requested_minor=told.requested_minor,
        resolution_due_at=told.resolution_due_at,
        has_no_resolution_clock=told.resolution_has_no_clock or None,
        promises_notice=(told.notified_at is not None and told.notified_at > told.opened_at) or None,
        policy_version=policy_version,
    )


def _notify(told: ImportedCase, seller: SellerFacts) -> list[Act]:
    if told.state is State.DRAFT:
        return []
    at = told.notified_at or told.opened_at
    return [
        Act(
            verb=Verb.NOTIFY,
            occurred_at=at,
            due_at=told.seller_due_at,
            has_no_clock=told.seller_has_no_clock or None,
            **seller.told(),
        )
    ]


def seller_told(told: ImportedCase, known: KnownSellers) -> SellerFacts:
    """What the file says of the seller, else what was known; holidays that were not over when they were notified."""
    tier, country, away = known.get(told.seller_ref, ("", "", []))
    at = told.notified_at or told.opened_at
    ahead = tuple(span for span in away if span[1] > at)
    return SellerFacts(told.seller_tier or tier, told.seller_country or country, ahead)


def has_answer(told: ImportedCase) -> bool:
    """Whether the file knows of a seller's answer."""
    return told.response is not None or told.responded_at is not None


def _answer(told: ImportedCase) -> list[Act]:
    if not has_answer(told):
        return []
    at = told.responded_at or told.notified_at or told.opened_at
    move = told.response or PartyAct.REPLY
    if move is PartyAct.ACCEPT and not _is_agreed(told):
        move = PartyAct.REPLY  # the file says that the case went on, so nothing was agreed by it
    amount = None
    if move is PartyAct.OFFER:
        amount = told.requested_minor if told.requested_minor is not None else told.amount_minor
    return [
        Act(
            verb=Verb.RESPOND,
            occurred_at=at,
            party=Party.SELLER,
            move=move,
            offer_number=1 if move is PartyAct.ACCEPT else None,
            amount_minor=amount,
            remedy=remedy_of(told) if move is PartyAct.OFFER else None,
            has_no_clock=_is_over(told) if move is PartyAct.ACCEPT else None,
        )
    ]


def _automatic(told: ImportedCase) -> list[Act]:
    """What a machine of the seller's wrote starts and stops nothing."""
    if told.automatic_reply_at is None:
        return []
    return [Act(verb=Verb.MESSAGE, occurred_at=told.automatic_reply_at, party=Party.SELLER, is_automatic=True)]


def _is_agreed(told: ImportedCase) -> bool:
    return told.response is PartyAct.ACCEPT and told_state(told) in HAS_OUTCOME


def _ending(told: ImportedCase, state: State, maker: str, *, paid_minor: int = 0) -> list[Act]:
    at = told.decided_at or latest_instant(told)
    if told.outcome is Outcome.WITHDRAWN:
        return [Act(verb=Verb.WITHDRAW, occurred_at=at, party=Party.BUYER)]
    acts = []
    if told.outcome is not None:
        acts.append(_outcome(told, at, maker))
    if state is State.CLOSED:
        acts += _paid_back(_refund_of(told) - paid_minor, at)
        acts.append(Act(verb=Verb.CLOSE, occurred_at=at, closed_as=_closed_as(told)))
    elif state is not _state_reached(told):
        acts.append(Act(verb=Verb.PLACE, occurred_at=at, state=state))
    return acts


def _outcome(told: ImportedCase, at: datetime, maker: str) -> Act:
    """A ruling where somebody decided or the case was escalated, else the agreement that the file tells of."""
    return Act(
        verb=Verb.DECIDE,
        occurred_at=at,
        by=maker,
        outcome=told.outcome,
        amount_minor=_refund_of(told),
        payer=told.payer,
        is_agreement=_closed_as(told) is ClosedAs.AGREED or None,
        has_no_clock=_is_over(told),
    )


def _paid_back(amount: int, at: datetime, *, is_instructed: bool = False) -> list[Act]:
    """A closed case of a file has paid its refund back when it was decided."""
    steps = (RefundState.INSTRUCTED, RefundState.CONFIRMED) if amount > 0 else ()
    return [
        Act(verb=Verb.REFUND, occurred_at=at, refund=step, amount_minor=amount)
        for step in (steps[1:] if is_instructed else steps)
    ]


def _refund_of(told: ImportedCase) -> int:
    """What the file says, else what its outcome means; never more than can be refunded."""
    if told.refund_minor is not None:
        return told.refund_minor
    requested = told.amount_minor if told.requested_minor is None else told.requested_minor
    most = told.amount_minor if told.paid_minor is None else min(told.amount_minor, told.paid_minor)
    if told.outcome is None:
        return min(requested, most) if _is_agreed(told) else 0
    if told.outcome in (Outcome.NO_REFUND, Outcome.REPLACEMENT, Outcome.WITHDRAWN):
        return 0
    return min(told.requested_minor or 0, most) if told.outcome is Outcome.PARTIAL_REFUND else most


def _closed_as(told: ImportedCase) -> ClosedAs:
    is_ruled = bool(told.decided_by) or told.escalated_at is not None
    return ClosedAs.DECIDED if is_ruled else ClosedAs.AGREED


def _state_reached(told: ImportedCase) -> State:
    if told.outcome is not None or _is_agreed(told):
        returns = (told.outcome or remedy_of(told)).value == Outcome.RETURN_AND_REFUND
        return State.AWAITING_RETURN if returns else State.RESOLVED
    if told.escalated_at is not None:
        return State.IN_REVIEW
    return State.NEGOTIATION if has_answer(told) else State.AWAITING_SELLER
