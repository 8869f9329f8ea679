"""Each row of the table as it is done in earnest: by which operation, and what has to be so before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any

from models.actor import SWEEP, Actor
from models.operations import (
    appealing,
    asking,
    assigning,
    chasing,
    correcting,
    deciding,
    evidencing,
    following,
    goodwill,
    holding,
    merging,
    moving,
    opening,
    parties,
    policies,
    refunding,
    returning,
    talking,
)
from models.operations.change import carry_out
from models.queries.history import case_from_events
from models.rules import duties
from models.rules.act import Act, Verb
from models.rules.approval import RulingDraft
from models.tables import Decision, Dispute, Event
from models.vocabulary import (
    AppealGround,
    AppealResult,
    Audience,
    ClockKind,
    EvidenceKind,
    EvidenceState,
    Hold,
    Outcome,
    Party,
    PartyAct,
    RefundState,
    Remedy,
    ReturnStep,
    Role,
    State,
)
from tests.evidence.samples import png
from tests.operations.desk import ANNA, SUE, day, on_day
from tests.table.cases import NOW

Do = Callable[[Actor, int], object]
RULING = RulingDraft(Outcome.NO_REFUND, findings=("evidence_equal",), note="n")


def nothing(actor: Actor, case: int) -> None:
    """It is as it should be."""


@dataclass(frozen=True, slots=True)
class Deed:
    do: Do
    before: Do = nothing
    """What makes it possible, where the state alone does not."""


def _holds(actor: Actor, case: int) -> None:
    assigning.assign(SUE, case=case, login=actor.login, note="n")


def _is_free(actor: Actor, case: int) -> None:
    held: Any = Dispute.get_by_id(case).assignee
    if held is not None:
        assigning.release(SUE, case=case, note="n")


def _respond(actor: Actor, case: int) -> object:
    return talking.respond(
        actor, case=case, party=Party.SELLER, move=PartyAct.OFFER, amount_minor=3_000, remedy=Remedy.PARTIAL_REFUND
    )


def _request(actor: Actor, case: int) -> object:
    return talking.respond(
        actor, case=case, party=Party.BUYER, move=PartyAct.REQUEST, amount_minor=5_000, remedy=Remedy.PARTIAL_REFUND
    )


def _requested_long_ago(actor: Actor, case: int) -> None:
    with on_day(NOW - 6):
        _request(ANNA, case)


def _escalate(actor: Actor, case: int) -> object:
    return moving.escalate(actor, case=case, party=Party.BUYER, cause="seller_silent", note="n")


def _approve(actor: Actor, case: int) -> object:
    waits = Decision.get_or_none((Decision.dispute == case) & (Decision.standing == "proposed"))
    return deciding.approve(actor, case=case, hash=waits.hash if waits else "0123456789ab")


def _refund(actor: Actor, case: int) -> object:
    is_underway = case_from_events(case).underway_minor
    state = RefundState.CONFIRMED if is_underway else RefundState.INSTRUCTED
    return refunding.refund(actor, case=case, state=state)


def _appeal(actor: Actor, case: int) -> object:
    return appealing.appeal(actor, case=case, party=Party.SELLER, ground=AppealGround.FACTS_WRONG, text="no")


def _rule(actor: Actor, case: int) -> object:
    return appealing.rule(actor, case=case, result=AppealResult.UPHELD, ruling=RulingDraft(note="n"))


def _attach(actor: Actor, case: int) -> object:
    kind = EvidenceKind.PHOTO_ITEM
    return evidencing.attach(actor, case=case, party=Party.BUYER, kind=kind, source=BytesIO(png()))


def _review(actor: Actor, case: int) -> object:
    number = len(case_from_events(case).evidence) or 1
    return evidencing.review(actor, case=case, number=number, verdict=EvidenceState.ACCEPTED, note="n")


def _shown(actor: Actor, case: int) -> None:
    with on_day(6):
        _attach(ANNA, case)


def _running(case: int) -> ClockKind:
    running = [clock.kind for clock in case_from_events(case).clocks if clock.is_running]
    return running[0] if running else ClockKind.RESOLUTION


def _extend(actor: Actor, case: int) -> object:
    return holding.extend(actor, case=case, kind=_running(case), by=timedelta(days=100), note="n")


def beside(case: int) -> int:
    """The other case of the order."""
    order = Dispute.get_by_id(case).order
    other: Any = Dispute.get((Dispute.order == order) & (Dispute.id != case))
    return int(other.id)


def _take_in(actor: Actor, case: int) -> object:
    return merging.merge(actor, case=beside(case), into=case)


def _asked_again(actor: Actor, case: int) -> None:
    """Of the seller, who had answered."""
    if Dispute.get_by_id(case).state == State.NEGOTIATION:
        _request(ANNA, case)


def _correct(actor: Actor, case: int) -> object:
    last: Any = Event.select().where(Event.dispute == case).order_by(Event.seq.desc()).first()
    return correcting.correct(actor, case=case, event=last.seq, note="n")


def _of_time(verb: Verb) -> Do:
    """What is nobody's to do."""
    return lambda actor, case: carry_out(actor, case, Act(verb=verb, occurred_at=day(NOW)))


