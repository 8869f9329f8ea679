"""A seller who never answers: escalation, a ruling above the line, and the second person who signs it."""

from __future__ import annotations

from pathlib import Path

from tests.stories.desk import Desk


def test_silent_seller_to_a_ruling_with_approval(bare_store_url: str, tmp_path: Path) -> None:
    desk = Desk(bare_store_url, tmp_path, amount="300.00")
    escalate = ("escalate", "C1", "--by", "buyer", "--cause", "seller_silent", "--note", "No answer.")
    desk.refused(4, *escalate, rule="can be escalated from 2024-03-09T09:00:00Z")
    assert (desk.views(4, "home"), desk.views(5.01, "home")) == (0, 1)
    desk.done(6, *escalate)
    desk.refused(6, "decide", "C1", "--outcome", "no_refund", rule="claim it first")
    desk.done(6, "claim", "C1")
    ruling = ("decide", "C1", "--outcome", "full_refund", "--payer", "seller", "--finding", "seller_silent", "--note")
    preview = desk.done(7, *ruling, "Nothing was said.", "--preview")
    assert "300.00 USD is at or above the high-value line" in preview
    waits = desk.done(7, *ruling, "Nothing was said.")
    first = waits.split("hash ")[1][:12]
    assert (desk.case(7)["state"], desk.views(7, "approvals")) == ("pending_approval", 1)
    desk.refused(7, "approve", "C1", "--hash", first, rule="role", status=4)
    desk.done(7, "send-back", "C1", "--note", "Was the parcel tracked?", login="tom")
    desk.refused(7, "approve", "C1", "--hash", first, rule="needs pending_approval", login="tom")
    waits = desk.done(7.1, *ruling, "Nothing was said, and no parcel was ever scanned.")
    second = waits.split("hash ")[1][:12]
    assert first != second
    desk.refused(7.2, "approve", "C1", "--hash", first, rule="read it again", login="sue")
    desk.done(7.2, "approve", "C1", "--hash", second, login="sue")
    case = desk.case(7.2)
    assert (case["state"], case["payer"], case["decision"]["approver"]) == ("resolved", "seller", "sue")
    assert [each["standing"] for each in case["decisions"]] == ["sent_back", "issued"]
    assert desk.clocks(7.2) == {
        "resolution": "met", "negotiation_cap": "met", "seller_response": "missed", "review": "met",
        "first_touch": "met", "approval": "met", "refund": "running", "appeal_window": "running",
    }  # fmt: skip
    desk.done(8, "refund", "C1", "instructed")
    desk.done(9, "refund", "C1", "confirmed", "--ref", "TX-1")
    desk.refused(20, "close", "C1", rule="can be appealed until")
    desk.refused(
        38,
        "appeal",
        "C1",
        "--by",
        "seller",
        "--ground",
        "facts_wrong",
        "--text",
        "I sent it.",
        rule="could be appealed",
    )
    desk.done(38, "close", "C1")
    (row,) = desk.report(39)
    assert (row["decided_by"], row["approved_by"], row["seller_late"]) == ("anna", "sue", True)
    desk.is_sound()
