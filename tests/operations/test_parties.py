"""What is known of a party is counted, never judged; what follows is a supervisor's, with reasons and an end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from models.database import Location
from models.errors import Misused, NotAllowed, NotFound, Refused
from models.operations import parties, revealing
from models.queries.parties import find_party, party_page, suspension
from models.tables import Event
from models.vocabulary import Outcome
from tests.operations.desk import ADA, ANNA, SUE, a_case, day, events, on_day, people, take, told


@pytest.fixture(autouse=True)
def _people(store: Location) -> None:
    people()


def facts(ref: str) -> dict[tuple[str, int], tuple[int, int]]:
    page = party_page(find_party(ref))
    return {(fact.name, fact.days): (fact.count, fact.of) for fact in page.facts}


def test_a_record_is_facts_with_numerator_and_denominator() -> None:
    over = {"outcome": Outcome.FULL_REFUND, "decided_at": day(2)}
    with on_day(0):
        take(
            told(ref="1", order_ref="1", reason="not_received/lost", delivered_at=day(-1), **over),
            told(ref="2", order_ref="2", outcome=Outcome.NO_REFUND, decided_at=day(2)),
            told(ref="3", order_ref="3", outcome=Outcome.WITHDRAWN, decided_at=day(2)),
            told(ref="4", order_ref="4", opened_at=day(-100), seller_due_at=day(-95), **over),
            told(ref="5", order_ref="5", buyer_ref="b2", reason="not_received/lost"),
        )
    with on_day(3):
        buyer, seller = facts("b1"), facts("s1")
    assert (buyer["opened", 90], buyer["opened", 365]) == ((3, 3), (4, 4))
    assert (buyer["won", 90], buyer["won", 365]) == ((1, 2), (2, 3))
    assert buyer["withdrawn", 365] == (1, 4)
    assert buyer["against_scan", 90] == (1, 1)
    assert (seller["won", 90], seller["opened", 90]) == ((1, 2), (4, 4))
    assert seller["against_scan", 90] == (1, 2)
    assert seller["silent", 90] == (0, 0) and seller["silent", 365] == (1, 1)


def test_a_suspension_has_a_length_a_ground_and_an_end() -> None:
    a_case()
    buyer = find_party("buyer:b1")
    with on_day(1):
        for until, rule in (
            (day(30), "suspension_length"),
            (day(182), "suspension_length"),
            (day(31), "suspension_ground"),
        ):
            with pytest.raises(Refused) as refusal:
                parties.suspend(SUE, party=buyer, until=until, note="n")
            assert refusal.value.rule == rule
        with pytest.raises(Refused):
            parties.warn(SUE, party=buyer, note=" ")
        before = events()
        parties.warn(SUE, party=buyer, note="The photo is another's.")
        parties.suspend(SUE, party=buyer, until=day(31), note="Again.")
        assert events() == before + 2
    assert suspension(buyer, day(30)) is not None and suspension(buyer, day(31)) is None
    assert "photo" not in "".join(event.body for event in Event.select())
    with on_day(1):
        page = party_page(buyer)
    assert page.suspended_until == day(31)
    assert [(step.kind, step.note) for step in page.steps] == [
        ("suspension", "Again."), ("warning", "The photo is another's."),
    ]  # fmt: skip
    with on_day(367), pytest.raises(Refused) as refusal:
        parties.suspend(SUE, party=buyer, until=day(400), note="the warning is too old")
    assert refusal.value.rule == "suspension_ground"


def test_measures_are_a_supervisors() -> None:
    a_case()
    with on_day(1):
        changes: tuple[Callable[[], object], ...] = (
            lambda: parties.warn(ANNA, party=1, note="n"),
            lambda: parties.suspend(ADA, party=1, until=day(40), note="n", is_grave=True),
        )
        for change in changes:
            with pytest.raises(NotAllowed):
                change()


def test_a_reference_of_both_sides_is_asked_about() -> None:
    a_case(buyer_ref="x", seller_ref="x")
    with pytest.raises(Misused, match="buyer:x or seller:x"):
        find_party("x")
    assert find_party("buyer:x") != find_party("seller:x")
    with pytest.raises(NotFound):
        find_party("y")


def test_contact_data_is_shown_for_a_reason_that_is_written_down() -> None:
    case = a_case(buyer_email="b@example.org", buyer_phone="+1 555", ship_address="1 Main St")
    with on_day(1):
        for actor, note, fault in ((ADA, "n", NotAllowed), (ANNA, " ", Refused)):
            with pytest.raises(fault):
                revealing.reveal(actor, case=case, note=note)
        buyer, seller = revealing.reveal(ANNA, case=case, note="the carrier asks")
    assert (buyer.email, buyer.phone, buyer.address, seller.email) == ("b@example.org", "+1 555", "1 Main St", "")
    last: Any = Event.select().order_by(Event.seq.desc()).get()
    assert (last.verb, last.actor, last.dispute_id) == ("reveal", "anna", case)
    assert "example" not in last.body and "carrier" not in last.body
