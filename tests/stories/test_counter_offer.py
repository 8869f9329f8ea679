"""The parties agree: a request, an offer, a counter-offer, and the version that both accept."""

from __future__ import annotations

from pathlib import Path

from tests.stories.desk import Desk


def test_agreement_by_counter_offer(bare_store_url: str, tmp_path: Path) -> None:
    desk = Desk(bare_store_url, tmp_path, reason="not_as_described/spec_mismatch")
    assert desk.case(0)["state"] == "awaiting_seller"
    offer = ("respond", "C1", "--by", "seller", "--with", "offer", "--remedy", "partial_refund", "--amount")
    desk.done(1, *offer, "20.00", "--text", "It is the same model.")
    assert desk.case(1)["ball"] == "buyer"
    request = ("respond", "C1", "--by", "buyer", "--with", "request", "--remedy", "partial_refund", "--amount")
    desk.done(2, *request, "60.00", "--text", "It lacks half of what was promised.")
    assert desk.case(2)["ball"] == "seller"
    desk.done(3, *offer, "45.00")
    desk.refused(3, "respond", "C1", "--by", "buyer", "--with", "accept", "--offer", "2", rule="45.00 USD")
    desk.refused(3, "refund", "C1", "instructed", rule="state")
    desk.done(4, "respond", "C1", "--by", "buyer", "--with", "accept")
    case = desk.case(4)
    assert (case["state"], case["outcome"], case["refund"]) == (
        "resolved", "partial_refund", {"amount": "45.00", "currency": "USD"},
    )  # fmt: skip
    assert [each["standing"] for each in case["offers"]] == ["superseded", "superseded", "live", "accepted"]
    assert desk.clocks(4) == {
        "resolution": "met", "negotiation_cap": "met", "seller_response": "met", "buyer_reply": "met",
        "refund": "running",
    }  # fmt: skip
    desk.refused(5, "close", "C1", rule="still due")
    desk.refused(5, "appeal", "C1", "--by", "buyer", "--ground", "facts_wrong", "--text", "More.", rule="ruling")
    desk.done(5, "refund", "C1", "instructed", "--ref", "P-1", login="ben")
    desk.refused(5, "refund", "C1", "instructed", rule="already instructed", login="ben")
    desk.done(6, "refund", "C1", "failed", login="ben")
    desk.done(6, "refund", "C1", "instructed", "--ref", "P-2", login="ben")
    assert desk.views(6, "refunds") == 1
    desk.done(7, "refund", "C1", "confirmed", login="ben")
    assert (desk.views(7, "refunds"), desk.clocks(7)["refund"]) == (0, "met")
    desk.done(7, "close", "C1")
    (row,) = desk.report(8)
    assert (row["outcome"], row["decided_by"], row["refund_amount"]["amount"]) == ("partial_refund", None, "45.00")
    assert desk.case(8)["closed_as"] == "agreed"
    desk.is_sound()
