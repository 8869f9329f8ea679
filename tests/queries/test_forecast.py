"""What will breach, beside what the rules say of each case; and by an index."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from playhouse.test_utils import count_queries

from models import clock
from models.database import Location
from models.imported import ImportedCase
from models.queries.forecast import (
    COLUMNS,
    Forecast,
    Horizon,
    Totals,
    Who,
    forecast,
    horizons,
    shift,
)
from models.queries.language import parse
from models.queries.standpoint import standpoint
from models.rules.act import Act, Verb
from models.rules.reach import out_of_reach
from models.vocabulary import ClockKind, Hold, Outcome, Party, PartyAct, Payer
from tests.queries.cases import NOW, Made, add, some_case
from tests.queries.meaning import finds
from tests.queries.test_case_file import lamp
from tests.queries.test_plans import Read, steps  # noqa: F401
from tests.queries.test_plans import shelf as shelf

HOUR = timedelta(hours=1)
THREE_DAYS = timedelta(days=3)
Key = tuple[int, str, bool]


def asked(where: str = "", last: Horizon | None = None) -> list[Forecast]:
    with clock.stands_at(NOW):
        return list(forecast(where, until=horizons(NOW, last), actor_login="ann"))


def expected(desk: list[Made], length: timedelta) -> list[Key]:
    """From the rules alone: what runs, does not stand still, and is due neither before now nor after the horizon."""
    found = [
        (clock.due_at, made.id, clock.kind.value, clock.kind is ClockKind.RESOLUTION and out_of_reach(made.case, NOW))
        for made in desk
        for clock in made.case.clocks
        if clock.is_running and not clock.is_held and not clock.is_paused(NOW) and NOW <= clock.due_at <= NOW + length
    ]
    return sorted((number, kind, not lost) for _, number, kind, lost in found)


@pytest.fixture
def desk(store: Location) -> list[Made]:
    rng = random.Random(5)
    return add([*(some_case(rng, number) for number in range(250)), *(told_late(number) for number in range(3))])


def told_late(number: int) -> tuple[ImportedCase, list[tuple[Act, datetime]]]:
    """Due in a day; the seller was told one, two, three days ago."""
    told, _ = lamp(f"L-{number}")
    first = Act(verb=Verb.OPEN, occurred_at=NOW - timedelta(days=14), reason=told.reason, amount_minor=5000,
                currency="EUR", paid_minor=4000, policy_version=1)  # fmt: skip
    history = [first, Act(verb=Verb.NOTIFY, occurred_at=NOW - timedelta(days=number + 1))]
    return replace(told, opened_at=first.occurred_at), [(act, act.occurred_at) for act in history]


def test_every_promise_that_is_about_to_break_and_nothing_else(desk: list[Made]) -> None:
    lost = 0
    for length in (THREE_DAYS, 30 * HOUR, HOUR):
        rows = asked(last=Horizon("x", NOW + length))
        assert sorted((row.id, row.clock, row.can_be_saved) for row in rows) == expected(desk, length)
        assert [row.due_at for row in rows] == sorted(row.due_at for row in rows)
        lost += sum(not row.can_be_saved for row in rows)
    assert lost == 3 + 3, "told too late"
    assert {row.booked_to for row in asked() if not row.can_be_saved} == {"platform"}
    assert all((row.booked_to is None) == row.can_be_saved for row in asked())
    assert all((row.action is None) == (row.saved_by is None) == (row.whom is None) for row in asked())
    assert [len(row.values()) for row in asked()[:1]] == [len(COLUMNS)]


@pytest.mark.parametrize("where", ["source:shop", "reason:quality or amount>50", "owner:ann", "is:held"])
def test_a_query_narrows_it(desk: list[Made], where: str) -> None:
    root = parse(where).root
    assert root is not None
    with clock.stands_at(NOW):
        point = standpoint(login="ann")
    chosen = [made for made in desk if finds(root, made, point)]
    assert sorted((row.id, row.clock, row.can_be_saved) for row in asked(where)) == expected(chosen, THREE_DAYS)


def test_horizons_lie_in_their_order_and_end_where_one_looks_to(desk: list[Made]) -> None:
    assert NOW.hour == 12, "within the desk's hours"
    assert [each.name for each in horizons(NOW)] == ["4h", "shift", "24h", "48h", "72h"]
    assert [each.name for each in horizons(NOW, shift(NOW))] == ["4h", "shift"]
    assert [each.name for each in horizons(NOW, Horizon("30h", NOW + 30 * HOUR))] == ["4h", "shift", "24h", "30h"]
    assert [each.name for each in horizons(NOW, Horizon("1h", NOW + HOUR))] == ["1h"]


def test_totals_count_the_nearer_horizons_too(desk: list[Made]) -> None:
    with clock.stands_at(NOW):
        totals = Totals(horizons(NOW))
        rows = list(totals.counted(forecast(until=totals.until)))
    for horizon in totals.until:
        assert totals.by_end_of(horizon).total() == sum(row.due_at <= horizon.end for row in rows)
    whole = totals.by_end_of(totals.until[-1])
    assert sum(count for who, count in whole.items() if who.is_lost) == sum(not row.can_be_saved for row in rows)
    assert whole == Counter(
        Who(not row.can_be_saved, (row.saved_by if row.can_be_saved else row.booked_to) or "",
            (row.whom or "") if row.saved_by == "platform" else "")
        for row in rows
    )  # fmt: skip


def hours_ago(hours: float, verb: Verb, **facts: object) -> Act:
    return Act(verb=verb, occurred_at=NOW - hours * HOUR, **facts)  # type: ignore[arg-type]


ESCALATED = hours_ago(110, Verb.ESCALATE, cause="silence")
CLAIMED = hours_ago(100, Verb.CLAIM, login="Bea", by="Bea")


@pytest.mark.parametrize(
    ("kind", "acts", "saved"),
    [
        ("seller_response", [hours_ago(100, Verb.NOTIFY)], ("seller", "S1", "chase")),
        ("buyer_reply", [hours_ago(60, Verb.RESPOND, party=Party.SELLER, move=PartyAct.OFFER, amount_minor=5)],
         ("buyer", "B1", "message")),
        ("review", [ESCALATED], ("platform", "agent", "claim")),
        ("review", [ESCALATED, CLAIMED], ("platform", "Bea", "decide")),
        ("review", [hours_ago(125, Verb.ESCALATE, cause="silence"), CLAIMED,
                    hours_ago(99, Verb.ASK, party=Party.BUYER, items=1)],
         ("platform", "Bea", "ask --cancel")),
        ("info", [ESCALATED, CLAIMED, hours_ago(60, Verb.ASK, party=Party.BUYER, items=1)],
         ("buyer", "B1", "message")),
        ("approval", [ESCALATED, CLAIMED, hours_ago(1, Verb.DECIDE, by="Bea", outcome=Outcome.NO_REFUND, amount_minor=0,
                                                    payer=Payer.SELLER, needs_second_person=True)],
         ("platform", "supervisor", "approve")),
        ("refund", [ESCALATED, CLAIMED, hours_ago(60, Verb.DECIDE, by="Bea", outcome=Outcome.FULL_REFUND,
                                                  amount_minor=4000, payer=Payer.SELLER)],
         ("platform", "Bea", "refund")),
    ],
)  # fmt: skip
def test_who_can_save_it(store: Location, kind: str, acts: list[Act], saved: tuple[str, str, str]) -> None:
    told, history = lamp("D:1", *acts)
    add([(told, history)])
    row = next(row for row in asked() if row.clock == kind)
    assert (row.saved_by, row.whom, row.action, row.can_be_saved) == (*saved, True)


def test_a_promise_on_hold_is_not_counted(store: Location) -> None:
    told = [hours_ago(100, Verb.NOTIFY)]
    add([lamp("D:1", *told), lamp("D:2", *told, hours_ago(2, Verb.HOLD, hold=Hold.LEGAL))])
    assert {row.ref for row in asked() if row.clock == "seller_response"} == {"D:1"}


def test_it_is_served_by_the_index_of_running_clocks(steps: Callable[[Read], list[str]]) -> None:  # noqa: F811
    until = horizons(NOW)
    for where in ("", "is:open", "owner:ann"):
        plan = steps(lambda where=where: list(forecast(where, until=until, actor_login="ann")))  # type: ignore[misc]
        assert any("timer_kind_due_at" in step for step in plan), plan
        assert not [step for step in plan if step.startswith(("SCAN t1", "SCAN timer", "SCAN dispute"))], plan


def test_a_batch_costs_the_same_selects(desk: list[Made]) -> None:
    with count_queries() as counter:
        assert asked()
    assert counter.count <= 5, "one of them for the hours of the desk"
