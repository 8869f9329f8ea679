"""What each act does to a case. Replaying a case's acts through `apply` gives its row, its clocks and its money again.

Nothing here asks whether an act is allowed: that is `transitions`. A file tells history and is believed, so an effect
takes instants in any order.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from models.rules import (
    appeals,
    asking,
    evidence,
    flags,
    following,
    goodwill,
    holds,
    new_terms,
    outcomes,
    placing,
    returns,
    talks,
)
from models.rules.act import Act, Verb
from models.rules.case import Case, Refund, Ruling
from models.rules.clocks import Terms
from models.rules.policy import policy
from models.rules.windows import SellerFacts
from models.vocabulary import (
    REPLACES_RULING,
    Ball,
    ClockKind,
    ClosedAs,
    Party,
    PartyAct,
    RefundState,
    Remedy,
    State,
)

Effect = Callable[[Case, Act, datetime], None]


def opened(act: Act) -> Case:
    """The case that an `open` act begins, before its effect is applied."""
    assert act.reason is not None and act.amount_minor is not None and act.currency is not None
    return Case(
        policy_version=act.policy_version or 1,
        opened_at=act.occurred_at,
        reason=act.reason,
        amount_minor=act.amount_minor,
        currency=act.currency,
        remedy=act.remedy or Remedy.FULL_REFUND,
        requested_minor=act.amount_minor if act.requested_minor is None else act.requested_minor,
        paid_minor=act.paid_minor,
        needs_triage=bool(act.needs_triage),
        lines=act.lines or (),
        overrides=act.overrides or (),
    )


def apply(case: Case, act: Act, recorded_at: datetime) -> None:
    """Carry out `act`, recorded at `recorded_at`, on `case`."""
    EFFECTS[act.verb](case, act, recorded_at)


def replayed(acts: list[tuple[Act, datetime]]) -> Case:
    """The case that the acts, each with the instant it was recorded, add up to."""
    case = opened(acts[0][0])
    for act, recorded_at in acts:
        apply(case, act, recorded_at)
    return case


def _open(case: Case, act: Act, recorded_at: datetime) -> None:
    case.state, case.ball = State.AWAITING_SELLER, Ball.PLATFORM if act.promises_notice else Ball.SELLER
    if case.live_offer(Party.BUYER, act.occurred_at) is None:
        talks.add_offer(case, Party.BUYER, case.remedy, case.requested_minor, act.occurred_at, expires_at=None)
    if not act.has_no_resolution_clock and case.running(ClockKind.RESOLUTION) is None:
        _promise(case, ClockKind.RESOLUTION, act.occurred_at, act.resolution_due_at, recorded_at)
    case.promise(ClockKind.NEGOTIATION_CAP, act.occurred_at, recorded_at)
    if act.promises_notice:
        case.promise(ClockKind.NOTIFY, act.occurred_at, recorded_at)


def _promise(
    case: Case, kind: ClockKind, at: datetime, given: datetime | None, recorded_at: datetime, terms: Terms | None = None
) -> None:
    """A due instant that the source gives wins over the policy."""
    if given is None:
        case.promise(kind, at, recorded_at, terms=terms)
    else:
        case.start(kind, at, given, recorded_at, is_given=True)


def _refuse(case: Case, act: Act, recorded_at: datetime) -> None:
    outcomes.close(case, ClosedAs.INELIGIBLE, act.occurred_at, recorded_at)


def _notify(case: Case, act: Act, recorded_at: datetime) -> None:
    case.notified_at = act.occurred_at
    case.seller = SellerFacts(act.seller_tier or "", act.seller_country or "", act.seller_away or ())
    if case.state is State.AWAITING_SELLER:
        case.ball = Ball.SELLER
    outcomes.keep(case, ClockKind.NOTIFY, act.occurred_at, recorded_at)
    if not act.has_no_clock:
        terms = policy(case.policy_version).first_answer(case.reason, case.seller.tier)
        _promise(case, ClockKind.SELLER_RESPONSE, act.occurred_at, act.due_at, recorded_at, terms)
        talks.move_cap(case)


def _respond(case: Case, act: Act, recorded_at: datetime) -> None:
    assert act.party is not None and act.move is not None
    talks.answer(case, act, recorded_at)
    if act.move is PartyAct.ACCEPT:
        offer = talks.accepted_offer(case, act)
        assert offer is not None
        if offer.lane is Party.PLATFORM:
            offer.accepted_by = (*offer.accepted_by, act.party)
            if len(offer.accepted_by) < len(talks.MOVES):
                return
        offer.ended = "accepted"
        outcomes.agree(case, offer, act.occurred_at, recorded_at, is_over=bool(act.has_no_clock))


def _recode(case: Case, act: Act, recorded_at: datetime) -> None:
    assert act.reason is not None
    case.reason, case.needs_triage = act.reason, False
    outcomes.void(case, act.occurred_at)


def _withdraw(case: Case, act: Act, recorded_at: datetime) -> None:
    outcomes.withdraw(case, act.occurred_at, recorded_at)


def _escalate(case: Case, act: Act, recorded_at: datetime) -> None:
    talks.leave(case, act.occurred_at, recorded_at)
    case.state, case.ball, case.escalated_at = State.IN_REVIEW, Ball.PLATFORM, act.occurred_at
    case.assignees = [case.assignee] if case.assignee else []
    case.promise(ClockKind.REVIEW, act.occurred_at, recorded_at)
    if not act.has_no_first_touch:
        case.promise(ClockKind.FIRST_TOUCH, act.occurred_at, recorded_at)
        if case.assignee:
            outcomes.keep(case, ClockKind.FIRST_TOUCH, act.occurred_at, recorded_at)


def _auto_escalate(case: Case, act: Act, recorded_at: datetime) -> None:
    case.miss(talks.OF_PARTIES, act.occurred_at)
    _escalate(case, act, recorded_at)


def _give(case: Case, act: Act, recorded_at: datetime) -> None:
    """Whoever has had a case since before its escalation was there at once."""
    assert act.login is not None
    touch = case.running(ClockKind.FIRST_TOUCH)
    if touch is not None:
        touch.stop(max(act.occurred_at, touch.started_at), recorded_at)
    case.assignee = act.login
    if act.login not in case.assignees:
        case.assignees.append(act.login)


def _release(case: Case, act: Act, recorded_at: datetime) -> None:
    case.assignee = ""


def _decide(case: Case, act: Act, recorded_at: datetime) -> None:
    assert act.outcome is not None
    at, is_over = act.occurred_at, bool(act.has_no_clock)
    if act.is_agreement:
        outcomes.settle(case, act.outcome, act.amount_minor or 0, act.payer, at, recorded_at, is_over=is_over)
        return
    ruling = _proposed(case, act)
    if act.needs_second_person:
        _await_second(case, at, recorded_at)
    else:
        outcomes.rule(case, ruling, at, recorded_at, is_over=is_over)


def _rule(case: Case, act: Act, recorded_at: datetime) -> None:
    """On an appeal. Another ruling always waits for a second person; the first one stands until that has signed."""
    assert act.result is not None
    if act.result in REPLACES_RULING:
        _proposed(case, act)
        _await_second(case, act.occurred_at, recorded_at)
        return
    ruling = _proposed(case, replace(act, outcome=case.outcome, amount_minor=case.refund_minor, payer=case.payer))
    ruling.standing, ruling.issued_at = act.result.value, act.occurred_at
    appeals.answer(case, act.result, act.occurred_at)
    outcomes.keep_promises(case, act.occurred_at, recorded_at)
    holds.unhold(case, act.occurred_at)
    case.state, case.ball, case.ended_at = State.RESOLVED, Ball.NONE, act.occurred_at


def _proposed(case: Case, act: Act) -> Ruling:
    assert act.outcome is not None
    ruling = Ruling(
        number=len(case.rulings) + 1,
        outcome=act.outcome,
        refund_minor=act.amount_minor or 0,
        payer=act.payer,
        findings=act.findings or (),
        maker=act.by,
        proposed_at=act.occurred_at,
        hash=act.hash or "",
        result=act.result,
        grounds=act.grounds or "",
        freight=act.freight,
        lacking=act.lacking,
    )
    case.rulings.append(ruling)
    _involve(case, act.by, *case.assignees)
    return ruling


def _await_second(case: Case, at: datetime, recorded_at: datetime) -> None:
    case.state, case.ball = State.PENDING_APPROVAL, Ball.PLATFORM
    case.promise(ClockKind.APPROVAL, at, recorded_at)


def _involve(case: Case, *logins: str) -> None:
    case.involved += [login for login in dict.fromkeys(logins) if login and login not in case.involved]


def _approve(case: Case, act: Act, recorded_at: datetime) -> None:
    ruling = case.proposed_ruling()
    assert ruling is not None
    ruling.approver = act.by
    _involve(case, act.by)
    outcomes.keep(case, ClockKind.APPROVAL, act.occurred_at, recorded_at)
    outcomes.rule(case, ruling, act.occurred_at, recorded_at)


def _send_back(case: Case, act: Act, recorded_at: datetime) -> None:
    _involve(case, act.by)
    if act.cause is not None:
        case.miss((ClockKind.APPROVAL,), act.occurred_at)
    outcomes.keep(case, ClockKind.APPROVAL, act.occurred_at, recorded_at)
    if case.proposed_ruling() is None:  # a file can name the state and bring no ruling
        case.state, case.ball = State.IN_REVIEW, Ball.PLATFORM
    outcomes.void(case, act.occurred_at)


def _refund(case: Case, act: Act, recorded_at: datetime) -> None:
    assert act.refund is not None
    if act.refund is RefundState.INSTRUCTED:
        case.refunds.append(
            Refund(len(case.refunds) + 1, act.amount_minor or 0, RefundState.INSTRUCTED, act.occurred_at)
        )
        return
    refund = next(each for each in reversed(case.refunds) if each.state is RefundState.INSTRUCTED)
    refund.state, refund.settled_at = act.refund, act.occurred_at
    if act.refund is RefundState.FAILED:
        if case.state is not State.CLOSED:
            outcomes.promise_refund(case, act.occurred_at, recorded_at)
    elif case.due_minor <= 0:
        outcomes.keep(case, ClockKind.REFUND, act.occurred_at, recorded_at)


def _close(case: Case, act: Act, recorded_at: datetime) -> None:
    assert act.closed_as is not None
    if case.outcome is None:
        case.decided_at = act.occurred_at
    outcomes.close(case, act.closed_as, act.occurred_at, recorded_at)


def _ask(case: Case, act: Act, recorded_at: datetime) -> None:
    assert act.party is not None
    asking.ask(case, act.party, act.occurred_at, act.due_at, recorded_at)
    for kind in act.requested or ():
        evidence.request(case, act.party, kind, act, recorded_at)


def _ends_asking(ended_as: str) -> Effect:
    return lambda case, act, recorded_at: asking.end(case, ended_as, act.occurred_at, recorded_at)


def _propose(case: Case, act: Act, recorded_at: datetime) -> None:
    assert act.remedy is not None
    expires_at = act.occurred_at + policy(case.policy_version).offer_lives
    talks.add_offer(case, Party.PLATFORM, act.remedy, act.amount_minor or 0, act.occurred_at, expires_at=expires_at)


def _hold(case: Case, act: Act, recorded_at: datetime) -> None:
    assert act.hold is not None
    holds.hold(case, act.hold, act.occurred_at)


def _unhold(case: Case, act: Act, recorded_at: datetime) -> None:
    holds.unhold(case, act.occurred_at)


def _extend(case: Case, act: Act, recorded_at: datetime) -> None:
    assert act.clock is not None
    holds.extend(case, act.clock, timedelta(seconds=act.seconds or 0), act.occurred_at, recorded_at)


def _waive(case: Case, act: Act, recorded_at: datetime) -> None:
    assert act.clock is not None
    holds.waive(case, act.clock, act.occurred_at)


def _attach(case: Case, act: Act, recorded_at: datetime) -> None:
    """What a party hands in is a reply of theirs: it answers what was awaited, where an answer still counts."""
    evidence.submit(case, act, recorded_at)
    outcomes.void(case, act.occurred_at)
    if act.party in talks.MOVES and case.state in talks.HEARD:
        talks.answer(case, replace(act, move=PartyAct.REPLY), recorded_at)


def _review(case: Case, act: Act, recorded_at: datetime) -> None:
    evidence.review(case, act)
    outcomes.void(case, act.occurred_at)


def _reopen(case: Case, act: Act, recorded_at: datetime) -> None:
    outcomes.reopen(case, act.occurred_at, recorded_at)


def _merge(case: Case, act: Act, recorded_at: datetime) -> None:
    outcomes.merge(case, act.occurred_at, recorded_at)


def _take_in(case: Case, act: Act, recorded_at: datetime) -> None:
    if act.resolution_due_at is not None:
        outcomes.take_in(case, act.occurred_at, act.resolution_due_at, recorded_at)


def _chase(case: Case, act: Act, recorded_at: datetime) -> None:
    case.chasers += 1


def _watch(case: Case, act: Act, recorded_at: datetime) -> None:
    following.watch(case, act.by, act.occurred_at, is_done=bool(act.is_done))


def _remind(case: Case, act: Act, recorded_at: datetime) -> None:
    following.remind(case, act.by, None if act.is_done else act.due_at, act.occurred_at)


def _correct(case: Case, act: Act, recorded_at: datetime) -> None:
    """The wrong entry is left out where a case is replayed; what waits for approval rested on it."""
    outcomes.void(case, act.occurred_at)


def _nothing(case: Case, act: Act, recorded_at: datetime) -> None:
    """Automatic replies, internal notes and messages of ours start and stop nothing."""


EFFECTS: dict[Verb, Effect] = {
    Verb.OPEN: _open,
    Verb.REFUSE: _refuse,
    Verb.NOTIFY: _notify,
    Verb.RESPOND: _respond,
    Verb.RECODE: _recode,
    Verb.WITHDRAW: _withdraw,
    Verb.ESCALATE: _escalate,
    Verb.AUTO_ESCALATE: _auto_escalate,
    Verb.EXPIRE: talks.expire,
    Verb.CLAIM: _give,
    Verb.ASSIGN: _give,
    Verb.RELEASE: _release,
    Verb.DECIDE: _decide,
    Verb.APPROVE: _approve,
    Verb.SEND_BACK: _send_back,
    Verb.RETURN: returns.take,
    Verb.REFUND: _refund,
    Verb.APPEAL: appeals.file,
    Verb.RULE: _rule,
    Verb.CLOSE: _close,
    Verb.NOTE: _nothing,
    Verb.MESSAGE: _nothing,
    Verb.ATTACH: _attach,
    Verb.REVIEW: _review,
    Verb.PLACE: placing.place,
    Verb.ASK: _ask,
    Verb.CANCEL_ASK: _ends_asking("cancelled"),
    Verb.ANSWER: _ends_asking("answered"),
    Verb.LAPSE: asking.lapse,
    Verb.PROPOSE: _propose,
    Verb.HOLD: _hold,
    Verb.UNHOLD: _unhold,
    Verb.EXTEND: _extend,
    Verb.WAIVE: _waive,
    Verb.REOPEN: _reopen,
    Verb.MERGE: _merge,
    Verb.TAKE_IN: _take_in,
    Verb.CHASE: _chase,
    Verb.FLAG: flags.raise_flag,
    Verb.UNFLAG: flags.review,
    Verb.GOODWILL: goodwill.give,
    Verb.WATCH: _watch,
    Verb.REMIND: _remind,
    Verb.CORRECT: _correct,
    Verb.APPLY_POLICY: new_terms.apply,
}
