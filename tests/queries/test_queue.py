"""Pages, rows and counts of a queue."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from playhouse.test_utils import count_queries

from models.errors import Misused
from models.queries import queue
from models.queries.paging import BATCH
from models.queries.queue import LAST, VIEWS, CaseRow, Key, Page, page, rows
from models.queries.sorting import SORTS
from models.queries.standpoint import Standpoint
from tests.queries.cases import NOW, Made
from tests.queries.meaning import counting, is_open, overdue

SORT_VALUES: dict[str, Callable[[CaseRow], Any]] = {
    "due": lambda row: row.next_due_at,
    "opened": lambda row: row.opened_at,
    "amount": lambda row: row.amount.amount_minor,
    "overdue_by": lambda row: row.overdue_by,
    "decided": lambda row: row.decided_at,
    "case": lambda row: row.id,
}
GROUPED: dict[str, Callable[[Made], str | None]] = {
    "assignee": lambda made: made.case.assignee or None,
    "seller": lambda made: made.told.seller_ref,
    "state": lambda made: made.case.state,
    "outcome": lambda made: made.case.outcome,
}
PAST = NOW - timedelta(hours=100)


def walked(text: str, sort: str, at: datetime | None, *, backwards: bool = False) -> list[CaseRow]:
    """Every page of it, one after the other."""
    found: list[CaseRow] = []
    key: Key | None = LAST if backwards else None
    while True:
        turned: Page = page(
            text, limit=7, sort=sort, at=at, after=None if backwards else key, before=key if backwards else None
        )
        found = [*turned.rows, *found] if backwards else [*found, *turned.rows]
        if not turned.has_more:
            return found
        key = turned.first_key if backwards else turned.last_key


@pytest.mark.parametrize("at", [None, PAST], ids=["now", "past"])
def test_pages_follow_each_other_in_order_both_ways_in_every_order(desk: list[Made], at: datetime | None) -> None:
    everyone = {made.id for made in desk if at is None or made.case.opened_at <= at}
    for key, value in SORT_VALUES.items():
        for sort in (key, f"-{key}"):
            there = walked("", sort, at)
            assert there == walked("", sort, at, backwards=True), sort
            assert there == list(rows("", sort=sort, at=at)), sort
            assert {row.id for row in there} == everyone and len(there) == len(everyone), sort
            values = [value(row) for row in there]
            known = [each for each in values if each is not None]
            assert values == sorted(known, reverse=sort.startswith("-")) + [None] * (len(values) - len(known)), sort
            expected = [row.id for row in there if value(row) == known[0]]
            assert expected == sorted(expected, reverse=_is_id_reversed(sort)), "equal values go by their number"


def _is_id_reversed(sort: str) -> bool:
    """`-overdue_by` rises by the due instant, and the number goes along."""
    return sort.startswith("-") != sort.endswith("overdue_by")


def test_every_row_of_every_order_is_found_by_its_number(desk: list[Made]) -> None:
    for sort in (sort for key in SORTS for sort in (key, f"-{key}")):
        there = list(rows("", sort=sort))
        for number in (0, 1, len(there) // 2, len(there) - 1):
            key = queue.key_at("", number, actor_login="", sort=sort)
            assert key is not None and key.id == there[number].id, (sort, number)
            behind = page("", limit=1, sort=sort, after=key).rows
            assert behind == tuple(there[number + 1 : number + 2]), (sort, number)
        assert queue.key_at("", len(there), actor_login="", sort=sort) is None


def test_the_home_view_lists_overdue_sellers_the_longest_first(desk: list[Made]) -> None:
    point = Standpoint(NOW)
    late = {made.id: clock.due_at for made in desk for clock in overdue(made, point) if clock.kind == "seller_response"}
    found = [row.id for row in rows(VIEWS["home"])]
    assert found == sorted(late, key=lambda each: (late[each], each))
    assert found == [row.id for row in rows(VIEWS["home"], at=NOW)], "the present, asked as an instant, is the same"


@pytest.mark.parametrize("at", [None, NOW, PAST], ids=["now", "now as an instant", "past"])
def test_a_row_says_what_the_rules_say(desk: list[Made], at: datetime | None) -> None:
    point = Standpoint(at or NOW, at is not None)
    found = {row.id: row for row in rows("", at=at)}
    for made in desk:
        case, row = made.case, found.get(made.id)
        if row is None:
            assert at is not None and case.opened_at > at
            continue
        clocks = counting(made, point)
        upcoming = min(clocks, key=lambda clock: clock.due_at, default=None)
        late = sorted(overdue(made, point), key=lambda clock: clock.due_at)
        assert row.case == f"C{made.id}" and (row.source, row.ref) == (made.told.source, made.told.ref)
        assert row.next_due_at == (upcoming.due_at if upcoming else None)
        assert row.overdue == tuple(clock.kind for clock in late)
        assert row.overdue_by == (int((point.at - late[0].due_at).total_seconds()) if late else None)
        if at is None:
            assert (row.state, row.ball, row.assignee or "") == (case.state, case.ball, case.assignee)
            assert (row.outcome, row.decided_at) == (case.outcome, case.decided_at)
        else:
            assert row.ball is None and row.assignee is None and row.may_escalate_at is None
            assert (row.state not in ("resolved", "closed")) == is_open(made, point)
            assert row.decided_at is None or row.decided_at <= at
            assert (row.outcome is None) == (case.decided_at is None or case.decided_at > at)


def test_escalation_stays_shut_while_an_offer_waits_for_the_buyer(desk: list[Made]) -> None:
    found = {row.id: row for row in rows("is:open")}
    waiting = 0
    for made in desk:
        offers = [offer for offer in made.case.offers if offer.lane != "buyer" and offer.is_live(NOW)]
        if made.case.state in ("awaiting_seller", "negotiation"):
            waiting += bool(offers)
            assert (found[made.id].may_escalate_at is None) == (
                bool(offers) or made.case.notified_at is None or _seller_is_held(made)
            )
    assert waiting


def test_a_page_costs_three_selects(desk: list[Made]) -> None:
    for view in ("home", "all", "refunds"):
        with count_queries() as counter:
            assert page(VIEWS[view], limit=5).rows
        assert counter.count == 3, view
    with count_queries() as counter:
        queue.counts_of_views(queue.VIEWS, "ann")
    assert counter.count == 1


def test_rows_leave_in_batches(desk: list[Made]) -> None:
    assert BATCH > 1
    with count_queries() as counter:
        assert len(list(rows("", limit=3))) == 3
    assert counter.count == 3, "a limit is not read past"
    assert [row.id for row in rows("", sort="case", limit=5)] == sorted(made.id for made in desk)[:5]


def test_counts_add_up_by_currency_and_key(desk: list[Made]) -> None:
    (whole,) = queue.count("is:open")
    opened = [made for made in desk if is_open(made, Standpoint(NOW))]
    assert whole.cases == len(opened) and whole.key is None
    assert whole.money == {
        currency: sum(made.case.amount_minor for made in opened if made.case.currency == currency)
        for currency in sorted({made.case.currency for made in opened})
    }
    for by, value in GROUPED.items():
        counted = queue.count("", by=by)
        assert {each.key: each.cases for each in counted} == {
            key: sum(value(made) == key for made in desk) for key in {value(made) for made in desk}
        }
        assert [each.cases for each in counted] == sorted((each.cases for each in counted), reverse=True)
    assert sum(each.cases for each in queue.count("", at=PAST, by="state")) == queue.count("", at=PAST)[0].cases
    assert queue.count("ref:nobody") == [queue.Count(None)]
    assert queue.count("ref:nobody", by="seller") == []


def test_the_counts_of_the_views_are_their_lengths(desk: list[Made]) -> None:
    counts = queue.counts_of_views(queue.VIEWS, "ann")
    assert counts == {name: len(list(rows(view, actor_login="ann"))) for name, view in VIEWS.items()}
    assert counts["all"] == len(desk) and counts["mine"] and counts["triage"] and counts["refunds"]


def test_versions_tell_which_rows_are_there(desk: list[Made]) -> None:
    assert queue.versions_of([desk[0].id, desk[3].id, 10**9]) == {desk[0].id: 1, desk[3].id: 1}


def test_a_view_is_narrowed_by_a_query(desk: list[Made]) -> None:
    query = queue.narrowed(VIEWS["triage"], "state:in_review or state:negotiation")
    found = {row.id for row in rows(query)}
    wanted = ("in_review", "negotiation")
    assert found == {made.id for made in desk if made.case.needs_triage and made.case.state in wanted}


def test_an_unknown_word_is_refused_with_the_nearest(desk: list[Made]) -> None:
    for wrong, near in (("hoem", "home"), ("in-reveiw", "in-review")):
        with pytest.raises(Misused, match=near):
            queue.view_for("ann", wrong)
    with pytest.raises(Misused, match="opened"):
        page("", limit=1, sort="-openned")
    with pytest.raises(Misused, match="assignee"):
        queue.count("", by="asignee")
    with pytest.raises(Misused, match="present"):
        queue.count("", at=NOW, by="ball")


def test_every_view_and_every_order_is_known() -> None:
    assert {view.sort.removeprefix("-") for view in VIEWS.values()} <= set(SORTS)
    assert set(SORT_VALUES) | {"seller_due", "rank"} == set(SORTS)


def _seller_is_held(made: Made) -> bool:
    return any(clock.is_held for clock in made.case.clocks if clock.kind == "seller_response")
