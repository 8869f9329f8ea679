"""What a party must hear waits in the outbox exactly once, when it stands and not before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest

from models.database import Location
from models.errors import Conflict, NotFound, Refused
from models.operations import (
    appealing,
    asking,
    assigning,
    chasing,
    deciding,
    evidencing,
    moving,
    outbox,
    refunding,
    talking,
)
from models.queries.outbox import COLUMNS, waiting
from models.rules.approval import RulingDraft
from models.tables import Event
from models.vocabulary import (
    AppealGround,
    AppealResult,
    Audience,
    EvidenceKind,
    EvidenceState,
    Outcome,
    Party,
    PartyAct,
    Payer,
    RefundState,
    Remedy,
)
from tests.evidence.samples import png
from tests.operations.desk import (
    ANNA,
    BEN,
    SUE,
    TOM,
    a_case,
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
NONE = RulingDraft(outcome=Outcome.NO_REFUND, findings=("evidence_equal",), note="Both say the same.")
BACK = RulingDraft(outcome=Outcome.RETURN_AND_REFUND, payer=Payer.SELLER, findings=("defect_shown",), note="Broken.")
HIGH: dict[str, Any] = {"amount_minor": 30_000}
NAMES = [column.key for column in COLUMNS]


@pytest.fixture(autouse=True)
def _people(store: Location) -> None:
    people()


def letters() -> list[dict[str, Any]]:
    return [dict(zip(NAMES, row, strict=True)) for row in waiting()]


def kinds() -> list[tuple[str, str]]:
    return [(each["audience"], each["template"]) for each in letters()]


DECISION = [("buyer", "decision"), ("seller", "decision")]
RETURN = [("buyer", "return_to_buyer"), ("seller", "return_to_seller")]


def test_a_ruling_is_told_to_both_sides_in_whose_words_it_says() -> None:
    case = in_review(amount_minor=1_000)
    with on_day(7):
        deciding.preview_decision(ANNA, case=case, ruling=FULL)
        assert letters() == []
        deciding.decide(ANNA, case=case, ruling=replace(FULL, to_seller="Zahlen Sie bitte."))
        assert kinds() == DECISION
        buyer, seller = letters()
        assert (buyer["language"], seller["language"], seller["text"]) == ("en", "", "Zahlen Sie bitte.")
        assert "You receive 10.00 USD." in buyer["text"] and buyer["made_by"] == "anna"
        with pytest.raises(Conflict):
            deciding.decide(ANNA, case=case, ruling=FULL)
        assert kinds() == DECISION, "a retry writes nothing"


def test_what_waits_for_a_second_person_is_told_only_when_it_is_signed_and_as_it_was_signed() -> None:
    case = in_review(**HIGH)
    with on_day(7):
        deciding.decide(ANNA, case=case, ruling=replace(FULL, to_buyer="The first words."))
        assert letters() == []
        deciding.send_back(SUE, case=case, note="Say why.")
        assert letters() == []
        signed = deciding.decide(ANNA, case=case, ruling=replace(FULL, note="Silent.")).act.hash
        assert letters() == [] and signed is not None
        deciding.approve(SUE, case=case, hash=signed)
        assert kinds() == DECISION
        assert "first words" not in letters()[0]["text"] and letters()[0]["language"] == "en"
        with pytest.raises(Refused):
            deciding.approve(TOM, case=case, hash=signed)
        assert kinds() == DECISION
    assert_replays(case)


VOIDING: dict[str, Callable[[int], object]] = {
    "recoded": lambda case: moving.recode(BEN, case=case, reason="quality/failed_in_use", note="n"),
    "withdrawn": lambda case: moving.withdraw(BEN, case=case, note="n"),
    "sent back": lambda case: deciding.send_back(SUE, case=case, note="n"),
    "new evidence": lambda case: evidencing.attach(
        BEN, case=case, party=Party.BUYER, kind=EvidenceKind.PHOTO_ITEM, source=BytesIO(png())
    ),
    "evidence judged": lambda case: evidencing.review(
        BEN, case=case, number=1, verdict=EvidenceState.REJECTED, note="n"
    ),
}
"""What changes claim, evidence, offers or the decision while it waits."""


@pytest.mark.parametrize("change", VOIDING)
def test_a_proposal_that_is_void_is_never_signed_and_never_told(change: str) -> None:
    case = in_review(reason="quality/poor_quality", **HIGH)
    with on_day(7):
        evidencing.attach(BEN, case=case, party=Party.SELLER, kind=EvidenceKind.PRE_SHIP_PHOTO, source=BytesIO(png()))
        hash = deciding.decide(ANNA, case=case, ruling=FULL).act.hash or ""
        VOIDING[change](case)
        with pytest.raises(Refused):
            deciding.approve(SUE, case=case, hash=hash)
        assert letters() == []
    assert stored(case).outcome in (None, "withdrawn")
    assert_replays(case)


def test_notes_and_messages_void_nothing() -> None:
    case = in_review(**HIGH)
    with on_day(7):
        hash = deciding.decide(ANNA, case=case, ruling=FULL).act.hash or ""
        talking.note(BEN, case=case, text="n")
        talking.message(BEN, case=case, audience=Audience.BUYER, text="We are nearly done.")
        deciding.approve(SUE, case=case, hash=hash)
    assert stored(case).outcome == "full_refund"


@pytest.mark.parametrize("result", AppealResult)
def test_a_ruling_on_an_appeal_is_told_once_and_another_ruling_only_when_it_is_signed(result: AppealResult) -> None:
    case = in_review(amount_minor=1_000)
    with on_day(7):
        deciding.decide(ANNA, case=case, ruling=FULL)
        outbox.mark_sent(ANNA, numbers=[each["id"] for each in letters()])
        appealing.appeal(ANNA, case=case, party=Party.SELLER, ground=AppealGround.FACTS_WRONG, text="It was sent.")
        assert letters() == []
    replaces = result in (AppealResult.VARIED, AppealResult.REVERSED)
    with on_day(8):
        assigning.claim(SUE, case=case)
        ruling = NONE if replaces else RulingDraft(note="The carrier's scan shows it.")
        hash = appealing.rule(SUE, case=case, result=result, ruling=ruling).act.hash
        if replaces:
            assert letters() == []
            deciding.approve(TOM, case=case, hash=hash or "")
        assert kinds() == DECISION
        said = letters()[0]["text"]
        assert said.startswith("We have heard the appeal") and letters()[0]["language"] == "en"
        assert ("No refund is due." in said) is replaces
    assert_replays(case)


def test_goods_that_a_ruling_sends_back_come_with_instructions_for_both() -> None:
    case = in_review(amount_minor=5_000, reason="quality/poor_quality")
    with on_day(7):
        waits = deciding.decide(ANNA, case=case, ruling=replace(BACK, freight=Party.PLATFORM))
        assert letters() == [], "the platform pays for the way back, so a second person signs"
        deciding.approve(SUE, case=case, hash=waits.act.hash or "")
        assert kinds() == [*DECISION, *RETURN]
    statement, _, to_buyer, to_seller = (each["text"] for each in letters())
    assert "The platform pays for sending them back." in statement
    assert "by 2026-03-19 09:00 UTC" in to_buyer and "You receive 50.00 USD" in to_buyer
    assert "The platform pays for sending them back." in to_seller and "within 5 days" in to_seller
    assert_replays(case)


def test_goods_that_an_agreement_sends_back_too_and_other_agreements_send_nothing() -> None:
    case, other = a_case(reason="quality/poor_quality"), a_case(ref="D-2", order_ref="O-2")
    with on_day(1):
        for each, remedy in ((case, Remedy.RETURN_AND_REFUND), (other, Remedy.FULL_REFUND)):
            talking.respond(ANNA, case=each, party=Party.SELLER, move=PartyAct.OFFER, remedy=remedy)
            talking.respond(ANNA, case=each, party=Party.BUYER, move=PartyAct.ACCEPT)
    assert (stored(case).state, stored(other).state) == ("awaiting_return", "resolved")
    assert kinds() == RETURN
    assert "The seller pays for sending them back." in letters()[0]["text"]


def test_freight_is_only_of_goods_that_go_back() -> None:
    case = in_review(amount_minor=1_000)
    with on_day(7), pytest.raises(Refused) as refusal:
        deciding.decide(ANNA, case=case, ruling=replace(FULL, freight=Party.BUYER))
    assert refusal.value.rule == "freight"


def test_asking_and_proposing_are_told_in_the_words_of_their_templates() -> None:
    case = in_review(amount_minor=1_000)
    with on_day(7):
        asking.ask(ANNA, case=case, party=Party.BUYER, items=["a photo of the label", "the box"])
        asking.cancel_ask(ANNA, case=case)
        asking.propose(ANNA, case=case, remedy=Remedy.PARTIAL_REFUND, amount_minor=400)
        asking.propose(ANNA, case=case, remedy=Remedy.PARTIAL_REFUND, amount_minor=500, text="Half for each.")
    assert kinds() == [("buyer", "asked"), ("buyer", "proposed"), ("seller", "proposed"), ("buyer", ""), ("seller", "")]
    asked, proposed, *_ = (each["text"] for each in letters())
    assert "by 2026-03-12 09:00 UTC:\na photo of the label\nthe box" in asked
    assert "partial refund, 4.00 USD" in proposed and "by 2026-03-12 09:00 UTC" in proposed


def test_each_chaser_is_one_letter_and_a_refused_act_none() -> None:
    case = a_case()
    with on_day(6):
        chasing.chase(ANNA, case=case)
        assert kinds() == [("seller", "answer_is_late")]
        with pytest.raises(Refused):
            moving.notify(ANNA, case=case)
        with pytest.raises(NotFound):
            chasing.chase(ANNA, case=999)
        assert len(letters()) == 1


def test_who_says_again_that_it_was_sent_is_told_so_and_nothing_is_written() -> None:
    case = a_case()
    with on_day(6):
        for _ in range(3):
            chasing.chase(ANNA, case=case)
        first, second, third = (each["id"] for each in letters())
        assert outbox.mark_sent(ANNA, numbers=[first, second]) == (first, second)
        before = Event.select().count()
        assert outbox.mark_sent(ANNA, numbers=[first, second]) == ()
        assert Event.select().count() == before
        assert outbox.mark_sent(ANNA, numbers=[second, third]) == (third,)
        with pytest.raises(Conflict, match="marked as sent by anna"):
            outbox.mark_sent(BEN, numbers=[first])
        assert letters() == []


def test_a_refund_of_another_case_of_the_order_voids_what_waits() -> None:
    case = in_review(**HIGH, paid_minor=90_000)
    with on_day(6):
        take(told(ref="D-2", reason="payment/wrong_amount", amount_minor=1_000, paid_minor=90_000))
        other = dispute_id("D-2")
        moving.escalate(BEN, case=other, party=Party.BUYER, cause="seller_silent", note="n")
        assigning.claim(BEN, case=other)
    with on_day(7):
        hash = deciding.decide(ANNA, case=case, ruling=NONE).act.hash or ""
        deciding.decide(BEN, case=other, ruling=FULL)
        refunding.refund(BEN, case=other, state=RefundState.INSTRUCTED)
        refunding.refund(BEN, case=other, state=RefundState.CONFIRMED)
        outbox.mark_sent(ANNA, numbers=[each["id"] for each in letters()])
        with pytest.raises(Refused, match=r"10\.00 USD is refunded in other cases now") as refusal:
            deciding.approve(SUE, case=case, hash=hash)
        assert refusal.value.rule == "changed" and letters() == []
        deciding.send_back(SUE, case=case, note="10.00 was refunded elsewhere.")
        hash = deciding.decide(ANNA, case=case, ruling=NONE).act.hash or ""
        deciding.approve(SUE, case=case, hash=hash)
    assert stored(case).outcome == "no_refund" and kinds() == DECISION
