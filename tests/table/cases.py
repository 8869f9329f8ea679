"""A case in each state, as it comes there, and the few that a row asks for in particular."""

from __future__ import annotations

from functools import partial
from typing import Any

from models.operations import appealing, assigning, deciding, moving, opening, policies, refunding
from models.operations.change import Change
from models.rules.act import Verb
from models.rules.approval import RulingDraft
from models.vocabulary import UNSPECIFIED, AppealGround, Outcome, Party, RefundState, State
from tests.operations.desk import ANNA, SUE, day, dispute_id, on_day, people, stored, take, told
from tests.operations.paths import PATHS, Step
from tests.rules.policies import changed

NOW = 16.0
"""The day on which everything is tried: each promise is broken by then, and a ruling can still be appealed."""


def _refunds(state: RefundState, case: int) -> Change:
    return refunding.refund(ANNA, case=case, state=state)


def _begins(case: int) -> Change:
    return opening.submit_case(ANNA, case=case)


def _withdraws(case: int) -> Change:
    return moving.withdraw(ANNA, case=case, note="n")


def _sue_decides_nothing(case: int) -> Change:
    assigning.assign(SUE, case=case, login="sue", note="n")
    ruling = RulingDraft(Outcome.NO_REFUND, findings=("evidence_equal",), note="n")
    return deciding.decide(SUE, case=case, ruling=ruling)


def _no_evidence_needed(case: int) -> Change:
    return moving.recode(ANNA, case=case, reason="payment/wrong_amount", note="n")


def _appeals(case: int) -> Change:
    return appealing.appeal(ANNA, case=case, party=Party.BUYER, ground=AppealGround.FACTS_WRONG, text="no")


INSTRUCTED: Step = (0, partial(_refunds, RefundState.INSTRUCTED))
STANDS: dict[str, tuple[State, tuple[Step, ...]]] = {
    "draft": (State.DRAFT, ()),
    "opened": (State.AWAITING_SELLER, ()),
    "negotiation": (State.NEGOTIATION, PATHS["negotiation"]),
    "review": (State.IN_REVIEW, PATHS["review"]),
    "asked": (State.AWAITING_PARTY, PATHS["asked"]),
    "approval": (State.PENDING_APPROVAL, PATHS["approval"]),
    "return": (State.AWAITING_RETURN, PATHS["return"]),
    "agreed": (State.RESOLVED, PATHS["agreed"]),
    "appeal": (State.IN_APPEAL, PATHS["appeal of a refund"]),
    "closed": (State.CLOSED, PATHS["closed"]),
    "not told": (State.AWAITING_SELLER, ((0, _begins),)),
    "settled": (State.RESOLVED, (*PATHS["agreed"], INSTRUCTED, (0, partial(_refunds, RefundState.CONFIRMED)))),
    "ruled": (State.RESOLVED, PATHS["ruled"]),
    "ruled elsewhere": (State.CLOSED, ()),
    "untriaged": (State.IN_REVIEW, PATHS["review"]),
    "nothing given": (State.PENDING_APPROVAL, (*PATHS["review"], (1, _sue_decides_nothing))),
    "appeal from sue": (
        State.IN_APPEAL,
        (*PATHS["review"], (0, _no_evidence_needed), (1, _sue_decides_nothing), (0, _appeals)),
    ),
    "paid and withdrawn": (State.CLOSED, (*PATHS["appeal of a refund"], INSTRUCTED, (0, _withdraws))),
}
"""By name, the state and how the case came there; the first of a state is its usual one."""
AT_HAND: dict[tuple[Verb, State], str] = {
    (Verb.NOTIFY, State.AWAITING_SELLER): "not told",
    (Verb.APPEAL, State.RESOLVED): "ruled",
    (Verb.APPEAL, State.CLOSED): "ruled elsewhere",
    (Verb.CLOSE, State.RESOLVED): "settled",
    (Verb.REFUND, State.CLOSED): "paid and withdrawn",
}
"""Where an action asks more of a case than to stand in the state."""
TOLD: dict[str, dict[str, Any]] = {
    "untriaged": {"reason": UNSPECIFIED, "needs_triage": True},
    "draft": {"state": State.DRAFT},
    "not told": {"state": State.DRAFT},
    "ruled elsewhere": {"outcome": Outcome.NO_REFUND, "decided_at": day(5), "decided_by": "Old Desk"},
}
"""What the file tells of a case beyond that it was opened."""


def usual(state: State) -> str:
    return next(name for name, (stands, _) in STANDS.items() if stands is state)


def stand(verb: Verb, state: State) -> str:
    """The case on which the action is tried in the state."""
    return AT_HAND.get((verb, state), usual(state))


def make() -> dict[str, int]:
    """The people, another policy, a case for each name, and beside each another one of its order."""
    people()
    with on_day(0):
        policies.edit(SUE, text=changed(('review = "5d"', 'review = "6d"')))
    ids = {}
    for number, (name, (state, path)) in enumerate(STANDS.items()):
        order = {"order_ref": f"O-{number}", "buyer_ref": f"b-{number}", "seller_ref": f"s-{number}"}
        with on_day(6 if name == "ruled elsewhere" else 0):
            take(told(ref=name, **order, **TOLD.get(name, {})), told(ref=other(name), **order))
        ids[name], ids[other(name)] = dispute_id(name), dispute_id(other(name))
        now = 0.0
        for days, step in path:
            now += days
            with on_day(now):
                step(ids[name])
        assert stored(ids[name]).state == state, name
    return ids


def other(name: str) -> str:
    """The case beside it."""
    return f"beside {name}"
