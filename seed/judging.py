"""What a row of history may not say of itself; everything else a file tells is believed."""

from __future__ import annotations

from typing import Any

from models.errors import Refused
from models.rules import money
from models.vocabulary import State

_SHOWN = "%Y-%m-%d %H:%M:%SZ"
_OUTCOME_MAY_STAND = (State.RESOLVED, State.CLOSED, State.IN_APPEAL, State.AWAITING_RETURN)
"""In an appeal the first ruling stands, and a return is the way to an outcome that was agreed."""


class RowRefused(Refused):
    """A rule between columns of one row."""

    def __init__(self, column: str, rule: str, message: str) -> None:
        super().__init__(rule, message)
        self.column = column


def judge(case: dict[str, Any]) -> None:
    """`case` holds the fields of an `ImportedCase` as far as the row gave them. Raises RowRefused."""
    decided_at = case.get("decided_at")
    if decided_at is not None and decided_at < case["opened_at"]:
        message = f"It was decided {decided_at:{_SHOWN}}, before it was opened {case['opened_at']:{_SHOWN}}."
        raise RowRefused("decided_at", "decided_before_opened", message)
    refund = case.get("refund_minor")
    if refund is not None:
        _judge_refund(refund, case)
    state = case.get("state")
    if state is not None and case.get("outcome") is not None and state not in _OUTCOME_MAY_STAND:
        message = f"A case in {state} has no outcome yet; {case['outcome']} belongs to a resolved or closed one."
        raise RowRefused("outcome", "outcome_on_open_state", message)


def _judge_refund(refund: int, case: dict[str, Any]) -> None:
    currency = case["currency"]
    for limit, rule, what in (
        (case["amount_minor"], "refund_above_amount", "the disputed amount"),
        (case.get("paid_minor"), "refund_above_paid", "what was paid"),
    ):
        if limit is not None and refund > limit:
            written = f"{money.text(refund, currency)} {currency}", f"{money.text(limit, currency)}"
            raise RowRefused("refund_amount", rule, f"The refund of {written[0]} is more than {what}, {written[1]}.")
