"""What is noted of a seller, and the time to answer that it gives them from then on."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from models.database import Location
from models.errors import NotAllowed, NotFound, Refused
from models.operations import moving, opening, policies, sellers
from models.queries.parties import find_party, party_page
from models.rules.intake import Intake
from models.tables import Event, Party
from models.vocabulary import ClockKind, State
from tests.operations.desk import ADA, ANNA, SUE, a_case, assert_replays, day, dispute_id, events, on_day, people
from tests.operations.incoming import bring
from tests.rules.policies import changed

WINDOWS = """
[seller_response.by_tier]
gold = "3d"
new = "7d"

[[seller_response.holidays]]
from = 2026-03-05
until = 2026-03-05
countries = ["CN"]
"""


@pytest.fixture(autouse=True)
def _desk(store: Location) -> None:
    people()
    with on_day(0):
        policies.edit(SUE, text=changed(more=WINDOWS))
        policies.activate(SUE, version=2, note="Tiers.")


def seller() -> int:
    """The seller of the sample case, who is known from another one."""
    a_case(ref="D-0", order_ref="O-0")
    return find_party("s1")


def window(case: int) -> timedelta:
    clock = assert_replays(case).latest(ClockKind.SELLER_RESPONSE)
    assert clock is not None
    return clock.due_at - clock.started_at


def away(party: int, first: float, last: float, actor: object = ANNA, on: float = 0) -> None:
    with on_day(on):
        sellers.declare_holiday(actor, party=party, from_at=day(first), to_at=day(last))  # type: ignore[arg-type]


def test_a_tier_sets_the_time_of_cases_that_come_after() -> None:
    party = seller()
    before = events()
    with on_day(0):
        sellers.change_tier(SUE, party=party, tier="gold")
    assert events() == before + 1
    assert (window(dispute_id("D-0")), window(a_case())) == (timedelta(days=5), timedelta(days=3))
    with on_day(0):
        sellers.change_tier(SUE, party=party, tier="")
    assert window(a_case(ref="D-2", order_ref="O-2")) == timedelta(days=5)


def test_a_holiday_that_was_declared_does_not_count_until_it_is_called_off() -> None:
    party = seller()
    away(party, 2, 4)
    assert window(a_case()) == timedelta(days=7)
    with on_day(0):
        sellers.call_off_holiday(ANNA, party=party, from_at=day(2))
    assert window(a_case(ref="D-2", order_ref="O-2")) == timedelta(days=5)
    assert window(dispute_id("D-1")) == timedelta(days=7), "what was promised stays"
    page = party_page(party)
    assert [(each.from_at, each.to_at, each.is_called_off) for each in page.holidays] == [(day(2), day(4), True)]


def test_an_opened_and_a_later_notified_case_know_the_seller_too() -> None:
    party = seller()
    away(party, 5, 6)
    with on_day(0):
        sellers.change_tier(SUE, party=party, tier="new")
    told_later = a_case(state=State.DRAFT)
    with on_day(3):
        opening.submit_case(ANNA, case=told_later)
        moving.notify(ANNA, case=told_later)
        claim = Intake(order="O-0", reason="payment/wrong_amount", remedy="full_refund", amount="25.00",
                       expected="a cup", actual="shards", tried="wrote on Monday", overrides=("no_live_case",),
                       note="Two claims.")  # fmt: skip
        opened = opening.open_case(SUE, intake=claim).dispute_id
    assert window(told_later) == window(opened) == timedelta(days=8)


def test_a_file_tells_tier_and_country_of_a_seller(tmp_path: Path) -> None:
    facts = {"seller_tier": "New", "seller_country": "CN", "seller_notified_at": "2026-03-03T09:00:00Z"}
    bring(tmp_path, {**facts, "seller_ref": "s9"})
    assert window(dispute_id("D-1")) == timedelta(days=8)
    known = Party.get(Party.ref == "s9")
    assert (known.tier, known.country) == ("new", "CN")
    bring(tmp_path, {"case_ref": "D-2", "order_ref": "O-2", "seller_ref": "s9"})
    assert window(dispute_id("D-2")) == timedelta(days=8), "as it was known"
    bring(tmp_path, {"case_ref": "D-4", "order_ref": "O-4", "seller_ref": "s8", "seller_country": "People's Republic"})
    assert window(dispute_id("D-4")) == timedelta(days=5)
    assert not [event for event in Event.select() if "Republic" in event.body], "events hold no text"
    result = bring(tmp_path, {"case_ref": "D-3", "seller_tier": "very good!"})
    assert [reject.column for reject in result.rejects] == ["seller_tier"]


@pytest.mark.parametrize("tier", ["Gold", "very good", "x" * 41])
def test_a_tier_is_one_word(tier: str) -> None:
    party = seller()
    with on_day(0), pytest.raises(Refused) as refusal:
        sellers.change_tier(SUE, party=party, tier=tier)
    assert refusal.value.rule == "tier"


@pytest.mark.parametrize(("first", "last"), [(-3, -1), (2, 2), (4, 2), (1, 70)])
def test_a_holiday_lies_ahead_and_has_an_end(first: float, last: float) -> None:
    party = seller()
    before = events()
    with pytest.raises(Refused) as refusal:
        away(party, first, last)
    assert (refusal.value.rule, events()) == ("holiday", before)


def test_one_time_is_declared_once_and_what_was_not_declared_is_not_called_off() -> None:
    party = seller()
    away(party, 2, 4)
    with pytest.raises(Refused, match="a part of that time already"):
        away(party, 3, 5)
    away(party, 4, 5)
    with on_day(0), pytest.raises(NotFound):
        sellers.call_off_holiday(ANNA, party=party, from_at=day(3))
    with on_day(6), pytest.raises(NotFound):
        sellers.call_off_holiday(ANNA, party=party, from_at=day(2))


def test_tiers_are_supervisors_and_neither_is_a_buyers() -> None:
    party, buyer = seller(), find_party("b1")
    with on_day(0), pytest.raises(NotAllowed):
        sellers.change_tier(ANNA, party=party, tier="gold")
    with pytest.raises(NotAllowed):
        away(party, 2, 4, actor=ADA)
    with on_day(0), pytest.raises(Refused, match="b1 is a buyer"):
        sellers.change_tier(SUE, party=buyer, tier="gold")
    with on_day(0), pytest.raises(Refused, match="already"):
        sellers.change_tier(SUE, party=party, tier="")
    with on_day(0), pytest.raises(NotFound):
        sellers.declare_holiday(ANNA, party=999, from_at=day(1), to_at=day(2))
