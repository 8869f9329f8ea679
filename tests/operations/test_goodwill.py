"""Goodwill is the platform's money beside any refund: given by a supervisor with a reason, in no sum of refunds."""

from __future__ import annotations

import pytest

from models.database import Location
from models.errors import Conflict, NotAllowed, Refused
from models.operations import correcting, deciding, goodwill, merging, refunding
from models.queries.case_file import case_file
from models.rules.approval import RulingDraft
from models.tables import Event
from models.vocabulary import Outcome, Payer, RefundState, State
from tests.operations.desk import ADA, ANNA, SUE, TOM, a_case, assert_replays, in_review, on_day, people, stored

FULL = RulingDraft(outcome=Outcome.FULL_REFUND, payer=Payer.SELLER, findings=("seller_silent",), note="No answer.")


@pytest.fixture(autouse=True)
def _people(store: Location) -> None:
    people()


def test_goodwill_is_beside_the_refund_and_never_in_it() -> None:
    case = in_review(amount_minor=5_000)
    with on_day(7):
        goodwill.give_goodwill(SUE, case=case, amount_minor=99_000, note="Two weeks without an answer of ours.")
        assert case_file(case).refundable.amount_minor == 5_000
        deciding.decide(ANNA, case=case, ruling=FULL)
        refunding.refund(ANNA, case=case, state=RefundState.INSTRUCTED)
        goodwill.settle_goodwill(SUE, case=case, state=RefundState.CONFIRMED, ref="GW-1")
        refunding.refund(ANNA, case=case, state=RefundState.CONFIRMED)
    row, file = stored(case), case_file(case)
    assert (row.refund_minor, row.confirmed_minor) == (5_000, 5_000)
    (extra,) = file.goodwill
    assert (extra.amount.amount_minor, extra.state, extra.ref, extra.given_by) == (99_000, "confirmed", "GW-1", "sue")
    assert [refund.amount.amount_minor for refund in file.refunds] == [5_000]
    assert "GW-1" not in "".join(event.body for event in Event.select())
    assert_replays(case)


def test_one_payment_at_a_time_so_that_nobody_is_paid_twice() -> None:
    case = a_case()
    with on_day(1):
        with pytest.raises(Refused) as refusal:
            goodwill.settle_goodwill(SUE, case=case, state=RefundState.CONFIRMED)
        assert refusal.value.rule == "no_instruction"
        goodwill.give_goodwill(SUE, case=case, amount_minor=500, note="n")
        with pytest.raises(Refused, match=r"5\.00 USD is already instructed as goodwill"):
            goodwill.give_goodwill(TOM, case=case, amount_minor=500, note="n")
        goodwill.settle_goodwill(SUE, case=case, state=RefundState.FAILED)
        goodwill.give_goodwill(SUE, case=case, amount_minor=500, note="the account is another")
    assert [each.state for each in case_file(case).goodwill] == ["failed", "instructed"]
    assert_replays(case)


@pytest.mark.parametrize(("amount", "note", "rule"), [(0, "n", "amount"), (None, "n", "amount"), (500, " ", "note")])
def test_goodwill_needs_an_amount_and_a_reason(amount: int | None, note: str, rule: str) -> None:
    case = a_case()
    with on_day(1), pytest.raises(Refused) as refusal:
        goodwill.give_goodwill(SUE, case=case, amount_minor=amount, note=note)
    assert refusal.value.rule == rule


def test_goodwill_is_a_supervisors() -> None:
    case = a_case()
    with on_day(1):
        for actor in (ANNA, ADA):
            with pytest.raises(NotAllowed, match="needs the role supervisor"):
                goodwill.give_goodwill(actor, case=case, amount_minor=500, note="n")


def test_a_case_that_is_over_can_have_goodwill_and_stays_over() -> None:
    case = a_case(state=State.CLOSED, outcome=Outcome.NO_REFUND)
    with on_day(1):
        change = goodwill.give_goodwill(SUE, case=case, amount_minor=500, note="n")
    assert (change.after.state, change.after.due_minor) == (State.CLOSED, 0)
    assert_replays(case)


def test_a_merged_case_has_none_and_what_was_seen_must_still_stand() -> None:
    case, into = a_case(), a_case(ref="D-2", order_ref="O-1")
    with on_day(1):
        merging.merge(ANNA, case=case, into=into)
        with pytest.raises(Refused) as refusal:
            goodwill.give_goodwill(SUE, case=case, amount_minor=500, note="n")
        assert refusal.value.rule == "merged"
        with pytest.raises(Conflict):
            goodwill.give_goodwill(SUE, case=into, amount_minor=500, note="n", seen_version=1)


def test_a_wrong_entry_of_goodwill_is_corrected() -> None:
    case = a_case()
    with on_day(1):
        seq = goodwill.give_goodwill(SUE, case=case, amount_minor=500, note="n").event_seq
        assert seq is not None
        correcting.correct(SUE, case=case, event=seq, note="another case was meant")
    assert case_file(case).goodwill == ()
    assert_replays(case)
