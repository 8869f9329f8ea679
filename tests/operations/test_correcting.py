"""A wrong entry is superseded: the case is as without it, its clocks are derived again, and nothing is erased."""

from __future__ import annotations

import pytest

from models.database import Location
from models.errors import NotAllowed, NotFound, Refused
from models.operations import asking, assigning, correcting, deciding, following, holding, moving, refunding, talking
from models.queries.case_file import case_file
from models.rules.approval import RulingDraft
from models.tables import Event, Message, Offer
from models.vocabulary import ClockEnd, ClockKind, Hold, Outcome, Party, PartyAct, Payer, RefundState
from tests.operations.desk import (
    ANNA,
    BEN,
    SUE,
    a_case,
    assert_replays,
    day,
    events,
    in_review,
    on_day,
    people,
    stored,
    take,
    told,
)  # fmt: skip

FULL = RulingDraft(outcome=Outcome.FULL_REFUND, payer=Payer.SELLER, findings=("seller_silent",), note="no answer")


@pytest.fixture(autouse=True)
def _people(store: Location) -> None:
    people()


def seller_offers(case: int, amount: int = 4_000) -> int:
    change = talking.respond(
        ANNA, case=case, party=Party.SELLER, move=PartyAct.OFFER, amount_minor=amount, text="an offer"
    )
    assert change.event_seq is not None
    return change.event_seq


def test_a_wrong_entry_counts_no_more_and_its_clocks_run_again() -> None:
    case = a_case()
    with on_day(2):
        wrong = seller_offers(case)
        assert stored(case).state == "negotiation"
    with on_day(6):
        correcting.correct(ANNA, case=case, event=wrong, note="that was another case")
        row = stored(case)
        assert (row.state, row.responded_at, row.seller_awaited_due_at) == ("awaiting_seller", None, day(5))
        clock = assert_replays(case).latest(ClockKind.SELLER_RESPONSE)
        assert clock is not None and clock.is_overdue(day(6))
        assert Offer.select().where(Offer.lane == "seller").count() == 0
        assert Message.select().where(Message.text == "an offer").count() == 1, "nothing is erased"
        marks = {event.seq: event.is_corrected for event in case_file(case).events}
        assert marks[wrong] and sum(marks.values()) == 1


def test_agents_correct_their_own_and_supervisors_any() -> None:
    case = a_case()
    with on_day(2):
        wrong = seller_offers(case)
        with pytest.raises(NotAllowed, match="anna"):
            correcting.correct(BEN, case=case, event=wrong, note="n")
        with pytest.raises(Refused) as refusal:
            correcting.correct(ANNA, case=case, event=wrong, note=" ")
        assert refusal.value.rule == "note"
        correcting.correct(SUE, case=case, event=wrong, note="n")
        with pytest.raises(Refused, match="already"):
            correcting.correct(SUE, case=case, event=wrong, note="n")


def test_a_correction_that_was_wrong_is_corrected_too() -> None:
    case = a_case()
    with on_day(2):
        wrong = seller_offers(case)
        correction = correcting.correct(ANNA, case=case, event=wrong, note="n").event_seq
        assert correction is not None
        correcting.correct(ANNA, case=case, event=correction, note="it was right")
    assert (stored(case).state, assert_replays(case).offers[-1].amount_minor) == ("negotiation", 4_000)


def test_what_later_entries_rest_on_cannot_be_taken_away() -> None:
    case = a_case()
    with on_day(2):
        wrong = seller_offers(case)
        talking.respond(ANNA, case=case, party=Party.BUYER, move=PartyAct.ACCEPT)
        before = events()
        with pytest.raises(Refused, match="could not have been") as refusal:
            correcting.correct(ANNA, case=case, event=wrong, note="n")
        assert (refusal.value.rule, events()) == ("impossible", before)
        refunding.refund(ANNA, case=case, state=RefundState.INSTRUCTED)
        paid = refunding.refund(ANNA, case=case, state=RefundState.CONFIRMED).event_seq
        assert paid is not None
        correcting.correct(ANNA, case=case, event=paid, note="it was another payment")
    assert (stored(case).confirmed_minor, assert_replays(case).underway_minor) == (0, 4_000)


def test_a_withdrawal_that_never_was_opens_the_case_again() -> None:
    case = in_review()
    with on_day(7):
        wrong = moving.withdraw(ANNA, case=case, note="wrong case").event_seq
        assert wrong is not None
    with on_day(8):
        correcting.correct(ANNA, case=case, event=wrong, note="the buyer meant another case")
    row = stored(case)
    assert (row.state, row.outcome, row.ended_at, row.is_open) == ("in_review", None, None, True)
    ends = {clock.kind: clock.end for clock in assert_replays(case).clocks}
    assert ends[ClockKind.REVIEW] is None and ends[ClockKind.SELLER_RESPONSE] is ClockEnd.MISSED


def test_a_hold_that_never_was_gives_no_time() -> None:
    case = a_case()
    with on_day(1):
        wrong = holding.hold(SUE, case=case, why=Hold.LEGAL, note="n").event_seq
        assert wrong is not None
    with on_day(3):
        correcting.correct(SUE, case=case, event=wrong, note="not this case")
    assert (stored(case).hold, stored(case).seller_due_at) == (None, day(5))
    assert_replays(case)


def test_a_ruling_an_import_and_a_strange_event_are_not_corrected() -> None:
    case = in_review()
    with on_day(7):
        asked = asking.ask(ANNA, case=case, party=Party.BUYER, items=["x"]).event_seq
        asking.cancel_ask(ANNA, case=case)
        ruled = deciding.decide(ANNA, case=case, ruling=FULL).event_seq
        first = Event.get(Event.dispute == case).seq
        for seq in (asked, ruled, first):
            assert seq is not None
            with pytest.raises(Refused) as refusal:
                correcting.correct(SUE, case=case, event=seq, note="n")
            assert refusal.value.rule == "correct"
        with pytest.raises(NotFound):
            correcting.correct(SUE, case=case, event=1, note="n")


def test_what_a_file_has_told_since_stands_in_the_way() -> None:
    case = a_case()
    with on_day(2):
        wrong = seller_offers(case)
    with on_day(8):
        take(told(escalated_at=day(7)))
        assert stored(case).state == "in_review"
        with pytest.raises(Refused, match="file"):
            correcting.correct(ANNA, case=case, event=wrong, note="n")


def test_a_correction_voids_what_waits_for_approval() -> None:
    case = in_review(amount_minor=30_000)
    with on_day(7):
        flagged = following.flag(ANNA, case=case, party=Party.BUYER, note="n").event_seq
        assert flagged is not None
        deciding.decide(ANNA, case=case, ruling=FULL)
        correcting.correct(ANNA, case=case, event=flagged, note="the photos differ")
    assert (stored(case).state, stored(case).is_flagged) == ("in_review", False)
    assert_replays(case)
    with on_day(8):
        assigning.release(ANNA, case=case)