DEEDS: dict[Verb, Deed] = {
    Verb.OPEN: Deed(lambda actor, case: opening.submit_case(actor, case=case)),
    Verb.REFUSE: Deed(lambda actor, case: opening.refuse_case(actor, case=case, rule="protection", note="n")),
    Verb.NOTIFY: Deed(lambda actor, case: moving.notify(actor, case=case)),
    Verb.RESPOND: Deed(_respond),
    Verb.RECODE: Deed(lambda actor, case: moving.recode(actor, case=case, reason="quality/poor_quality", note="n")),
    Verb.WITHDRAW: Deed(lambda actor, case: moving.withdraw(actor, case=case, note="n")),
    Verb.ESCALATE: Deed(_escalate),
    Verb.CLAIM: Deed(lambda actor, case: assigning.claim(actor, case=case), _is_free),
    Verb.RELEASE: Deed(lambda actor, case: assigning.release(actor, case=case), _holds),
    Verb.ASSIGN: Deed(lambda actor, case: assigning.assign(actor, case=case, login="ben", note="n")),
    Verb.DECIDE: Deed(lambda actor, case: deciding.decide(actor, case=case, ruling=RULING), _holds),
    Verb.APPROVE: Deed(_approve),
    Verb.SEND_BACK: Deed(lambda actor, case: deciding.send_back(actor, case=case, note="n")),
    Verb.RETURN: Deed(lambda actor, case: returning.record_return(actor, case=case, step=ReturnStep.SHIPPED)),
    Verb.REFUND: Deed(_refund),
    Verb.APPEAL: Deed(_appeal),
    Verb.RULE: Deed(_rule, _holds),
    Verb.CLOSE: Deed(lambda actor, case: moving.close(actor, case=case)),
    Verb.NOTE: Deed(lambda actor, case: talking.note(actor, case=case, text="n")),
    Verb.MESSAGE: Deed(lambda actor, case: talking.message(actor, case=case, audience=Audience.BOTH, text="n")),
    Verb.ASK: Deed(lambda actor, case: asking.ask(actor, case=case, party=Party.BUYER, items=["a list"]), _holds),
    Verb.CANCEL_ASK: Deed(lambda actor, case: asking.cancel_ask(actor, case=case), _holds),
    Verb.ANSWER: Deed(lambda actor, case: asking.answer(actor, case=case, party=Party.SELLER, text="here")),
    Verb.PROPOSE: Deed(lambda actor, case: asking.propose(actor, case=case, amount_minor=4_000), _holds),
    Verb.HOLD: Deed(lambda actor, case: holding.hold(actor, case=case, why=Hold.LEGAL, note="n")),
    Verb.UNHOLD: Deed(
        lambda actor, case: holding.unhold(actor, case=case),
        lambda actor, case: holding.hold(SUE, case=case, why=Hold.LEGAL, note="n"),
    ),
    Verb.EXTEND: Deed(_extend),
    Verb.WAIVE: Deed(lambda actor, case: holding.waive(actor, case=case, kind=_running(case), note="n")),
    Verb.ATTACH: Deed(_attach),
    Verb.REVIEW: Deed(_review, _shown),
    Verb.REOPEN: Deed(lambda actor, case: moving.reopen(actor, case=case, note="n")),
    Verb.MERGE: Deed(lambda actor, case: merging.merge(actor, case=case, into=beside(case))),
    Verb.TAKE_IN: Deed(_take_in),
    Verb.CHASE: Deed(lambda actor, case: chasing.chase(actor, case=case), _asked_again),
    Verb.FLAG: Deed(lambda actor, case: following.flag(actor, case=case, party=Party.BUYER, note="n")),
    Verb.UNFLAG: Deed(
        lambda actor, case: parties.unflag(actor, case=case, party=Party.BUYER, note="n"),
        lambda actor, case: following.flag(ANNA, case=case, party=Party.BUYER, note="n"),
    ),
    Verb.GOODWILL: Deed(lambda actor, case: goodwill.give_goodwill(actor, case=case, amount_minor=500, note="n")),
    Verb.WATCH: Deed(lambda actor, case: following.watch(actor, case=case)),
    Verb.REMIND: Deed(lambda actor, case: following.remind(actor, case=case, on=day(30), note="n")),
    Verb.APPLY_POLICY: Deed(lambda actor, case: policies.apply_to(actor, case=case, version=2)),
    Verb.CORRECT: Deed(_correct, lambda actor, case: talking.note(actor, case=case, text="wrong")),
    Verb.AUTO_ESCALATE: Deed(
        lambda actor, case: carry_out(actor, case, Act(verb=Verb.AUTO_ESCALATE, occurred_at=day(NOW)))
    ),
    Verb.EXPIRE: Deed(_of_time(Verb.EXPIRE), _requested_long_ago),
    Verb.LAPSE: Deed(_of_time(Verb.LAPSE)),
}
"""What people do; what time does, `by_time` takes from the list of its duties."""


