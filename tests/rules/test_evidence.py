"""What each side must show, what is missing by name, and what becomes of pieces."""

from __future__ import annotations

from typing import Any

import pytest

from models.errors import Refused
from models.rules import approval, evidence
from models.rules.act import Verb
from models.rules.approval import RulingDraft
from models.vocabulary import (
    REASON_CODES,
    ClockKind,
    EvidenceKind,
    EvidenceState,
    FileType,
    Outcome,
    Party,
    PartyAct,
    Payer,
    State,
)  # fmt: skip
from tests.rules.story import SUE, Story, day, in_review

GOODS = {"photo_item|video_item"}
SHOWN_BY_SELLER = {"listing_snapshot|pre_ship_photo"}
BUYER = {
    "not_received/marked_delivered": {"non_delivery_statement"},
    "not_received/customs_held": {"customs_notice"},
    **{f"not_as_described/{sub}": GOODS | {"listing_snapshot"} for sub in (
        "wrong_item", "spec_mismatch", "missing_quantity", "missing_parts", "empty_package", "counterfeit",
    )},
    **{f"quality/{sub}": GOODS for sub in ("defective_on_arrival", "failed_in_use", "poor_quality")},
    **{f"damaged/{sub}": GOODS | {"photo_package"} for sub in ("package_damaged", "item_damaged")},
    **{f"credit_not_processed/{sub}": {"chat_screenshot|return_tracking"} for sub in (
        "promised_refund", "return_not_refunded",
    )},
}  # fmt: skip
SELLER = {
    **{code: {"tracking_proof"} for code in REASON_CODES if code.startswith("not_received/")},
    **{code: SHOWN_BY_SELLER for code in REASON_CODES if code.startswith(("not_as_described/", "quality/"))},
    **{code: {"shipment_proof|pre_ship_photo"} for code in REASON_CODES if code.startswith("damaged/")},
    "not_received/marked_delivered": {"tracking_proof", "delivery_proof"},
    "not_as_described/missing_quantity": SHOWN_BY_SELLER | {"shipment_proof"},
}
"""Written a second time on purpose: from the description of the domain, not from the policy's file."""


def shows(story: Story, party: Party, kind: EvidenceKind, at: float = 1, **facts: Any) -> Story:
    given: dict[str, Any] = {"file_digest": f"{party} {kind}", "file_type": FileType.JPG, "size_bytes": 1_000}
    return story.do(Verb.ATTACH, day(at), party=party, evidence_kind=kind, **{**given, **facts})


def missing(story: Story, side: Party) -> set[str]:
    return set(evidence.sufficiency(story.case, side).names)


@pytest.mark.parametrize("reason", REASON_CODES)
def test_what_is_missing_of_an_empty_case_is_what_the_matrix_asks_for(reason: str) -> None:
    story = Story(reason=reason)
    assert missing(story, Party.BUYER) == BUYER.get(reason, set())
    assert missing(story, Party.SELLER) == SELLER.get(reason, set())
    assert not missing(story, Party.PLATFORM)


@pytest.mark.parametrize(
    ("amount", "currency", "is_needed"),
    [(20_000, "USD", False), (20_001, "USD", True), (1, "SEK", True), (30_001, "JPY", True), (30_000, "JPY", False)],
)
def test_a_counterfeit_above_the_line_of_its_currency_needs_an_expert(
    amount: int, currency: str, is_needed: bool
) -> None:
    story = Story(reason="not_as_described/counterfeit", amount_minor=amount, currency=currency)
    assert ("expert_letter" in missing(story, Party.BUYER)) is is_needed
    assert "expert_letter" not in missing(Story(amount_minor=amount, currency=currency), Party.BUYER)


def test_a_seller_who_says_that_they_have_paid_proves_it() -> None:
    story = Story(reason="credit_not_processed/promised_refund")
    assert not missing(story, Party.SELLER)
    story.seller(PartyAct.REJECT, day(1))
    assert missing(story, Party.SELLER) == {"refund_proof"}
    shows(story, Party.SELLER, EvidenceKind.REFUND_PROOF)
    assert not missing(story, Party.SELLER)


def test_either_kind_will_do_and_only_in_the_sides_own_lane() -> None:
    story = Story(reason="quality/poor_quality")
    shows(story, Party.SELLER, EvidenceKind.VIDEO_ITEM)
    shows(story, Party.PLATFORM, EvidenceKind.PHOTO_ITEM)
    assert missing(story, Party.BUYER) == GOODS
    shows(story, Party.BUYER, EvidenceKind.VIDEO_ITEM)
    assert not missing(story, Party.BUYER)


def test_a_rejected_piece_no_longer_counts_and_an_accepted_one_does() -> None:
    story = shows(Story(reason="quality/poor_quality"), Party.BUYER, EvidenceKind.PHOTO_ITEM)
    story.do(Verb.REVIEW, day(2), evidence_number=1, verdict=EvidenceState.REJECTED, note=True)
    assert missing(story, Party.BUYER) == GOODS
    story.do(Verb.REVIEW, day(2), evidence_number=1, verdict=EvidenceState.ACCEPTED, note=True)
    assert not missing(story, Party.BUYER)


def test_a_piece_takes_the_place_of_an_older_one_of_the_same_side() -> None:
    story = shows(Story(), Party.BUYER, EvidenceKind.PHOTO_ITEM)
    shows(story, Party.BUYER, EvidenceKind.INVOICE, file_digest="other", evidence_number=1)
    assert [piece.state for piece in story.case.evidence] == ["superseded", "submitted"]
    assert missing(story, Party.BUYER) == GOODS | {"listing_snapshot"}
    for party, number in ((Party.BUYER, 1), (Party.SELLER, 2), (Party.BUYER, 9)):
        with pytest.raises(Refused) as refusal:
            shows(story, party, EvidenceKind.INVOICE, evidence_number=number)
        assert refusal.value.rule == "evidence"


