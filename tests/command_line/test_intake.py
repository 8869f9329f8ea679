"""Opening a case by command: what is refused, by which rule, and what is left behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command_line.run import Disputes

CLAIM = (
    "open", "--reason", "not_received/lost", "--remedy", "full_refund", "--amount", "9.00",
    "--expected", "cotton", "--actual", "wool", "--tried", "wrote",
)  # fmt: skip

PNG = b"\x89PNG\r\n\x1a\n" + bytes(16)


@pytest.mark.parametrize(
    ("words", "status", "parts"),
    [
        ((*CLAIM, "--order", "O-99"), 1, ("refused (order_known)", "O-99")),
        ((*CLAIM, "--order", "O-1"), 1, ("refused (no_live_case)", "C1")),
        ((*CLAIM, "--order", "O-8", "--remedy", "refund"), 1, ("refused (remedy)", "full_refund")),
        ((*CLAIM, "--order", "O-8", "--reason", "quality/bad"), 1, ("refused (reason)",)),
        ((*CLAIM, "--order", "O-8", "--amount", "12.51"), 1, ("refused (amount)", "12.50 USD")),
        (CLAIM, 2, ("--order",)),
        ((*CLAIM, "--order", "O-8", "--reason", "quality/poor_quality"), 1, ("refused (evidence)", "photo_item")),
        ((*CLAIM, "--order", "O-8", "--evidence", "photo_item"), 2, ("photo_item=cup.jpg",)),
        ((*CLAIM, "--order", "O-8", "--evidence", "photo_item=/nowhere.png"), 2, ("/nowhere.png",)),
        ((*CLAIM, "--order", "O-8", "--line", "2"), 2, ("no line 2",)),
        ((*CLAIM, "--order", "O-8", "--line", "two"), 2, ("'two'",)),
        ((*CLAIM, "--order", "O-1", "--override", "no_live_case", "--note", "n"), 4, ("supervisor",)),
        (("draft", "submit", "9"), 2, ("no draft 9",)),
        (("draft", "submit", "C1"), 1, ("refused (state)",)),
        (("refuse", "C1", "--rule", "protection", "--note", "n"), 1, ("refused (state)",)),
        (("outbox", "sent", "7"), 2, ("no text 7",)),
        (("message", "C1", "--to", "seller", "--template", "answer_is_lat"), 2, ("answer_is_late",)),
        (("message", "C1", "--to", "buyer", "--template", "answer_is_late"), 1, ("refused (audience)",)),
        (("message", "C1", "--to", "buyer"), 2, ("--template",)),
        (("party", "b1", "warn", "--note", "n"), 4, ("supervisor",)),
        (("party", "b1", "warn"), 2, ("--note",)),
        (("party", "b1", "suspend", "--note", "n"), 2, ("--until",)),
        (("party", "b9"), 2, ("b9",)),
        (("respond", "C3", "--by", "buyer", "--with", "accept", "--automatic"), 2, ("--with reply",)),
    ],
)
def test_what_cannot_be_done_says_why(
    disputes: Disputes, words: tuple[str, ...], status: int, parts: tuple[str, ...]
) -> None:
    disputes(*words, login="anna").refused(status, *parts)


def test_a_supervisor_overrides_and_a_text_is_sent_once(disputes: Disputes) -> None:
    words = (*CLAIM, "--order", "O-1", "--override", "no_live_case", "--note", "another item")
    ended = disputes(*words, login="sue")
    assert ended.status == 0 and "opened against no_live_case" in ended.out
    waits = disputes("outbox", "--format", "jsonl").rows
    assert [(row["audience"], row["party"], row["state"]) for row in waits] == [
        ("seller", "s1", "waiting"), ("buyer", "b1", "waiting"),
    ]  # fmt: skip
    assert disputes("outbox", "sent", str(waits[0]["id"])).status == 0
    assert len(disputes("outbox", "--format", "jsonl").rows) == 1
    disputes("outbox", "sent", str(waits[0]["id"]), login="anna").refused(5, "sue")


def test_evidence_comes_in_with_the_case(disputes: Disputes, tmp_path: Path) -> None:
    path = tmp_path / "cup.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(16))
    words = (*CLAIM, "--order", "O-8", "--reason", "quality/poor_quality", "--evidence", f"photo_item={path}")
    code = disputes(*words).out.partition(":")[0]
    (piece,) = disputes("show", code, "--format", "json").object["evidence"]
    assert (piece["lane"], piece["kind"], piece["title"]) == ("buyer", "photo_item", "cup.png")


def test_a_preview_asks_the_rules_about_a_file_and_keeps_nothing(
    disputes: Disputes, desk: Path, tmp_path: Path
) -> None:
    path = tmp_path / "cup.png"
    path.write_bytes(PNG)
    shows = ("--evidence", f"photo_item={path}")
    words = (*CLAIM, "--order", "O-8", "--reason", "quality/poor_quality")
    assert "FAIL  evidence" in disputes(*words, "--preview").out
    ended = disputes(*words, *shows, "--preview")
    assert "pass  evidence" in ended.out and ended.out.endswith("Nothing was written.\n")
    disputes("open", "--order", "O-8", *shows).refused(2, "--reason")
    assert not desk.with_name("desk.db.files").exists()


def test_an_override_of_missing_evidence_is_named_with_the_case_and_what_is_there_comes_in(
    disputes: Disputes, tmp_path: Path
) -> None:
    path = tmp_path / "cup.png"
    path.write_bytes(PNG)
    words = (*CLAIM, "--order", "O-8", "--reason", "damaged/item_damaged", "--evidence", f"photo_item={path}")
    disputes(*words).refused(1, "refused (evidence)", "photo_package")
    ended = disputes(*words, "--override", "evidence", "--note", "The parcel was thrown away.", login="sue")
    assert ended.status == 0 and "opened against evidence" in ended.out
    shown = disputes("show", ended.out.partition(":")[0], "--format", "json").object
    assert [piece["kind"] for piece in shown["evidence"]] == ["photo_item"]
    assert shown["sufficiency"][0]["missing"] == ["photo_package"]


def test_a_draft_is_shown_given_files_and_submitted(disputes: Disputes, tmp_path: Path) -> None:
    (tmp_path / "cup \x1b[31m.png").write_bytes(PNG)
    (tmp_path / "list.txt").write_text("one cup")
    kept = disputes(*CLAIM, "--order", "O-8", "--reason", "quality/poor_quality", "--draft").out.split()[1]
    disputes("draft", "attach", kept, str(tmp_path / "list.txt"), "--kind", "other")
    ended = disputes("draft", "attach", kept, str(tmp_path / "cup \x1b[31m.png"), "--kind", "photo_item")
    assert ended.status == 0 and "pass  evidence" in ended.out
    assert "piece 2   photo_item, png 1 kB  cup ␛[31m.png" in ended.out
    assert disputes("draft", "detach", kept, "1").status == 0
    shown = disputes("draft", "show", kept).out
    assert "list.txt" not in shown and "piece 1   photo_item" in shown and "expected  cotton" in shown
    disputes("draft", "show", kept, login="ben").refused(2, f"no draft {kept}")
    disputes("draft", "detach", kept, "2").refused(1, "refused (evidence)")
    disputes("draft", "attach", "C1", "x", "--kind", "other").refused(2, "draft list")
    code = disputes("draft", "submit", kept).out.partition(":")[0]
    (piece,) = disputes("show", code, "--format", "json").object["evidence"]
    assert piece["kind"] == "photo_item"


def test_a_case_of_the_desk_reads_back_as_it_was_claimed(disputes: Disputes) -> None:
    code = disputes(*CLAIM, "--order", "shop:O-8").out.partition(":")[0]
    shown = disputes("show", code, "--format", "json").object
    assert (shown["amount"], shown["order"], shown["source"]) == (
        {"amount": "9.00", "currency": "USD"}, "O-8", "desk",
    )  # fmt: skip
    assert shown["claim"]["text"] == "Expected: cotton\nReceived: wool\nTried with the seller: wrote"
    assert {clock["kind"] for clock in shown["clocks"]} == {
        "resolution", "negotiation_cap", "notify", "seller_response",
    }  # fmt: skip
    record = disputes("party", "b1", "--format", "json").object
    assert record["facts"][0] == {"fact": "opened", "days": 90, "count": 10, "of": 10, "label": "cases opened"}
