"""Before each instruction the guard reads again what other cases of the order gave back; what does not fit stops."""

from __future__ import annotations

from typing import Any

import pytest

from models.database import Location
from models.errors import Refused
from models.operations import assigning, correcting, deciding, moving, refunding
from models.rules.approval import RulingDraft
from models.vocabulary import Outcome, Party, Payer, RefundState
from tests.operations.desk import (
    ANNA,
    BEN,
    SUE,
    assert_replays,
    dispute_id,
    in_review,
    on_day,
    people,
    stored,
    take,
    told,
)

FULL = RulingDraft(outcome=Outcome.FULL_REFUND, payer=Payer.SELLER, findings=("seller_silent",), note="No answer.")
MONEY: dict[str, Any] = {"amount_minor": 6_000, "paid_minor": 10_000, "reason": "payment/wrong_amount"}
INSTRUCTED, CONFIRMED, FAILED = RefundState


@pytest.fixture
def two(store: Location) -> tuple[int, int]:
    """Two cases of one order, each of 60.00 of the 100.00 that were paid, both ruled on before money moved."""
    people()
    first = in_review(**MONEY)
    with on_day(6):
        take(told(ref="D-2", **MONEY))
        second = dispute_id("D-2")
        moving.escalate(BEN, case=second, party=Party.BUYER, cause="seller_silent", note="n")
        assigning.claim(BEN, case=second)
    with on_day(7):
        deciding.decide(ANNA, case=first, ruling=FULL)
        deciding.decide(BEN, case=second, ruling=FULL)
    return first, second


def instruct(case: int) -> Any:
    return refunding.refund(ANNA, case=case, state=INSTRUCTED)


@pytest.mark.parametrize("state", ["instructed", "confirmed"])
def test_what_is_under_way_or_done_elsewhere_stops_an_instruction(two: tuple[int, int], state: str) -> None:
    first, second = two
    with on_day(8):
        instruct(first)
        if state == "confirmed":
            refunding.refund(ANNA, case=first, state=CONFIRMED)
        with pytest.raises(Refused, match=rf"60\.00 USD {state}.*correct the entry") as refusal:
            instruct(second)
        assert refusal.value.rule == "double_refund"
    assert stored(second).confirmed_minor == 0
    assert_replays(second)


def test_what_failed_elsewhere_or_was_corrected_lets_it_through(two: tuple[int, int]) -> None:
    first, second = two
    with on_day(8):
        instruct(first)
        refunding.refund(ANNA, case=first, state=FAILED)
        instruct(second)
        with pytest.raises(Refused):
            instruct(first)
        seq = refunding.refund(ANNA, case=second, state=CONFIRMED).event_seq
        with pytest.raises(Refused):
            instruct(first)
        assert seq is not None
        correcting.correct(SUE, case=second, event=seq, note="The bank meant another payment.")
        with pytest.raises(Refused, match="instructed"):
            instruct(first)
        refunding.refund(ANNA, case=second, state=FAILED)
        instruct(first)
        refunding.refund(ANNA, case=first, state=CONFIRMED)
    assert (stored(first).confirmed_minor, stored(second).confirmed_minor) == (6_000, 0)
    for case in two:
        assert_replays(case)
