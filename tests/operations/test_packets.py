"""Whose a case is to take out of the desk: the same for its packet as for its row in a report."""

from __future__ import annotations

import pytest

from models.database import Location
from models.errors import NotAllowed
from models.operations import assigning, auditing, deciding
from models.queries.reports import REPORTS, read
from models.rules.approval import RulingDraft
from models.vocabulary import Outcome, Payer
from tests.operations.desk import ADA, ANNA, BEN, SUE, in_review, on_day, people

FULL = RulingDraft(outcome=Outcome.FULL_REFUND, payer=Payer.SELLER, findings=("seller_silent",), note="No answer.")


@pytest.fixture
def case(store: Location) -> int:
    """Decided by anna, sent back by sue, decided by ben and approved."""
    people()
    number = in_review(amount_minor=30_000)
    with on_day(7):
        deciding.decide(ANNA, case=number, ruling=FULL)
        deciding.send_back(SUE, case=number, note="Say why.")
        assigning.release(ANNA, case=number)
        assigning.claim(BEN, case=number)
        ruling = deciding.decide(BEN, case=number, ruling=FULL).after.proposed_ruling()
        assert ruling is not None
        deciding.approve(SUE, case=number, hash=ruling.hash)
    return number


def test_a_proposal_that_was_sent_back_makes_no_case_ones_own(case: int) -> None:
    with on_day(8):
        for actor, is_theirs in ((ANNA, False), (BEN, True), (SUE, True), (ADA, True)):
            assert bool(list(read(REPORTS["decisions"], actor).rows)) is is_theirs, actor.login
            if is_theirs:
                assert auditing.packet(actor, case=case).dispute_id == case
            else:
                with pytest.raises(NotAllowed, match="neither assigned to anna nor"):
                    auditing.packet(actor, case=case)
