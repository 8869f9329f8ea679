"""Each verb is one transaction and one event, and the events tell the whole case again after every step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from models.database import Location
from models.errors import Conflict
from models.operations import assigning, deciding, moving, refunding, talking
from models.operations.change import Change
from models.rules.approval import RulingDraft
from models.tables import Claim, Decision, Event, Message, Refund
from models.vocabulary import (
    Audience,
    ClockEnd,
    ClockKind,
    Outcome,
    Party,
    PartyAct,
    Payer,
    RefundState,
    Remedy,
    State,
)  # fmt: skip
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

FULL = RulingDraft(outcome=Outcome.FULL_REFUND, payer=Payer.SELLER, findings=("seller_silent",), note="no answer")


@pytest.fixture(autouse=True)
def _people(store: Location) -> None:
    people()


def does(change: Callable[[], Change], case: int) -> Change:
    """Carry it out, and check that it was one event and one version, and that the events tell the case."""
    before, version = events(), stored(case).row_version
    done = change()
    assert events() == before + 1
    assert stored(case).row_version == version + 1
    assert Event.get_by_id(done.event_seq).verb == done.act.verb
    assert_replays(case)
    return done


def walk_of_talks(case: int) -> Iterator[tuple[float, Callable[[], Change]]]:
    def says(party: Party, move: PartyAct, amount: int | None = None) -> Callable[[], Change]:
        return lambda: talking.respond(ANNA, case=case, party=party, move=move, amount_minor=amount, text="words")

    yield 0, lambda: assigning.claim(ANNA, case=case)
    yield 0, lambda: talking.note(ANNA, case=case, text="a look")
    yield 0, lambda: talking.message(ANNA, case=case, audience=Audience.SELLER, text="please answer")
    yield 1, says(Party.BUYER, PartyAct.REQUEST, 6_000)
    yield 2, says(Party.SELLER, PartyAct.REJECT)
    yield 2, says(Party.BUYER, PartyAct.REPLY)
    yield 3, says(Party.SELLER, PartyAct.OFFER, 2_000)
    yield 3, says(Party.BUYER, PartyAct.DECLINE)
    yield 4, says(Party.SELLER, PartyAct.OFFER, 5_000)
    yield 4, lambda: assigning.release(ANNA, case=case)
    yield 4, lambda: assigning.assign(SUE, case=case, login="ben", note="yours")
    yield 5, says(Party.BUYER, PartyAct.ACCEPT)
    yield 6, lambda: refunding.refund(BEN, case=case, state=RefundState.INSTRUCTED, ref="P-1")
    yield 6, lambda: refunding.refund(BEN, case=case, state=RefundState.FAILED)
    yield 7, lambda: refunding.refund(BEN, case=case, state=RefundState.INSTRUCTED, ref="P-2")
    yield 8, lambda: refunding.refund(BEN, case=case, state=RefundState.CONFIRMED)
    yield 9, lambda: moving.close(BEN, case=case)


def walk_of_a_ruling(case: int) -> Iterator[tuple[float, Callable[[], Change]]]:
    def decides() -> Change:
        return deciding.decide(ANNA, case=case, ruling=FULL)

    def waiting() -> str:
        return str(Decision.select().where(Decision.dispute == case).order_by(Decision.number.desc()).first().hash)

    yield 1, lambda: moving.recode(ANNA, case=case, reason="quality/poor_quality", note="photos")
    yield 5, lambda: moving.escalate(ANNA, case=case, party=Party.BUYER, cause="seller_silent", note="silent")
    yield 5, lambda: assigning.claim(ANNA, case=case)
    yield 6, decides
    yield 7, lambda: deciding.send_back(SUE, case=case, note="look at the photo again")
    yield 7, decides
    yield 8, lambda: deciding.approve(TOM, case=case, hash=waiting()[:12])
    yield 8, lambda: refunding.refund(ANNA, case=case, state=RefundState.INSTRUCTED)
    yield 9, lambda: refunding.refund(ANNA, case=case, state=RefundState.CONFIRMED)
    yield 39, lambda: moving.close(ANNA, case=case)


def test_talks_that_end_in_an_agreement_replay_after_every_step() -> None:
    case = a_case()
    for days, change in walk_of_talks(case):
        with on_day(days):
            does(change, case)
    row = stored(case)
    assert (row.state, row.outcome, row.refund_minor, row.confirmed_minor) == ("closed", "partial_refund", 5_000, 5_000)
    assert [refund.ref for refund in Refund.select().order_by(Refund.number)] == ["P-1", "P-2"]


def test_a_ruling_that_two_people_made_replays_after_every_step() -> None:
    case = a_case(amount_minor=30_000)
    for days, change in walk_of_a_ruling(case):
        with on_day(days):
            does(change, case)
    row = stored(case)
    assert (row.state, row.closed_as, row.confirmed_minor, row.is_ruled) == ("closed", "decided", 30_000, True)
    assert [each.standing for each in Decision.select().order_by(Decision.number)] == ["sent_back", "issued"]


def test_a_withdrawal_replays() -> None:
    case = a_case()
    with on_day(2):
        does(lambda: moving.withdraw(ANNA, case=case, note="it arrived"), case)
    assert (stored(case).state, stored(case).outcome, stored(case).closed_as) == ("closed", "withdrawn", "withdrawn")


def test_an_act_that_is_written_down_late_is_judged_by_when_it_happened() -> None:
    case = a_case()
    with on_day(6):
        change = talking.respond(
            ANNA, case=case, party=Party.SELLER, move=PartyAct.REPLY, text="sent", occurred_at=day(4)
        )
    clock = change.after.latest(ClockKind.SELLER_RESPONSE)
    assert clock is not None and clock.end is ClockEnd.MET_LATE_RECORDED
    event = Event.get_by_id(change.event_seq)
    assert (event.occurred_at, event.recorded_at, event.actor) == (day(4), day(6), "anna")
    assert_replays(case)


def test_no_text_and_no_name_stands_in_an_event() -> None:
    case = in_review()
    with on_day(7):
        talking.note(ANNA, case=case, text="Mr Secret called")
        deciding.decide(ANNA, case=case, ruling=FULL)
    bodies = " ".join(event.body for event in Event.select())
    assert "Secret" not in bodies and "no answer" not in bodies
    assert Message.select().where(Message.text == "Mr Secret called").count() == 1


def test_a_decision_keeps_its_words_and_writes_both_letters() -> None:
    case = in_review()
    with on_day(7):
        deciding.decide(ANNA, case=case, ruling=replace(FULL, to_seller=" \n"))  # blanks are no letter
    kept = Decision.get(Decision.dispute == case)
    assert kept.note == "no answer"
    assert "You receive 100.00 USD" in kept.to_buyer and "The buyer receives 100.00 USD" in kept.to_seller
    assert '"found": "no answer"' in kept.points


def test_a_partial_ruling_is_what_its_basis_adds_up_to() -> None:
    case = in_review(amount_minor=9_999)
    draft = RulingDraft(
        outcome=Outcome.PARTIAL_REFUND, payer=Payer.SELLER, findings=("defect_shown",), note="scratched",
        basis=("value_loss=30%", "shared_fault=50%"),
    )  # fmt: skip
    with on_day(7):
        preview = deciding.preview_decision(ANNA, case=case, ruling=draft)
        deciding.decide(ANNA, case=case, ruling=draft)
    assert preview.refund_minor == stored(case).refund_minor == 1_500
    assert_replays(case)


def test_a_preview_says_what_a_decision_would_do_and_writes_nothing() -> None:
    case = in_review(amount_minor=30_000)
    before, version = events(), stored(case).row_version
    with on_day(7):
        preview = deciding.preview_decision(ANNA, case=case, ruling=FULL)
        assert preview.refund_minor == 30_000
        assert preview.second_person_because
        assert preview.change.after.state is State.PENDING_APPROVAL
        with pytest.raises(Conflict):
            deciding.preview_decision(BEN, case=case, ruling=FULL)
    assert (events(), stored(case).row_version) == (before, version)
    assert not Decision.select().exists()


def test_the_fourth_case_of_a_buyer_within_a_week_needs_a_second_person() -> None:
    cases = [in_review(ref=f"D-{number}", order_ref=f"O-{number}") for number in range(4)]
    with on_day(7):
        for case in cases:
            deciding.decide(ANNA, case=case, ruling=FULL)
    assert [stored(case).state for case in cases] == ["resolved"] * 3 + ["pending_approval"]


def test_a_recoded_case_keeps_what_the_buyer_claimed() -> None:
    case = a_case()
    with on_day(1):
        moving.recode(ANNA, case=case, reason="quality/poor_quality", note="photos")
    assert (stored(case).reason, Claim.get().reason) == ("quality/poor_quality", "not_as_described/wrong_item")


def test_an_amount_alone_tells_its_remedy() -> None:
    case = a_case(remedy=Remedy.PARTIAL_REFUND, requested_minor=4_000)
    with on_day(1):
        for amount in (3_000, 10_000):
            talking.respond(ANNA, case=case, party=Party.SELLER, move=PartyAct.OFFER, amount_minor=amount)
    offers = assert_replays(case).offers
    assert [offer.remedy for offer in offers[1:]] == [Remedy.PARTIAL_REFUND, Remedy.FULL_REFUND]
