"""The ways by which a case comes to each state that it can be in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from models.operations import appealing, asking, assigning, deciding, moving, returning, talking
from models.operations.change import Change
from models.rules.approval import RulingDraft
from models.vocabulary import AppealGround, Outcome, Party, PartyAct, Payer, Remedy, ReturnStep
from tests.operations.desk import ANNA

Step = tuple[float, Callable[[int], Change]]
"""After so many days, what is done to the case."""
FULL = RulingDraft(Outcome.FULL_REFUND, payer=Payer.SELLER, findings=("item_not_as_described",), note="n")
NOTHING = RulingDraft(Outcome.NO_REFUND, findings=("evidence_equal",), note="n")


def _offers(remedy: Remedy, case: int) -> Change:
    return talking.respond(ANNA, case=case, party=Party.SELLER, move=PartyAct.OFFER, remedy=remedy, amount_minor=4_000)


def _accepts(case: int) -> Change:
    return talking.respond(ANNA, case=case, party=Party.BUYER, move=PartyAct.ACCEPT)


def _escalates(case: int) -> Change:
    return moving.escalate(ANNA, case=case, party=Party.BUYER, cause="seller_silent", note="n")


def _claims(case: int) -> Change:
    return assigning.claim(ANNA, case=case)


def _recodes(case: int) -> Change:
    """To a reason that needs no evidence: what is ruled then needs no second person."""
    return moving.recode(ANNA, case=case, reason="payment/wrong_amount", note="n")


def _decides(ruling: RulingDraft, case: int) -> Change:
    return deciding.decide(ANNA, case=case, ruling=ruling)


def _asks(case: int) -> Change:
    return asking.ask(ANNA, case=case, party=Party.SELLER, items=["tracking proof"])


def _appeals(case: int) -> Change:
    return appealing.appeal(ANNA, case=case, party=Party.BUYER, ground=AppealGround.FACTS_WRONG, text="no")


def _delivers(case: int) -> Change:
    return returning.record_return(ANNA, case=case, step=ReturnStep.DELIVERED)


def _withdraws(case: int) -> Change:
    return moving.withdraw(ANNA, case=case, note="n")


REVIEW: tuple[Step, ...] = ((6, _escalates), (0, _claims))
RULED: tuple[Step, ...] = (*REVIEW, (0, _recodes), (1, partial(_decides, FULL)))
RETURN: tuple[Step, ...] = ((1, partial(_offers, Remedy.RETURN_AND_REFUND)), (0, _accepts))

PATHS: dict[str, tuple[Step, ...]] = {
    "draft": (),
    "opened": (),
    "negotiation": ((1, partial(_offers, Remedy.PARTIAL_REFUND)),),
    "review": REVIEW,
    "asked": (*REVIEW, (0, _asks)),
    "approval": (*REVIEW, (1, partial(_decides, FULL))),
    "ruled": RULED,
    "agreed": ((1, partial(_offers, Remedy.PARTIAL_REFUND)), (0, _accepts)),
    "return": RETURN,
    "delivered": (*RETURN, (3, _delivers)),
    "appeal": (*REVIEW, (0, _recodes), (1, partial(_decides, NOTHING)), (1, _appeals)),
    "appeal of a refund": (*RULED, (2, _appeals)),
    "closed": ((1, _withdraws),),
}
