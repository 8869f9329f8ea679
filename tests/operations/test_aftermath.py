"""What follows an outcome, on a store: returns, appeals and what other cases gave; each step is told by its event."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest

from models.database import Location
from models.errors import Refused
from models.operations import appealing, assigning, deciding, evidencing, moving, refunding, returning, talking
from models.operations.change import Change
from models.queries.case_file import case_file
from models.queries.reports import DECISIONS, read
from models.rules.approval import RulingDraft
from models.tables import Appeal, Decision, Refund
from models.vocabulary import (
    AppealGround,
    AppealResult,
    EvidenceKind,
    Outcome,
    Party,
    PartyAct,
    Payer,
    RefundState,
    Remedy,
    ReturnStep,
)  # fmt: skip
from tests.evidence.samples import png
from tests.operations.desk import (
    ANNA,
    BEN,
    SUE,
    TOM,
    a_case,
    assert_replays,
    day,
    events,
    in_review,
    on_day,
    people,
    stored,
)  # fmt: skip
from tests.operations.worker import workers

NONE = RulingDraft(outcome=Outcome.NO_REFUND, findings=("defect_not_shown",), note="Nothing is shown.")
PART = RulingDraft(
    outcome=Outcome.PARTIAL_REFUND, payer=Payer.SELLER, findings=("defect_shown",), basis=("value_loss=30%",),
    note="The new photo shows it.",
)  # fmt: skip
NOTE = RulingDraft(note="Heard, and nothing is different.")


@pytest.fixture(autouse=True)
def _people(store: Location) -> None:
    people()


def does(days: float, change: Callable[[], Change], case: int) -> Change:
    before = events()
    with on_day(days):
        done = change()
    assert events() == before + 1
    assert_replays(case)
    return done


def refunds(case: int, *states: RefundState, days: float) -> None:
    for state in states:
        does(days, lambda state=state: refunding.refund(BEN, case=case, state=state), case)  # type: ignore[misc]


def show(case: int, days: float, lane: Party = Party.BUYER, kind: EvidenceKind = EvidenceKind.PHOTO_ITEM) -> None:
    """A piece of evidence, recorded then."""
    with on_day(days):
        evidencing.attach(BEN, case=case, party=lane, kind=kind, source=BytesIO(png()))


def appealed(draft: RulingDraft = NONE, party: Party = Party.BUYER) -> int:
    case = in_review()
    with on_day(7):
        deciding.decide(ANNA, case=case, ruling=draft)
    does(
        10,
        lambda: appealing.appeal(
            BEN, case=case, party=party, ground=AppealGround.FACTS_WRONG, text="Look at the photo again."
        ),
        case,
    )
    return case


def heard(case: int, result: AppealResult, draft: RulingDraft) -> Change:
    does(11, lambda: assigning.claim(SUE, case=case), case)
    return does(12, lambda: appealing.rule(SUE, case=case, result=result, ruling=draft), case)


def test_a_return_replays_after_every_step() -> None:
    case = a_case()
    back = {"amount_minor": 10_000, "remedy": Remedy.RETURN_AND_REFUND}
    offer = {"case": case, "party": Party.SELLER, "move": PartyAct.OFFER, **back}
    does(1, lambda: talking.respond(ANNA, **offer), case)  # type: ignore[arg-type]
    does(2, lambda: talking.respond(ANNA, case=case, party=Party.BUYER, move=PartyAct.ACCEPT), case)
    for days, step in ((3, ReturnStep.SHIPPED), (6, ReturnStep.DELIVERED), (7, ReturnStep.RECEIVED)):
        does(days, lambda step=step: returning.record_return(ANNA, case=case, step=step, note="RX1"), case)  # type: ignore[misc]
    refunds(case, RefundState.INSTRUCTED, RefundState.FAILED, RefundState.INSTRUCTED, RefundState.CONFIRMED, days=8)
    does(9, lambda: moving.close(ANNA, case=case), case)
    assert (stored(case).state, stored(case).confirmed_minor) == ("closed", 10_000)


def test_a_return_that_goes_wrong_is_reviewed_and_ruled_on_again() -> None:
    case = in_review(reason="quality/poor_quality")
    show(case, 6)
    show(case, 6, Party.SELLER, EvidenceKind.PRE_SHIP_PHOTO)
    back = RulingDraft(
        outcome=Outcome.RETURN_AND_REFUND, payer=Payer.SELLER, findings=("defect_shown",), note="It is broken."
    )
    does(7, lambda: deciding.decide(ANNA, case=case, ruling=back), case)
    does(8, lambda: returning.record_return(ANNA, case=case, step=ReturnStep.SHIPPED), case)
    does(12, lambda: returning.record_return(ANNA, case=case, step=ReturnStep.EMPTY, note="A brick."), case)
    assert (stored(case).state, stored(case).outcome, stored(case).next_clock) == ("in_review", None, "review")
    assert report() == []
    does(13, lambda: deciding.decide(ANNA, case=case, ruling=NONE), case)
    assert [each.standing for each in Decision.select().order_by(Decision.number)] == ["undone", "issued"]
    assert [(row["outcome"], row["note"]) for row in report()] == [("no_refund", NONE.note)]


def report() -> list[dict[str, object]]:
    keys = [column.key for column in DECISIONS.columns]
    return [dict(zip(keys, row, strict=True)) for row in read(DECISIONS, SUE).rows]


def test_an_appeal_that_is_reversed_stands_in_the_report_and_both_rulings_in_the_audit() -> None:
    case = appealed()
    waits = heard(case, AppealResult.REVERSED, PART)
    assert [row["outcome"] for row in report()] == ["no_refund"], "the first stands until a second person has signed"
    does(13, lambda: deciding.send_back(TOM, case=case, note="Which photo?"), case)
    assert stored(case).state == "in_appeal"
    waits = does(14, lambda: appealing.rule(SUE, case=case, result=AppealResult.REVERSED, ruling=PART), case)
    does(15, lambda: deciding.approve(TOM, case=case, hash=waits.act.hash or ""), case)
    (row,) = report()
    assert (row["outcome"], row["decided_by"], row["approved_by"], row["note"]) == (
        "partial_refund", "sue", "tom", PART.note,
    )  # fmt: skip
    kept = Decision.select().where(Decision.dispute == case).order_by(Decision.number)
    assert [(each.standing, each.result, each.note) for each in kept] == [
        ("replaced", "", NONE.note), ("sent_back", "reversed", PART.note), ("issued", "reversed", PART.note),
    ]  # fmt: skip
    assert [(each.party, each.result, each.against) for each in Appeal.select()] == [("buyer", "reversed", 1)]
    refunds(case, RefundState.INSTRUCTED, RefundState.CONFIRMED, days=16)
    assert Refund.get().amount_minor == 3_000


def test_an_appeal_that_is_upheld_leaves_the_report_as_it_was() -> None:
    case = appealed()
    before = report()
    heard(case, AppealResult.UPHELD, NOTE)
    assert stored(case).state == "resolved"
    assert report() == before
    kept = Decision.get((Decision.dispute == case) & (Decision.number == 2))
    assert (kept.standing, kept.maker, kept.note) == ("upheld", "sue", NOTE.note)
    assert "The decision stands." in kept.to_buyer and "No refund is due." in kept.to_seller


def test_the_preview_of_an_appeal_states_the_difference_and_what_cannot_be_taken_back() -> None:
    case = in_review()
    with on_day(7):
        deciding.decide(ANNA, case=case, ruling=PART)
        refunding.refund(BEN, case=case, state=RefundState.INSTRUCTED)
        refunding.refund(BEN, case=case, state=RefundState.CONFIRMED)
        appealing.appeal(BEN, case=case, party=Party.SELLER, ground=AppealGround.FACTS_WRONG, text="No.")
        assigning.claim(SUE, case=case)
        before = events()
        found = appealing.preview_ruling(SUE, case=case, result=AppealResult.REVERSED, ruling=NONE)
    assert events() == before
    assert (found.refund_minor, found.stood_minor, found.due_minor) == (0, 3_000, -3_000)
    assert found.second_person_because[-1] == "An appeal is reversed."
    assert "30.00 USD is not recoverable by us" in found.to_seller


def test_new_evidence_is_a_ground_only_where_something_was_shown_since() -> None:
    case = in_review()
    show(case, 6.5)

    def appeal() -> Change:
        return appealing.appeal(
            BEN, case=case, party=Party.BUYER, ground=AppealGround.NEW_EVIDENCE, text="A photo from today."
        )

    with on_day(7):
        deciding.decide(ANNA, case=case, ruling=NONE)
    with on_day(9), pytest.raises(Refused) as refusal:
        appeal()
    assert refusal.value.rule == "new_evidence"
    show(case, 9)
    does(10, appeal, case)


def test_who_hears_an_appeal_reads_what_was_known_and_then_what_is_new() -> None:
    case = in_review()
    show(case, 6.5)
    with on_day(6.5):
        talking.note(BEN, case=case, text="before")
    with on_day(7):
        deciding.decide(ANNA, case=case, ruling=NONE)
        assert case_file(case).as_decided is None
    with on_day(8):
        moving_on = talking.note(BEN, case=case, text="after")
        show(case, 8, Party.SELLER)
    with on_day(10):
        appealing.appeal(BEN, case=case, party=Party.BUYER, ground=AppealGround.NOT_HEARD, text="Nobody asked.")
        then = case_file(case).as_decided
    assert then is not None
    assert (then.decision, then.decided_at, then.refundable.amount_minor) == (1, day(7), 10_000)
    assert [event.text for event in then.events if event.verb == "note"] == ["before"]
    assert [event.verb for event in then.new_events] == ["note", "attach", "appeal"]
    assert then.new_events[0].seq == moving_on.event_seq
    assert ([p.lane for p in then.evidence], [p.lane for p in then.new_evidence]) == (["buyer"], ["seller"])


def test_money_of_another_case_of_the_order_is_not_given_twice() -> None:
    first, second = (in_review(ref=ref, reason="not_received/lost") for ref in ("D-1", "D-2"))
    full = RulingDraft(outcome=Outcome.FULL_REFUND, payer=Payer.SELLER, findings=("not_shipped",), note="Lost.")
    with on_day(7):
        for case in (first, second):
            deciding.decide(ANNA, case=case, ruling=full)
        refunding.refund(BEN, case=first, state=RefundState.INSTRUCTED)
        with pytest.raises(Refused) as refusal:
            refunding.refund(BEN, case=second, state=RefundState.INSTRUCTED)
        assert refusal.value.rule == "double_refund" and "100.00 USD instructed" in str(refusal.value)
        refunding.refund(BEN, case=first, state=RefundState.FAILED)
        refunding.refund(BEN, case=second, state=RefundState.INSTRUCTED)
        refunding.refund(BEN, case=second, state=RefundState.CONFIRMED)
        assert case_file(first).refundable.amount_minor == 0
        with pytest.raises(Refused) as refusal:
            refunding.refund(BEN, case=first, state=RefundState.INSTRUCTED)
        assert refusal.value.rule == "double_refund"


def test_two_cases_of_one_order_are_not_refunded_at_the_same_moment(store: Location) -> None:
    pairs = []
    for number in range(6):
        pair = [a_case(ref=f"D-{number}-{side}", order_ref=f"O-{number}") for side in "ab"]
        with on_day(1):
            for case in pair:
                talking.respond(ANNA, case=case, party=Party.SELLER, move=PartyAct.ACCEPT)
        pairs.append(pair)
    with workers(store.url, "anna", "ben") as racers:
        for pair in pairs:
            for racer, case in zip(racers, pair, strict=True):
                racer.tell("refund", case)
            answers = [racer.hear() for racer in racers]
            assert sorted("did" in answer for answer in answers) == [False, True], answers
    assert Refund.select().count() == len(pairs)