def test_what_was_requested_is_filled_by_the_next_of_its_kind() -> None:
    story = Story()
    act, at = story.acts[0]
    evidence.request(story.case, Party.SELLER, EvidenceKind.INVOICE, act, at)
    shows(story, Party.BUYER, EvidenceKind.INVOICE)
    shows(story, Party.SELLER, EvidenceKind.INVOICE)
    assert [(piece.number, piece.lane, piece.state) for piece in story.case.evidence] == [
        (1, Party.SELLER, "submitted"), (2, Party.BUYER, "submitted"),
    ]  # fmt: skip
    assert story.case.evidence[0].file_digest == "seller invoice"


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"size_bytes": 10_000_001}, "file_size"),
        ({"size_bytes": 0}, "file_size"),
        ({"file_type": None}, "file_type"),
        ({"captured_at": day(2)}, "captured_at"),
    ],
)
def test_a_file_keeps_the_limits(facts: dict[str, Any], rule: str) -> None:
    with pytest.raises(Refused) as refusal:
        shows(Story(), Party.BUYER, EvidenceKind.PHOTO_ITEM, **facts)
    assert refusal.value.rule == rule


def test_a_side_keeps_its_limit_and_the_same_file_counts_once() -> None:
    story = Story()
    for number in range(5):
        shows(story, Party.BUYER, EvidenceKind.VIDEO_ITEM, file_digest=f"{number}", size_bytes=10_000_000)
    shows(story, Party.BUYER, EvidenceKind.OTHER, file_digest="4", size_bytes=10_000_000)
    with pytest.raises(Refused) as refusal:
        shows(story, Party.BUYER, EvidenceKind.OTHER, size_bytes=1)
    assert refusal.value.rule == "side_size" and "50 MB" in str(refusal.value)
    shows(story, Party.SELLER, EvidenceKind.OTHER, size_bytes=10_000_000)


def test_what_the_seller_shows_answers_and_what_we_add_does_not() -> None:
    story = shows(Story(), Party.PLATFORM, EvidenceKind.CARRIER_REPORT)
    assert story.case.state == "awaiting_seller" and story.clock(ClockKind.SELLER_RESPONSE).is_running
    shows(story, Party.SELLER, EvidenceKind.TRACKING_PROOF)
    assert story.case.state == "negotiation" and not story.clock(ClockKind.SELLER_RESPONSE).is_running
    assert story.case.responded_at == day(1)
    assert story.replayed() == story.case


@pytest.mark.parametrize("verb", [Verb.ATTACH, Verb.REVIEW])
def test_a_change_of_evidence_voids_what_waits(verb: Verb) -> None:
    story = shows(in_review(), Party.BUYER, EvidenceKind.PHOTO_ITEM, 6).decide(day(7), needs_second_person=True)
    if verb is Verb.ATTACH:
        shows(story, Party.SELLER, EvidenceKind.TRACKING_PROOF, 8)
    else:
        story.do(verb, day(8), evidence_number=1, verdict=EvidenceState.ACCEPTED, note=True)
    assert (story.case.state, story.case.rulings[0].standing) == (State.IN_REVIEW, "sent_back")
    with pytest.raises(Refused):
        story.do(Verb.APPROVE, day(8), actor=SUE, hash="01234567")


def test_the_hash_covers_the_evidence() -> None:
    draft, story = RulingDraft(outcome=Outcome.NO_REFUND, note="n"), in_review()
    hashes = [approval.decision_hash(1, story.case, draft, 0)]
    shows(story, Party.BUYER, EvidenceKind.PHOTO_ITEM, 6)
    hashes.append(approval.decision_hash(1, story.case, draft, 0))
    story.do(Verb.REVIEW, day(6), evidence_number=1, verdict=EvidenceState.REJECTED, note=True)
    hashes.append(approval.decision_hash(1, story.case, draft, 0))
    assert len(set(hashes)) == 3


def test_whoever_wins_needs_sufficient_evidence_or_two_people() -> None:
    story = Story(reason="quality/poor_quality", amount_minor=5_000)
    buyer_wins = (RulingDraft(outcome=Outcome.PARTIAL_REFUND, payer=Payer.SELLER), 1)
    seller_wins = (RulingDraft(outcome=Outcome.NO_REFUND), 0)
    (why,) = approval.triggers(story.case, *buyer_wins, 0)
    assert "missing photo_item or video_item" in why
    shows(story, Party.BUYER, EvidenceKind.PHOTO_ITEM)
    assert not approval.triggers(story.case, *buyer_wins, 0)
    (why,) = approval.triggers(story.case, *seller_wins, 0)
    assert "The seller wins" in why and "missing listing_snapshot or pre_ship_photo" in why
    shows(story, Party.SELLER, EvidenceKind.PRE_SHIP_PHOTO)
    assert not approval.triggers(story.case, *seller_wins, 0)


@pytest.mark.parametrize(
    ("lane", "kind", "captured", "is_older"),
    [
        ("buyer", "photo_item", 1, True), ("buyer", "photo_item", 3, False), ("buyer", "photo_item", None, False),
        ("buyer", "listing_snapshot", 1, False), ("seller", "photo_item", 1, False),
    ],
)  # fmt: skip
def test_received_goods_cannot_be_pictured_before_they_were_sent(
    lane: str, kind: str, captured: float | None, is_older: bool
) -> None:
    captured_at = None if captured is None else day(captured)
    assert evidence.is_older_than_shipment(lane, kind, captured_at, day(2)) is is_older
    assert not evidence.is_older_than_shipment(lane, kind, captured_at, None)
