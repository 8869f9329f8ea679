"""The statements that are built where an agent wrote none."""

from __future__ import annotations

from models.rules.approval import RulingDraft
from models.rules.letters import FOUND, letter
from models.vocabulary import Finding, Outcome, Party, Payer
from tests.rules.story import in_review

DRAFT = RulingDraft(outcome=Outcome.PARTIAL_REFUND, payer=Payer.SELLER, findings=("defect_shown", "seller_silent"))


def test_each_side_is_addressed_as_itself() -> None:
    case = in_review().case
    to_buyer = letter(case, DRAFT, 3_000, Party.BUYER, "C7")
    to_seller = letter(case, DRAFT, 3_000, Party.SELLER, "C7")
    assert "You receive 30.00 USD." in to_buyer and "your claim" in to_buyer
    assert "The buyer receives 30.00 USD." in to_seller and "the buyer's claim" in to_seller
    for text in (to_buyer, to_seller):
        assert "C7" in text
        assert "the defect is shown; the seller did not answer in time" in text
        assert "The seller pays." in text
        assert "30 days" in text


def test_without_a_refund_nobody_pays() -> None:
    text = letter(in_review().case, RulingDraft(outcome=Outcome.NO_REFUND), 0, Party.SELLER, "C7")
    assert "No refund is due." in text and "pays" not in text


def test_a_return_comes_before_its_money() -> None:
    draft = RulingDraft(outcome=Outcome.RETURN_AND_REFUND, payer=Payer.SELLER)
    assert "once the goods have come back" in letter(in_review().case, draft, 3_000, Party.BUYER, "C7")


def test_every_finding_has_words() -> None:
    assert set(FOUND) == set(Finding)
