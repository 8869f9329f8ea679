"""Opening a case for a buyer: asked for eligibility, one event, told to the seller, resumed from a draft."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from models.database import Location
from models.errors import Misused, NotAllowed, NotFound, Refused
from models.operations import (
    assigning,
    deciding,
    evidencing,
    intake_drafts,
    moving,
    opening,
    parties,
    policies,
    talking,
)
from models.operations.change import Change
from models.operations.intake_files import take_in
from models.queries.intakes import intakes
from models.queries.orders import find_order, orders_matching
from models.queries.parties import find_party
from models.rules.approval import RulingDraft
from models.rules.intake import Intake
from models.rules.policy import SHIPPED_FILE
from models.tables import Claim, Dispute, Draft, Event, Evidence, Line, Order, Outgoing
from models.vocabulary import ClockEnd, ClockKind, EvidenceKind, Outcome, Party, PartyAct, Payer, State
from tests.operations.desk import (
    ADA,
    ANNA,
    BEN,
    SUE,
    TOM,
    a_case,
    assert_replays,
    day,
    events,
    on_day,
    people,
    stored,
    take,
    told,
)

CLAIM = Intake(
    order="O-1", reason="payment/wrong_amount", remedy="full_refund", amount="25.00",
    expected="a cup", actual="shards", tried="wrote on Monday",
)  # fmt: skip
PNG = b"\x89PNG\r\n\x1a\n" + bytes(16)
OVER: dict[str, Any] = {"outcome": Outcome.PARTIAL_REFUND, "refund_minor": 1_000, "decided_at": day(1)}


@pytest.fixture(autouse=True)
def _people(store: Location) -> None:
    people()


def an_order(**facts: Any) -> None:
    """An order of 90.00 USD that is known from a case that is over, which gave 10.00 back."""
    with on_day(2):
        take(told(**{"paid_minor": 9_000, **OVER, **facts}))


def opened(**changes: Any) -> Change:
    with on_day(3):
        return opening.open_case(ANNA, intake=replace(CLAIM, **changes))


def refused(rule: str, **changes: Any) -> Refused:
    before = events(), Dispute.select().count()
    with pytest.raises(Refused) as refusal:
        opened(**changes)
    assert refusal.value.rule == rule
    assert (events(), Dispute.select().count()) == before
    return refusal.value


def test_an_opened_case_is_one_event_that_tells_it_whole() -> None:
    an_order()
    before = events()
    change = opened()
    assert events() == before + 1
    event: Any = Event.get_by_id(change.event_seq)
    assert (event.verb, event.actor, event.dispute_id) == ("open", "anna", change.dispute_id)
    assert "shards" not in event.body
    case, row = assert_replays(change.dispute_id), stored(change.dispute_id)
    assert (row.state, row.amount_minor, row.currency, row.source) == ("awaiting_seller", 2_500, "USD", "desk")
    assert case.notified_at == day(3)
    notice = case.latest(ClockKind.NOTIFY)
    assert notice is not None and notice.end is ClockEnd.MET
    claim = Claim.get(Claim.dispute == change.dispute_id)
    assert claim.text == "Expected: a cup\nReceived: shards\nTried with the seller: wrote on Monday"
    told_to = [(each.audience, each.template) for each in Outgoing.select().order_by(Outgoing.id)]
    assert told_to == [("seller", "opened_to_seller"), ("buyer", "opened_to_buyer")]


def test_a_case_that_was_opened_goes_the_whole_way() -> None:
    an_order()
    case = opened().dispute_id
    with on_day(4):
        talking.respond(ANNA, case=case, party=Party.SELLER, move=PartyAct.OFFER, amount_minor=1_000, text="half")
        talking.respond(ANNA, case=case, party=Party.BUYER, move=PartyAct.ACCEPT)
    assert assert_replays(case).outcome is Outcome.PARTIAL_REFUND


def test_what_others_gave_back_cannot_be_claimed_again() -> None:
    an_order()
    assert "80.00" in str(refused("amount", amount="80.01"))
    opened(amount="80.00")


def test_lines_bound_the_amount_and_the_live_case() -> None:
    an_order()
    order = Order.get().id
    for number, amount in ((2, 3_000), (3, 2_000)):
        Line.create(order=order, number=number, title="", amount_minor=amount)
    refused("amount", lines=(2,), amount="30.01")
    opened(lines=(2,), amount="30.00")
    assert "C2" in str(refused("no_live_case", lines=(2, 3), amount="1"))
    refused("no_live_case", amount="1")
    opened(lines=(3,), amount="1")
    with pytest.raises(Misused, match="no line 9"):
        opened(lines=(9,))


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("order_known", {"order": "O-2"}),
        ("remedy", {"reason": "not_received/lost", "remedy": "return_and_refund"}),
        ("amount", {"amount": "0"}),
        ("amount", {"amount": "1,000"}),
        ("reason", {"reason": "damaged/item"}),
        ("remedy", {"remedy": "refund"}),
        ("incomplete", {"tried": " "}),
    ],
)
def test_a_claim_that_fails_a_rule_makes_no_case(rule: str, changes: dict[str, Any]) -> None:
    an_order()
    refused(rule, **changes)


def test_what_the_buyer_shows_comes_in_with_the_case_and_is_asked_for_by_the_reason(tmp_path: Path) -> None:
    an_order()
    (tmp_path / "cup.png").write_bytes(PNG)
    damaged = replace(CLAIM, reason="quality/poor_quality")
    assert "photo_item or video_item" in str(refused("evidence", reason="quality/poor_quality"))
    with on_day(3):
        shown = take_in(ANNA, intake=damaged, kind=EvidenceKind.PHOTO_ITEM, source=tmp_path / "cup.png")
        with pytest.raises(NotAllowed):
            take_in(ADA, intake=damaged, kind=EvidenceKind.PHOTO_ITEM, source=tmp_path / "cup.png")
        number = intake_drafts.keep_draft(ANNA, intake=shown)
        before = events()
        case = opening.submit_draft(ANNA, draft=number).dispute_id
        assert events() == before + 1
        assert evidencing.look(ANNA, case=case, number=1).data == PNG
    (piece,) = assert_replays(case).evidence
    assert (piece.lane, piece.kind, piece.state) == ("buyer", "photo_item", "submitted")
    row = Evidence.get(Evidence.dispute == case)
    assert row.title == "cup.png" and row.sha256 == shown.shown[0].sha256
    assert not any(row.sha256 in event.body or "cup" in event.body for event in Event.select())


def test_only_a_supervisor_overrides_and_the_decision_then_needs_a_second_person() -> None:
    an_order(protection_ends_at=day(1))
    refused("protection")
    override = replace(CLAIM, overrides=("protection",), note="They were in hospital.")
    with on_day(3):
        with pytest.raises(NotAllowed):
            opening.open_case(ANNA, intake=override)
        for wrong, rule in (
            (replace(override, note=""), "note"),
            (replace(override, overrides=("protection", "no_live_case")), "override"),
            (replace(override, overrides=("amount", "protection"), amount="99"), "override"),
        ):
            with pytest.raises(Refused) as refusal:
                opening.open_case(SUE, intake=wrong)
            assert refusal.value.rule == rule
        case = opening.open_case(SUE, intake=override).dispute_id
    assert assert_replays(case).overrides == ("protection",)
    assert "hospital" not in "".join(event.body for event in Event.select())
    with on_day(9):
        moving.escalate(ANNA, case=case, party=Party.BUYER, cause="seller_silent", note="n")
        assigning.claim(ANNA, case=case)
        ruling = RulingDraft(outcome=Outcome.FULL_REFUND, payer=Payer.SELLER, findings=("seller_silent",), note="n")
        change = deciding.decide(ANNA, case=case, ruling=ruling)
        assert change.after.state is State.PENDING_APPROVAL
        assert not Outgoing.select().where((Outgoing.dispute == case) & (Outgoing.template == "decision")).count()
        deciding.approve(TOM, case=case, hash=change.after.rulings[-1].hash)
    letters = Outgoing.select().where((Outgoing.dispute == case) & (Outgoing.template == "decision"))
    assert {each.audience for each in letters} == {"buyer", "seller"}


def test_a_suspended_buyer_is_refused_with_the_reason_until_it_ends() -> None:
    an_order()
    with on_day(3):
        parties.suspend(SUE, party=find_party("b1"), until=day(43), note="forged invoice", is_grave=True)
    assert "forged invoice" in str(refused("buyer_suspended"))
    with on_day(43):
        opening.open_case(ANNA, intake=CLAIM)


def test_a_draft_is_kept_submitted_once_and_only_by_who_may_see_it() -> None:
    an_order()
    with on_day(3):
        number = intake_drafts.keep_draft(ANNA, intake=replace(CLAIM, tried=""))
        assert intakes(BEN) == [] and [row.number for row in intakes(SUE)] == [number]
        with pytest.raises(Refused, match="tried"):
            opening.submit_draft(ANNA, draft=number)
        assert Draft.select().count() == 1, "what was refused is still there"
        number = intake_drafts.keep_draft(ANNA, intake=CLAIM)
        with pytest.raises(NotFound):
            opening.submit_draft(BEN, draft=number)
        opening.submit_draft(ANNA, draft=number)
        with pytest.raises(NotFound):
            opening.submit_draft(ANNA, draft=number)


def test_a_refused_draft_leaves_a_closed_case_and_a_word_to_the_buyer() -> None:
    an_order(protection_ends_at=day(1))
    with on_day(3):
        number = intake_drafts.keep_draft(ANNA, intake=replace(CLAIM, tried=""))
        with pytest.raises(Refused) as refusal:
            opening.refuse(ANNA, draft=number, rule="protektion", note="n")
        assert refusal.value.rule == "rule" and "protection" in str(refusal.value)
        change = opening.refuse(ANNA, draft=number, rule="protection", note="Too late.")
    assert change is not None
    case = assert_replays(change.dispute_id)
    assert (case.state, case.closed_as, case.outcome) == ("closed", "ineligible", None)
    assert not any(clock.is_running for clock in case.clocks)
    assert Outgoing.get().template == "refused_to_buyer" and "is over" in Outgoing.get().text
    assert not Draft.select().count()


def test_a_draft_without_a_known_order_can_be_refused_too() -> None:
    with on_day(3):
        number = intake_drafts.keep_draft(ANNA, intake=Intake(order="nowhere"))
        before = events()
        assert opening.refuse(ANNA, draft=number, rule="order_known", note="no such order") is None
        assert (events(), Dispute.select().count(), Draft.select().count()) == (before + 1, 0, 0)


def test_a_case_that_a_file_brought_as_a_draft_is_submitted_or_refused() -> None:
    first, second = a_case(state=State.DRAFT), a_case(ref="D-2", order_ref="O-2", state=State.DRAFT)
    with on_day(1):
        opening.submit_case(ANNA, case=first)
        opening.refuse_case(ANNA, case=second, rule="protection", note="Too late.")
        assert assert_replays(first).running(ClockKind.NOTIFY) is not None
        moving.notify(ANNA, case=first)
    assert (stored(first).state, stored(second).closed_as) == ("awaiting_seller", "ineligible")
    assert_replays(first)
    assert_replays(second)


def test_an_auditor_opens_nothing() -> None:
    an_order()
    with on_day(3):
        for change in (
            lambda: opening.open_case(ADA, intake=CLAIM),
            lambda: intake_drafts.keep_draft(ADA, intake=CLAIM),
            lambda: opening.refuse(ADA, draft=1, rule="protection", note="n"),
        ):
            with pytest.raises(NotAllowed):
                change()


def test_an_order_is_found_by_itself_and_by_its_buyer_and_a_shared_number_is_asked_about() -> None:
    an_order(buyer_name="Ada Lovelace")
    take(told(ref="D-2", order_ref="O-1", buyer_ref="b2", seller_ref="s2"), told(ref="D-3", order_ref="a:b@c"))
    assert [row.name for row in orders_matching("lovelace")] == ["file:a:b@c", "file:O-1@s1"]
    assert [row.buyer for row in orders_matching("O-1")] == ["b1", "b2"]
    with pytest.raises(Misused, match="file:O-1@s2"):
        find_order("O-1")
    assert find_order("O-1@s2") != find_order("file:O-1@s1")
    assert find_order("a:b@c") == find_order("file:a:b@c")
    assert orders_matching("\x00") == orders_matching("") == []


def test_a_case_pins_the_policy_that_is_in_force_when_it_opens() -> None:
    an_order()
    text = SHIPPED_FILE.read_text("utf-8").replace("notifies_at_opening = true", "notifies_at_opening = false")
    with on_day(2):
        policies.edit(SUE, text=text)
        policies.activate(SUE, version=2, note="We tell sellers ourselves.")
    case = opened().dispute_id
    assert stored(case).policy_version == 2
    assert assert_replays(case).running(ClockKind.NOTIFY) is not None, "nobody was told yet"
