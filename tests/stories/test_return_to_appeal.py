"""A return gone wrong: agreed, sent, another thing in the box; ruled on, appealed, heard by others, and changed."""

from __future__ import annotations

from pathlib import Path

from tests.stories.desk import Desk


def test_return_gone_wrong_to_appeal(bare_store_url: str, tmp_path: Path) -> None:
    desk = Desk(bare_store_url, tmp_path, reason="quality/defective_on_arrival", remedy="return_and_refund")
    desk.done(1, "respond", "C1", "--by", "seller", "--with", "accept")
    assert (desk.case(1)["state"], desk.case(1)["ball"]) == ("awaiting_return", "buyer")
    assert desk.clocks(1)["return_ship"] == "running"
    desk.done(5, "return", "C1", "shipped", "--note", "RX 123", "--occurred-at", "2024-03-08T12:00:00Z")
    assert desk.case(5)["ball"] == "seller"
    desk.refused(5, "return", "C1", "shipped", rule="too late")
    desk.done(9, "return", "C1", "delivered")
    assert desk.clocks(9)["return_confirm"] == "running"
    desk.done(10, "return", "C1", "different", "--note", "An old phone was in the box.")
    case = desk.case(10)
    assert (case["state"], case["outcome"], case["next_clock"]) == ("in_review", None, "review")

    desk.done(10, "claim", "C1")
    (tmp_path / "label.txt").write_text("Serial number 7, packed on 1 March.")
    desk.done(10, "attach", "C1", str(tmp_path / "label.txt"), "--kind", "pre_ship_photo", "--by", "seller")
    ruling = ("--outcome", "no_refund", "--finding", "return_not_received", "--note")
    desk.done(11, "decide", "C1", *ruling, "The serial number is another.")
    assert desk.views(11, "appeals") == 0
    appeal = ("appeal", "C1", "--by", "buyer", "--ground", "facts_wrong", "--text")
    desk.refused(
        12, *appeal[:3], "platform", *appeal[4:], "The number was copied wrongly.", rule="buyer's or the seller's"
    )
    desk.done(12, *appeal, "The number was copied wrongly.")
    desk.refused(12, *appeal, "Again.", rule="in_appeal")
    assert (desk.views(12, "appeals"), desk.clocks(12)["appeal_review"]) == (1, "running")
    case = desk.case(12)
    assert case["as_decided"]["decision"] == 1
    assert [event["verb"] for event in case["as_decided"]["new_events"]] == ["appeal"]
    page = desk.done(12, "show", "C1", login="sue")
    assert page.index("As it was known when decision 1 was made") < page.index("New since then")

    upheld = ("rule", "C1", "--result", "upheld", "--note", "As decided.")
    desk.refused(13, *upheld, rule="role", status=4)
    desk.refused(13, *upheld, rule="claim it first", login="sue")
    desk.done(13, "claim", "C1", login="sue")
    other = (
        "rule", "C1", "--result", "reversed", "--outcome", "full_refund", "--payer", "seller",
        "--finding", "defect_shown", "return_received", "--note", "The photo of the label shows the right number.",
    )  # fmt: skip
    preview = desk.done(14, *other, "--preview", login="sue")
    assert "the difference is 100.00 USD" in preview and "An appeal is reversed." in preview
    waits = desk.done(14, *other, login="sue")
    code = waits.split("hash ")[1][:12]
    desk.refused(14, "approve", "C1", "--hash", code, rule="cannot approve", login="sue")
    assert desk.report(14)[0]["outcome"] == "no_refund"
    desk.done(15, "approve", "C1", "--hash", code, login="tom")
    case = desk.case(15)
    assert (case["state"], case["outcome"], case["as_decided"]) == ("resolved", "full_refund", None)
    assert [(each["standing"], each["result"]) for each in case["decisions"]] == [
        ("replaced", ""), ("issued", "reversed"),
    ]  # fmt: skip
    desk.done(16, "refund", "C1", "instructed")
    desk.done(16, "refund", "C1", "confirmed")

    desk.done(17, *appeal[:3], "seller", *appeal[4:], "I paid for a phone that I do not have.")
    desk.refused(17, "claim", "C1", rule="role", login="ada", status=4)
    desk.done(18, "claim", "C1", login="tom")
    desk.refused(18, *upheld, rule="cannot hear", login="tom")
    desk.done(18, "release", "C1", login="tom")
    desk.done(18, "claim", "C1", login="kim")
    desk.done(18, *upheld, login="kim")
    assert [(each["party"], each["result"]) for each in desk.case(18)["appeals"]] == [
        ("buyer", "reversed"), ("seller", "upheld"),
    ]  # fmt: skip
    desk.done(19, "close", "C1")
    (row,) = desk.report(20)
    assert (row["outcome"], row["decided_by"], row["approved_by"]) == ("full_refund", "sue", "tom")
    desk.is_sound()
