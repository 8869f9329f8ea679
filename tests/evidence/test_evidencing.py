"""Evidence as operations take it in, judge it and give it out, on both engines."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from models.database import Location
from models.errors import Conflict, NotAllowed, NotFound, Refused, StoreUnavailable
from models.file_places import file_store
from models.operations import asking, deciding, evidencing, talking
from models.operations.change import Change
from models.queries.case_file import case_file
from models.queries.history import case_from_events
from models.rules import evidence as rules
from models.rules.approval import RulingDraft
from models.tables import Decision, Event, Evidence, Outgoing
from models.vocabulary import Audience, EvidenceKind, EvidenceState, Outcome, Party, Payer, State
from tests.evidence.samples import MAIL, png
from tests.operations.desk import (
    ADA,
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
)  # fmt: skip

FULL = RulingDraft(outcome=Outcome.FULL_REFUND, payer=Payer.SELLER, findings=("defect_shown",), note="seen")


@pytest.fixture(autouse=True)
def _people(store: Location) -> None:
    people()


def shows(
    case: int, kind: EvidenceKind = EvidenceKind.PHOTO_ITEM, data: bytes = png(), party: Party = Party.BUYER
) -> Change:
    return evidencing.attach(ANNA, case=case, party=party, kind=kind, source=io.BytesIO(data), title=kind)


def kept_files() -> int:
    return len([path for path in file_store().folder.rglob("*") if path.is_file()])


def test_a_file_becomes_a_piece_and_the_events_tell_it(tmp_path: Path) -> None:
    case = a_case()
    (tmp_path / "my \x1b[31mcup.exe").write_bytes(png())
    before = events()
    with on_day(1):
        change = evidencing.attach(
            ANNA, case=case, party=Party.BUYER, kind=EvidenceKind.PHOTO_ITEM, captured_at=day(-1),
            source=tmp_path / "my \x1b[31mcup.exe", occurred_at=day(0.5),
        )  # fmt: skip
    assert events() == before + 1
    assert_replays(case)
    (piece,) = case_file(case).evidence
    assert (piece.lane, piece.kind, piece.state, piece.file_type) == ("buyer", "photo_item", "submitted", "png")
    assert (piece.size_bytes, piece.captured_at, piece.title) == (len(png()), day(-1), "my ␛[31mcup.exe")
    body = Event.get_by_id(change.event_seq).body
    assert piece.sha256 and piece.sha256 not in body and "cup" not in body


def test_one_file_in_two_cases_lies_there_once_and_is_shown_as_a_fact() -> None:
    first, second = a_case(), a_case(ref="D-2", order_ref="O-2")
    with on_day(1):
        shows(first)
        shows(first, EvidenceKind.OTHER)
        shows(second)
    assert kept_files() == 1
    assert [piece.also_in for piece in case_file(first).evidence] == [(f"C{second}",)] * 2
    assert [piece.also_in for piece in case_file(second).evidence] == [(f"C{first}",)]


def test_a_picture_older_than_the_shipment_says_so() -> None:
    case = a_case(shipped_at=day(-2))
    with on_day(1):
        for captured_at in (day(-3), day(-1)):
            evidencing.attach(
                ANNA, case=case, party=Party.BUYER, kind=EvidenceKind.PHOTO_ITEM, source=io.BytesIO(png()),
                captured_at=captured_at,
            )  # fmt: skip
    assert [piece.is_older_than_shipment for piece in case_file(case).evidence] == [True, False]


def test_a_review_is_noted_with_the_piece() -> None:
    case = a_case()
    with on_day(1):
        shows(case)
        evidencing.review(BEN, case=case, number=1, verdict=EvidenceState.REJECTED, note="Shows another cup.")
        assert_replays(case)
        with pytest.raises(Refused):
            evidencing.review(BEN, case=case, number=1, verdict=EvidenceState.REJECTED, note="Again.")
        with pytest.raises(Refused):
            evidencing.review(BEN, case=case, number=1, verdict=EvidenceState.ACCEPTED, note="")
        with pytest.raises(Refused):
            evidencing.review(BEN, case=case, number=2, verdict=EvidenceState.ACCEPTED, note="Which?")
    (piece,) = case_file(case).evidence
    assert (piece.state, piece.note) == ("rejected", "Shows another cup.")


def test_whoever_looks_is_written_down_and_changes_nothing() -> None:
    case = a_case()
    with on_day(1):
        shows(case, data=MAIL)
        version = stored(case).row_version
        for actor in (BEN, ADA):
            found = evidencing.look(actor, case=case, number=1)
            assert (found.data, found.file_type) == (MAIL, "eml")
    assert stored(case).row_version == version
    assert_replays(case)
    looks = list(Event.select().where(Event.verb == evidencing.LOOK).order_by(Event.seq))
    assert [event.actor for event in looks] == ["ben", "ada"]
    assert json.loads(looks[0].body)["piece"] == 1
    assert [event.words for event in case_file(case).events[-2:]] == ["looked at piece 1"] * 2
    with pytest.raises(NotFound):
        evidencing.look(ADA, case=case, number=2)


def test_a_piece_says_who_looked_at_it_and_when() -> None:
    case = a_case()
    with on_day(1):
        shows(case)
        shows(case, EvidenceKind.OTHER, MAIL)
        evidencing.look(BEN, case=case, number=1)
    for at, actor in ((2, ADA), (3, BEN)):
        with on_day(at):
            evidencing.look(actor, case=case, number=1)
    first, second = case_file(case).evidence
    assert [(each.login, each.times, each.last_at) for each in first.looks] == [("ben", 2, day(3)), ("ada", 1, day(2))]
    assert second.looks == ()
    assert_replays(case)


def test_bytes_that_are_gone_or_changed_are_not_given_out_and_nobody_looked() -> None:
    case = a_case()
    with on_day(1):
        shows(case)
        (path,) = (each for each in file_store().folder.rglob("*") if each.is_file())
        path.chmod(0o600)
        path.write_bytes(b"\x89PNG\r\n\x1a\n another")
        before = events()
        with pytest.raises(StoreUnavailable):
            evidencing.look(ANNA, case=case, number=1)
    assert events() == before


def test_nobody_without_the_right_fills_the_folder() -> None:
    case = a_case()
    with on_day(1):
        for actor, number in ((ADA, case), (ANNA, 999)):
            with pytest.raises((NotAllowed, NotFound)):
                evidencing.attach(
                    actor, case=number, party=Party.BUYER, kind=EvidenceKind.OTHER, source=io.BytesIO(png())
                )
        with pytest.raises(Conflict):
            evidencing.attach(
                ANNA, case=case, party=Party.BUYER, kind=EvidenceKind.OTHER, source=io.BytesIO(png()), seen_version=9
            )
    assert not Evidence.select().exists()


def test_sufficient_evidence_of_the_winner_needs_no_second_person() -> None:
    case = in_review(reason="quality/poor_quality")
    with on_day(7):
        preview = deciding.preview_decision(ANNA, case=case, ruling=FULL)
        assert any("photo_item or video_item" in why for why in preview.second_person_because)
        shows(case)
        deciding.decide(ANNA, case=case, ruling=FULL)
    assert_replays(case)
    (decision,) = case_file(case).decisions
    assert (decision.standing, decision.lacking) == ("issued", ("seller:listing_snapshot|pre_ship_photo",))


def test_evidence_that_is_asked_for_is_requested_until_it_comes_and_then_the_review_goes_on() -> None:
    case = in_review()
    with on_day(7):
        asking.ask(ANNA, case=case, party=Party.SELLER, items=["Tracking proof", "why it took so long", "invoice"])
        assert_replays(case)
        assert [(piece.kind, piece.state, piece.sha256) for piece in case_file(case).evidence] == [
            ("tracking_proof", "requested", None), ("invoice", "requested", None),
        ]  # fmt: skip
        with pytest.raises(Refused):
            evidencing.look(ANNA, case=case, number=1)
        change = shows(case, EvidenceKind.INVOICE, party=Party.SELLER)
        assert_replays(case)
    assert change.after.state is State.IN_REVIEW
    assert [piece.state for piece in case_file(case).evidence] == ["requested", "submitted"]
    assert kept_files() == 1


def test_what_is_missing_is_asked_for_by_name_and_fills_a_template() -> None:
    case = in_review(reason="not_received/marked_delivered")
    with on_day(7):
        (*_, seller) = rules.both(case_from_events(case))
        assert seller.asked == ("tracking proof", "delivery proof")
        asking.ask(ANNA, case=case, party=Party.SELLER, items=seller.asked)
        talking.message(ANNA, case=case, audience=Audience.SELLER, template="ask_seller_for_evidence")
        assert [piece.kind for piece in case_file(case).evidence] == ["tracking_proof", "delivery_proof"]
        assert "tracking proof; delivery proof" in Outgoing.select().order_by(Outgoing.id.desc()).get().text
        for kind in (EvidenceKind.TRACKING_PROOF, EvidenceKind.DELIVERY_PROOF):
            shows(case, kind, party=Party.SELLER)
        with pytest.raises(Refused, match="seller_missing"):
            talking.message(ANNA, case=case, audience=Audience.SELLER, template="ask_seller_for_evidence")
    assert_replays(case)


def test_new_evidence_voids_what_waits_for_approval() -> None:
    case = in_review(reason="quality/poor_quality")
    with on_day(7):
        change = deciding.decide(ANNA, case=case, ruling=FULL)
        assert change.after.state is State.PENDING_APPROVAL
        shows(case, EvidenceKind.PRE_SHIP_PHOTO, party=Party.SELLER)
        assert_replays(case)
        with pytest.raises(Refused):
            deciding.approve(SUE, case=case, hash=change.act.hash or "")
        deciding.decide(ANNA, case=case, ruling=FULL)
    assert [(each.standing, each.lacking) for each in Decision.select().order_by(Decision.number)] == [
        ("sent_back", "buyer:photo_item|video_item seller:listing_snapshot|pre_ship_photo"),
        ("proposed", "buyer:photo_item|video_item"),
    ]


def test_a_case_says_what_each_side_lacks() -> None:
    case = a_case(reason="damaged/item_damaged")
    with on_day(1):
        shows(case)
    buyer, seller = case_file(case).sufficiency
    assert (buyer.side, buyer.is_sufficient, buyer.missing) == ("buyer", False, ("photo_package",))
    assert (seller.side, seller.missing) == ("seller", ("shipment_proof|pre_ship_photo",))
