"""Whichever statement of a write fails: everything of it is in the store, or nothing."""

from __future__ import annotations

from collections.abc import Callable

import peewee
import pytest

from models.database import Location
from models.errors import StoreUnavailable
from models.queries.audit import verify
from models.vocabulary import PartyAct, State
from tests.operations.desk import ANNA, a_case, assert_all_replay, in_review, on_day, people, stored, take, told
from tests.operations.faults import failing_at, snapshot
from tests.operations.work import WORK

MOST_STATEMENTS = 60
REFUSED = (StoreUnavailable, peewee.OperationalError)
"""By the operation, or before it, where the test itself looks something up."""
PREPARED: dict[str, Callable[[], int]] = {
    "claim": a_case,
    "note": a_case,
    "offer": a_case,
    "recode": a_case,
    "escalate": a_case,
    "withdraw": a_case,
    "decide": lambda: in_review(ANNA),
    "refund": lambda: _agreed(),
    "add agent": lambda: 0,
    "draft": lambda: 1,
}


def _agreed() -> int:
    return a_case(response=PartyAct.ACCEPT, responded_at=told().opened_at)


@pytest.mark.parametrize("verb", PREPARED)
def test_a_write_whose_nth_statement_fails_leaves_nothing(store: Location, verb: str) -> None:
    people()
    case = PREPARED[verb]()
    before = snapshot()
    for number in range(1, MOST_STATEMENTS):
        with failing_at(number) as plan:
            try:
                WORK[verb]("sue" if verb == "add agent" else "anna", case)
            except REFUSED:
                assert plan.has_failed
        if not plan.has_failed:
            break
        assert snapshot() == before, f"statement {number}"
    assert number > 3, "nothing was tried"
    assert not plan.has_failed, "the write never came through"
    assert snapshot() != before
    assert_all_replay()
    assert verify().first_bad_seq is None


@pytest.mark.parametrize("work", ["import", "update"])
def test_an_import_whose_nth_statement_fails_is_run_again_and_ends_alike(store: Location, work: str) -> None:
    """Chunks that were committed stay; a chunk is in the store as a whole or not at all."""
    people()
    case = a_case()
    for number in range(1, MOST_STATEMENTS):
        with failing_at(number) as plan:
            try:
                WORK[work]("sue", case)
            except REFUSED:
                assert plan.has_failed
        cases = assert_all_replay()
        assert verify().first_bad_seq is None
        assert (cases - 1) % 3 == 0, "some cases of a chunk without the others"
        if not plan.has_failed:
            break
    assert not plan.has_failed
    if work == "update":
        assert stored(case).state == State.CLOSED


def test_a_chunk_that_failed_takes_none_of_its_rows(store: Location) -> None:
    people()
    rows = [told(ref=f"D-{number}", order_ref=f"O-{number}") for number in range(5)]
    with on_day(1), failing_at(12) as plan, pytest.raises(StoreUnavailable):
        take(*rows)
    assert plan.has_failed
    assert assert_all_replay() == 0
    with on_day(1):
        assert take(*rows).created == 5
