"""What a worker can be told to do, each as one operation; the answer names what is now in the store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import count

from models import clock
from models.actor import Actor
from models.operations import (
    agents,
    appealing,
    assigning,
    deciding,
    drafts,
    merging,
    moving,
    opening,
    refunding,
    sweeping,
    talking,
)  # fmt: skip
from models.rules.approval import RulingDraft
from models.rules.intake import Intake
from models.tables import Agent, Decision, Dispute
from models.vocabulary import AppealGround, Outcome, Party, PartyAct, Payer, RefundState, Role
from tests.operations.desk import ANNA, SUE, day, take, told

RULING = RulingDraft(outcome=Outcome.FULL_REFUND, payer=Payer.SELLER, findings=("seller_silent",), note="no answer")
_numbers = count(1)


def _actor(login: str) -> Actor:
    return replace(SUE if login in ("sue", "tom") else ANNA, login=login, session=login)


def _claim(login: str, case: int) -> str:
    return f"event {assigning.claim(_actor(login), case=case).event_seq}"


def _decide(login: str, case: int) -> str:
    return f"event {deciding.decide(_actor(login), case=case, ruling=RULING).event_seq}"


def _note(login: str, case: int) -> str:
    return f"event {talking.note(_actor(login), case=case, text='a look').event_seq}"


def _offer(login: str, case: int) -> str:
    change = talking.respond(
        _actor(login), case=case, party=Party.SELLER, move=PartyAct.OFFER, amount_minor=5_000, text="half"
    )
    return f"event {change.event_seq}"


def _refund(login: str, case: int) -> str:
    return f"event {refunding.refund(_actor(login), case=case, state=RefundState.INSTRUCTED, ref='P').event_seq}"


def _import(login: str, case: int) -> str:
    """Three new cases with everything that a row can bring, and one that is known."""
    refs = [f"{login}-{case}-{next(_numbers)}" for _ in range(3)]
    new = [
        told(
            ref=ref, order_ref=f"O-{ref}", buyer_ref=f"b-{ref}", seller_ref=f"s-{ref}", buyer_email="b@example.org",
            responded_at=day(2), response=PartyAct.OFFER, outcome=Outcome.NO_REFUND, decided_at=day(3), decided_by="X",
            decision_note="n", assignee="anna",
        )
        for ref in refs
    ]  # fmt: skip
    take(*new, actor=_actor(login))
    return f"cases {' '.join(refs)}"


def _update(login: str, case: int) -> str:
    """A later row about a case that stands open."""
    dispute = Dispute.get_by_id(case)
    ref, order_ref = dispute.ref, dispute.order.ref
    take(
        told(ref=ref, order_ref=order_ref, outcome=Outcome.FULL_REFUND, decided_at=day(6), decided_by="X"),
        actor=_actor(login),
    )
    return f"outcome {ref}"


def _recode(login: str, case: int) -> str:
    return f"event {moving.recode(_actor(login), case=case, reason='quality/poor_quality', note='n').event_seq}"


def _escalate(login: str, case: int) -> str:
    change = moving.escalate(_actor(login), case=case, party=Party.BUYER, cause="seller_silent", note="n")
    return f"event {change.event_seq}"


def _withdraw(login: str, case: int) -> str:
    return f"event {moving.withdraw(_actor(login), case=case, note='n').event_seq}"


def _add_agent(login: str, case: int) -> str:
    name = f"new{Agent.select().count()}"
    agents.add(_actor(login), login=name, name=name, role=Role.AGENT)
    return f"agent {name}"


def _draft(login: str, case: int) -> str:
    drafts.save_draft(_actor(login), place=f"note:C{case}", fields={"text": "half a sentence"})
    return "draft"


def _open(login: str, order: int) -> str:
    """A claim on the first line of an order."""
    claim = Intake(
        order=f"O-{order}", reason="payment/wrong_amount", remedy="full_refund", amount="10.00", lines=(1,),
        expected="a cup", actual="two bills", tried="wrote on Monday",
    )  # fmt: skip
    return f"case {opening.open_case(_actor(login), intake=claim).dispute_id}"


def _approve(login: str, case: int) -> str:
    """The last ruling, whether or not it still waits: somebody else may just have signed it."""
    read = Decision.select().where(Decision.dispute == case).order_by(Decision.number.desc()).get()
    return f"event {deciding.approve(_actor(login), case=case, hash=read.hash).event_seq}"


def _send_back(login: str, case: int) -> str:
    return f"event {deciding.send_back(_actor(login), case=case, note='look again').event_seq}"


def _accept(login: str, case: int) -> str:
    change = talking.respond(_actor(login), case=case, party=Party.BUYER, move=PartyAct.ACCEPT)
    return f"event {change.event_seq}"


def _appeal(login: str, case: int) -> str:
    ground = AppealGround.FACTS_WRONG
    change = appealing.appeal(_actor(login), case=case, party=Party.SELLER, ground=ground, text="no")
    return f"event {change.event_seq}"


def _merge(login: str, case: int) -> str:
    """Into the other case of its order."""
    order = Dispute.get_by_id(case).order
    other = Dispute.get((Dispute.order == order) & (Dispute.id != case))
    return f"event {merging.merge(_actor(login), case=case, into=other.id).event_seq}"


def _sweep(login: str, case: int) -> str:
    """All that is due on the 60th day; each step is said when it is done."""
    with clock.stands_at(day(60)):
        done = [f"{step.case} {step.what}" for step in sweeping.sweep(_actor(login)) if not step.failed]
    return f"steps {'; '.join(done)}"


def _on_day_seven(work: Callable[[str, int], str], login: str, case: int) -> str:
    with clock.stands_at(day(7)):
        return work(login, case)


WORK: dict[str, Callable[[str, int], str]] = {
    name: partial(_on_day_seven, work)
    for name, work in {
        "claim": _claim,
        "decide": _decide,
        "note": _note,
        "offer": _offer,
        "refund": _refund,
        "import": _import,
        "update": _update,
        "recode": _recode,
        "escalate": _escalate,
        "withdraw": _withdraw,
        "add agent": _add_agent,
        "draft": _draft,
        "open": _open,
        "approve": _approve,
        "send back": _send_back,
        "accept": _accept,
        "appeal": _appeal,
        "merge": _merge,
    }.items()
} | {"sweep": _sweep}
