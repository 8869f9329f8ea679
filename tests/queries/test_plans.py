"""The shipped views are served by indexes: none of them reads every case."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from models import clock, database
from models.queries import due_cases, paging, queue, seeking
from models.queries.queue import LAST, VIEWS, Key, View
from models.queries.sorting import SORTS
from models.tables import database as tables
from tests.queries.cases import NOW, add, some_case

SCANS = re.compile(r"SCAN (?:t1|dispute)(?: USING (?:COVERING )?INDEX (\w+))?")


@pytest.fixture
def shelf(sqlite_url: str) -> Iterator[None]:
    """A SQLite store with some cases and without statistics, as it is on its first day."""
    database.open_store(sqlite_url)
    rng = random.Random(7)
    with clock.stands_at(NOW):
        add(some_case(rng, number) for number in range(40))
        yield
    database.close_store()


Read = Callable[[], object]


@pytest.fixture
def steps(shelf: None, monkeypatch: pytest.MonkeyPatch) -> Callable[[Read], list[str]]:
    """What SQLite plans for all selects that a read makes."""
    execute = tables.obj.execute_sql

    def planned(read: Read) -> list[str]:
        found: list[str] = []

        def explained(sql: str, params: Any = None) -> Any:
            if sql.startswith(("SELECT", "WITH")):
                found.extend(str(row[-1]) for row in execute(f"EXPLAIN QUERY PLAN {sql}", params).fetchall())
            return execute(sql, params)

        monkeypatch.setattr(tables.obj, "execute_sql", explained)
        read()
        monkeypatch.setattr(tables.obj, "execute_sql", execute)
        assert found
        return found

    return planned


@pytest.fixture
def scans(steps: Callable[[Read], list[str]]) -> Callable[[Read], list[str]]:
    """Of these the steps that walk through every case."""
    indexes = tables.execute_sql("SELECT name, sql FROM sqlite_schema WHERE type = 'index'").fetchall()
    partial = {name for name, sql in indexes if sql and " WHERE " in sql.replace("\n", " ")}

    def found(read: Read) -> list[str]:
        return [step for step in steps(read) if (match := SCANS.fullmatch(step)) and match[1] not in partial]

    return found


@pytest.mark.parametrize("name", VIEWS)
def test_no_view_reads_every_case(scans: Callable[[Read], list[str]], name: str) -> None:
    view = VIEWS[name]
    walked_through = scans(every_page(view, view.sort))
    if name == "all":
        assert {step.rsplit(" ")[-1] for step in walked_through} <= {"dispute_opened_at_id"}, "by its order, to a limit"
    else:
        assert walked_through == []
        assert scans(lambda: queue.count(view, actor_login="ann")) == []


ORDERS_OF_ALL = "dispute_opened_at_id|dispute_amount_minor_id|dispute_decided_at_id"
IN_ORDER_OF_ALL = re.compile(rf"\w+ (?:t1|dispute)(?: USING INDEX (?:{ORDERS_OF_ALL})\b| USING INTEGER.*rowid[<>]|$)")
"""Steps that walk through the cases of the whole store in their order, from a key or from an end."""
EVERY_SORT = [sort for key in SORTS for sort in (key, f"-{key}")]


def every_page(view: View, sort: str) -> Read:
    """The first, one behind a key, one before it, the last, and where one in the middle begins."""
    key = Key(int(NOW.timestamp()), 5)

    def pages() -> None:
        queue.page(view, sort=sort, limit=5, actor_login="ann")
        queue.page(view, sort=sort, limit=5, actor_login="ann", after=key)
        queue.page(view, sort=sort, limit=5, actor_login="ann", before=key)
        queue.page(view, sort=sort, limit=5, actor_login="ann", before=LAST)
        queue.key_at(view, 3, sort=sort, actor_login="ann")

    return pages


@pytest.mark.parametrize("name", [name for name in VIEWS if name != "all"])
@pytest.mark.parametrize("sort", EVERY_SORT)
def test_no_view_in_any_order_walks_through_every_case(
    steps: Callable[[Read], list[str]], scans: Callable[[Read], list[str]], name: str, sort: str
) -> None:
    pages = every_page(VIEWS[name], sort)
    assert [step for step in steps(pages) if IN_ORDER_OF_ALL.match(step)] == []
    assert scans(pages) == []


@pytest.mark.parametrize("sort", EVERY_SORT)
def test_all_cases_are_sorted_in_no_order_but_read_in_it(steps: Callable[[Read], list[str]], sort: str) -> None:
    assert not [step for step in steps(every_page(VIEWS["all"], sort)) if "TEMP" in step]


@pytest.mark.parametrize("sort", EVERY_SORT)
def test_cases_in_triage_are_found_by_their_own_index(steps: Callable[[Read], list[str]], sort: str) -> None:
    first = steps(lambda: queue.page(VIEWS["triage"], sort=sort, limit=5))[0]
    assert "dispute_in_triage" in first


def test_a_page_in_the_middle_begins_at_its_key(scans: Callable[[Read], list[str]]) -> None:
    key = Key(int(NOW.timestamp()), 5)
    assert scans(lambda: queue.page(VIEWS["all"], limit=5, after=key)) == []
    assert scans(lambda: queue.page("", sort="amount", limit=5, after=key)) == []
    assert scans(lambda: queue.page("", sort="case", limit=5, after=key)) == []


def test_the_money_of_all_cases_is_counted_without_looking_at_any(steps: Callable[[Read], list[str]]) -> None:
    assert steps(lambda: queue.count("")) == ["SCAN t1 USING COVERING INDEX dispute_currency_amount_minor"]


@pytest.mark.parametrize(
    ("term", "index"), [("ref:D-7", "dispute_ref_any_case"), ("order:O-7", "purchase_ref_any_case")]
)
def test_a_whole_reference_is_looked_up_in_any_case(steps: Callable[[Read], list[str]], term: str, index: str) -> None:
    plan = steps(lambda: queue.count(term))
    assert any(index in step for step in plan)
    assert not any(step.startswith("SCAN") for step in plan)


def test_a_sweep_finds_its_cases_by_an_index_and_goes_on_in_it(steps: Callable[[Read], list[str]]) -> None:
    plan = steps(lambda: (due_cases._page(NOW, None), due_cases._page(NOW, (5, 5))))
    assert len(plan) == 2
    assert all("USING COVERING INDEX dispute_moves_at_id (" in step for step in plan), plan


@pytest.mark.parametrize("term", ["overdue:resolution", "clock:review", "-overdue:negotiation_cap"])
def test_the_index_of_running_clocks_is_read_once_and_not_for_each_case(
    steps: Callable[[Read], list[str]], term: str
) -> None:
    plan = steps(lambda: queue.count(f"is:open {term}"))
    assert any("timer_kind_due_at" in step for step in plan)
    assert not any("CORRELATED" in step for step in plan)


def test_a_window_that_runs_is_found_by_its_due_instant(steps: Callable[[Read], list[str]]) -> None:
    plan = steps(lambda: queue.count("clock:appeal_window"))
    assert any("timer_due_at" in step for step in plan)
    assert not any("CORRELATED" in step for step in plan)


def test_the_parties_are_walked_through_as_they_lie_for_a_part_of_a_buyers_name(
    steps: Callable[[Read], list[str]],
) -> None:
    """By the index of sides each would be looked up by itself."""
    plan = steps(lambda: queue.count("buyer:mira"))
    assert "SCAN t2" in plan


def test_who_must_act_is_looked_for_among_open_cases(scans: Callable[[Read], list[str]]) -> None:
    assert scans(lambda: queue.count("ball:seller")) == []


@pytest.mark.parametrize(
    ("view", "words"), [("all", "is:open lamp"), ("in-review", "lamp"), ("mine", '"a lamp"'), ("home", "lamp")]
)
def test_words_within_few_cases_are_read_once_and_from_the_first_of_these(
    steps: Callable[[Read], list[str]], view: str, words: str
) -> None:
    """Else every case that contains them is looked up, or the index is asked anew for each of the few."""
    asked = queue.narrowed(VIEWS[view], words)
    sort = queue.order_of(VIEWS[view], asked)
    plan = " ".join(steps(lambda: queue.page(asked, limit=50, actor_login="ann", sort=sort)))
    counted = {"M1"} if view == "all" else set()  # up to a bound: whether there are few enough to be scored
    assert set(re.findall(r"VIRTUAL TABLE INDEX \d+:(\S*M\S*)", plan)) == {"M1>"} | counted


UNSERVED = ["reason:quality", "-is:closed", "owner:ann", "is:high_value -amount>3000", "lamp", "lamp -reason:quality"]


@pytest.mark.parametrize("text", UNSERVED)
@pytest.mark.parametrize("sort", EVERY_SORT)
def test_what_no_index_finds_is_looked_for_near_by_then_everywhere_then_in_order(
    shelf: None, monkeypatch: pytest.MonkeyPatch, text: str, sort: str
) -> None:
    """Whichever way leads to a page, the pages are those of the list, forwards and backwards."""
    whole = [row.id for row in queue.rows(text, sort=sort, actor_login="ann")]
    for near, far, few in ((3, 6, 2), (3, 6, 1000), (12, 30, 4)):
        monkeypatch.setattr(seeking, "NEAR", near)
        monkeypatch.setattr(seeking, "FAR", far)
        monkeypatch.setattr(seeking, "FEW", few)
        paging._spelled.cache_clear()
        assert by_pages(text, sort, "after") == whole
        assert by_pages(text, sort, "before") == whole[::-1]
    paging._spelled.cache_clear()


def by_pages(text: str, sort: str, way: str) -> list[int]:
    """All numbers, read three at a time from the one end or the other."""
    key: Key | None = LAST if way == "before" else None
    found: list[int] = []
    while True:
        after, before = (key, None) if way == "after" else (None, key)
        page = queue.page(text, sort=sort, limit=3, actor_login="ann", after=after, before=before)
        numbers = [row.id for row in page.rows]
        found += numbers if way == "after" else numbers[::-1]
        if not page.has_more:
            return found
        key = page.last_key if way == "after" else page.first_key


@pytest.mark.parametrize("text", UNSERVED)
@pytest.mark.parametrize("sort", ["amount", "-opened", "due", "-decided"])
def test_no_list_is_walked_through_for_what_no_index_finds(
    steps: Callable[[Read], list[str]], text: str, sort: str
) -> None:
    """Only to a limit, and then as the cases lie; in its order each would be read from a page of its own."""
    plan = steps(lambda: queue.page(text, sort=sort, limit=50, actor_login="ann"))
    walked = [at for at, step in enumerate(plan) if re.search(rf" INDEX (?:{ORDERS_OF_ALL})\b", step)]
    assert all(plan[at - 1].startswith(("CO-ROUTINE first", "LIST SUBQUERY")) for at in walked), "\n".join(plan)