def by_time(verb: Verb, case: int) -> object:
    """The sweep's own act of this verb, as it is due in the case; one of no date where none is."""
    known = case_from_events(case)
    acts = (
        duties.act_of(known, duties.Due(at, duty)) for duty in duties.DUTIES if (at := duty.due_at(known)) is not None
    )
    act = next((act for act in acts if act.verb is verb), Act(verb=verb, occurred_at=day(NOW)))
    return carry_out(SWEEP, case, act)


def done(verb: Verb, role: Role, case: int, actor: Actor) -> object:
    return by_time(verb, case) if role is Role.SWEEP else DEEDS[verb].do(actor, case)


GOES_TO: dict[Verb, State] = {
    Verb.OPEN: State.AWAITING_SELLER,
    Verb.REFUSE: State.CLOSED,
    Verb.WITHDRAW: State.CLOSED,
    Verb.ESCALATE: State.IN_REVIEW,
    Verb.AUTO_ESCALATE: State.IN_REVIEW,
    Verb.DECIDE: State.PENDING_APPROVAL,
    Verb.APPROVE: State.RESOLVED,
    Verb.SEND_BACK: State.IN_REVIEW,
    Verb.APPEAL: State.IN_APPEAL,
    Verb.RULE: State.RESOLVED,
    Verb.CLOSE: State.CLOSED,
    Verb.ASK: State.AWAITING_PARTY,
    Verb.CANCEL_ASK: State.IN_REVIEW,
    Verb.ANSWER: State.IN_REVIEW,
    Verb.LAPSE: State.IN_REVIEW,
    Verb.REOPEN: State.IN_REVIEW,
    Verb.MERGE: State.CLOSED,
}
"""Where a case is after it; elsewhere it stays."""
ELSEWHERE: dict[tuple[Verb, State], State] = {
    (Verb.RESPOND, State.AWAITING_SELLER): State.NEGOTIATION,
    (Verb.RESPOND, State.AWAITING_PARTY): State.IN_REVIEW,
    (Verb.ATTACH, State.PENDING_APPROVAL): State.IN_REVIEW,
    (Verb.REVIEW, State.PENDING_APPROVAL): State.IN_REVIEW,
    (Verb.RECODE, State.PENDING_APPROVAL): State.IN_REVIEW,
    (Verb.CORRECT, State.PENDING_APPROVAL): State.IN_REVIEW,
}
"""The asked party has answered, and what waits for a second person falls with what it rests on."""
BY_TIME_TO: dict[Verb, State] = {Verb.RETURN: State.IN_REVIEW}


def becomes(verb: Verb, state: State, role: Role) -> State:
    if role is Role.SWEEP and verb in BY_TIME_TO:
        return BY_TIME_TO[verb]
    return ELSEWHERE.get((verb, state), GOES_TO.get(verb, state))


NEVER: dict[tuple[Verb, State], str] = {
    (Verb.MERGE, State.AWAITING_RETURN): "outcome",
    (Verb.MERGE, State.IN_APPEAL): "outcome",
    (Verb.TAKE_IN, State.AWAITING_RETURN): "outcome",
    (Verb.TAKE_IN, State.IN_APPEAL): "outcome",
    (Verb.EXTEND, State.CLOSED): "clock",
    (Verb.WAIVE, State.CLOSED): "clock",
}
"""Where the row names a state in which one of its guards always refuses, by that rule: the reason is the better one."""
