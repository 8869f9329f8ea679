"""A flag asks for a supervisor's look. It decides nothing; until it is dismissed, decisions need a second person."""

from __future__ import annotations

import pytest

from models.database import Location
from models.errors import NotAllowed, Refused
from models.operations import assigning, correcting, deciding, following, parties
from models.queries import queue
from models.queries.case_file import case_file
from models.queries.flags import flags_of, waiting_cases
from models.queries.outbox import waiting
from models.queries.parties import find_party, party_page
from models.rules.approval import RulingDraft
from models.tables import Dispute
from models.vocabulary import FlagReview, Outcome, Party, Payer
from tests.operations.desk import (
    ADA,
    ANNA,
    BEN,
    SUE,
    TOM,
    a_case,
    assert_replays,
    day,
    in_review,
    on_day,
    people,
    stored,
)

FULL = RulingDraft(outcome=Outcome.FULL_REFUND, payer=Payer.SELLER, findings=("seller_silent",), note="No answer.")


@pytest.fixture(autouse=True)
def _people(store: Location) -> None:
    people()


def because(case: int) -> tuple[str, ...]:
    return deciding.preview_decision(ANNA, case=case, ruling=FULL).second_person_because


def flagged() -> list[int]:
    return [row.id for row in queue.rows(queue.VIEWS["flags"])]


def test_a_dismissed_flag_calls_for_nobody() -> None:
    case = in_review(amount_minor=1_000)
    with on_day(7):
        assert because(case) == ()
        following.flag(BEN, case=case, party=Party.BUYER, note="the same photo again")
        assert because(case) == ("Flagged: buyer, waits for review.",)
        with pytest.raises(Refused, match="ben flagged the buyer already"):
            following.flag(ANNA, case=case, party=Party.BUYER, note="me too")
        with pytest.raises(NotAllowed):
            parties.unflag(ANNA, case=case, party=Party.BUYER, note="n")
        for party, note, rule in ((Party.SELLER, "n", "flag"), (Party.BUYER, " ", "note")):
            with pytest.raises(Refused) as refusal:
                parties.unflag(SUE, case=case, party=party, note=note)
            assert refusal.value.rule == rule
        assert flagged() == [case] and stored(case).is_flagged
        parties.unflag(SUE, case=case, party=Party.BUYER, note="Another buyer of the same name.")
        assert flagged() == [] and not stored(case).is_flagged
        assert because(case) == ()
    (flag,) = case_file(case).flags
    assert (flag.review, flag.reviewed_by, flag.raised_by) == (FlagReview.DISMISSED, "sue", "ben")
    assert_replays(case)


def test_what_a_supervisor_does_about_a_party_answers_their_flags_in_every_case() -> None:
    case, other = in_review(amount_minor=1_000), a_case(ref="D-2", order_ref="O-2")
    strangers = a_case(ref="D-3", order_ref="O-3", buyer_ref="b9")
    with on_day(7):
        for each in (case, other, strangers):
            following.flag(BEN, case=each, party=Party.BUYER, note=f"a photo of C{each}")
        following.flag(BEN, case=case, party=Party.SELLER, note="their stamp")
        buyer = find_party("buyer:b1")
        assert parties.warn(SUE, party=buyer, note="Twice the same photo.") == (case, other)
        assert waiting_cases(buyer, Party.BUYER) == ()
        assert waiting_cases(find_party("seller:s1"), Party.SELLER) == (case,)
        assert flagged() == [case, strangers], "the seller's flag, and another buyer's"
        assert because(case) == ("Flagged: buyer, warned; seller, waits for review.",)
        assert parties.note(SUE, party=find_party("seller:s1"), note="Their stamp is theirs.") == (case,)
    for each in (case, other):
        assert_replays(each)
    assert [(flag.case, flag.review, flag.note) for flag in flags_of(buyer, Party.BUYER)] == [
        (f"C{other}", "warned", f"a photo of C{other}"), (f"C{case}", "warned", f"a photo of C{case}"),
    ]  # fmt: skip


def test_a_flag_that_waits_counts_in_the_partys_other_cases_too() -> None:
    case, other = in_review(amount_minor=1_000), a_case(ref="D-2", order_ref="O-2")
    with on_day(7):
        following.flag(BEN, case=other, party=Party.BUYER, note="n")
        assert because(case) == (f"A flag in another case waits for review: buyer in C{other}.",)
        parties.warn(SUE, party=find_party("buyer:b1"), note="n")
        assert because(case) == ()


def test_a_flag_that_was_wrong_is_corrected_unless_somebody_has_looked() -> None:
    case = a_case()
    with on_day(1):
        seq = following.flag(ANNA, case=case, party=Party.BUYER, note="n").event_seq
        assert seq is not None
        parties.unflag(SUE, case=case, party=Party.BUYER, note="n")
        with pytest.raises(Refused) as refusal:
            correcting.correct(ANNA, case=case, event=seq, note="n")
        assert refusal.value.rule == "impossible"
        again = following.flag(ANNA, case=case, party=Party.BUYER, note="n").event_seq
        assert again is not None
        correcting.correct(ANNA, case=case, event=again, note="another buyer")
        assert [flag.review for flag in case_file(case).flags] == [FlagReview.DISMISSED]
    assert_replays(case)


def test_measures_are_told_to_the_party_and_notes_are_not() -> None:
    a_case(buyer_name="Bea")
    buyer = find_party("buyer:b1")
    with on_day(1):
        parties.note(SUE, party=buyer, note="A friend of the seller's.")
        assert list(waiting()) == []
        parties.warn(SUE, party=buyer, note="The photo is another's.")
        parties.suspend(SUE, party=buyer, until=day(61), note="Again.", text="You cannot open disputes until May.")
        warned, suspended = waiting()
    assert warned[1:9] == ("", "", "", "buyer", "b1", "Bea", "en", "party_warned")
    assert "Bea" in warned[-1] and "photo" not in warned[-1], "the note is among ourselves"
    assert suspended[7:9] == ("", "") and suspended[-1] == "You cannot open disputes until May."
    assert [step.kind for step in party_page(buyer).steps] == ["suspension", "warning", "note"]


def test_a_refused_measure_leaves_nothing_behind() -> None:
    case = a_case()
    with on_day(1):
        following.flag(ANNA, case=case, party=Party.BUYER, note="n")
        before = Dispute.get_by_id(case).row_version
        for actor, until, fault in ((TOM, day(32), Refused), (ADA, day(40), NotAllowed), (BEN, day(40), NotAllowed)):
            with pytest.raises(fault):
                parties.suspend(actor, party=find_party("buyer:b1"), until=until, note="no warning before")
    assert Dispute.get_by_id(case).row_version == before and list(waiting()) == []
    assert party_page(find_party("buyer:b1")).steps == ()


def test_a_suspension_is_shown_beside_the_name_until_it_ends() -> None:
    case = a_case()
    with on_day(1):
        parties.suspend(SUE, party=find_party("seller:s1"), until=day(40), note="A forged label.", is_grave=True)
        assert case_file(case).seller.suspended_until == day(40)
        assert case_file(case).buyer.suspended_until is None
    with on_day(40):
        assert case_file(case).seller.suspended_until is None


def test_a_flag_moves_no_case() -> None:
    case = in_review(amount_minor=1_000)
    with on_day(7):
        assigning.release(ANNA, case=case)
        change = following.flag(BEN, case=case, party=Party.BUYER, note="n")
    assert (change.before.state, change.before.ball, change.before.clocks) == (
        change.after.state, change.after.ball, change.after.clocks,
    )  # fmt: skip
