"""Pages, counts and whole cases, against the driver reading the same rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from typing import Any

from models import clock
from models.queries import queue
from models.queries.case_file import case_file
from models.queries.paging import Key
from models.queries.party_record import RECORD_DAYS
from tests.bench.figure import Figure, Pair, alternated, compared, percentile, seconds, shown
from tests.bench.store import Store

ROUNDS, ROWS, REPEATS, CASES = 9, 50, 10, 20
DEEP = 0.9
"""Of all cases lie before the deep page."""
PAGE = """
SELECT d.*, o.ref, b.ref, b.name, s.ref, s.name, a.login FROM dispute d
JOIN purchase o ON o.id = d.order_id JOIN party b ON b.id = d.buyer_id JOIN party s ON s.id = d.seller_id
LEFT JOIN agent a ON a.id = d.assignee_id WHERE d.id IN (SELECT value FROM json_each(?))
"""
TIMERS = "SELECT * FROM timer WHERE dispute_id IN (SELECT value FROM json_each(?))"
OF_CASE = (
    "timer", "ask", "message", "appeal", "event", "evidence", "claim", "flag", "watch", "reminder", "offer", "decision",
    "refund", "goodwill",
)  # fmt: skip
CASE = """
SELECT d.*, o.ref, b.ref, b.name, s.ref, s.name, a.login FROM dispute d
JOIN purchase o ON o.id = d.order_id JOIN party b ON b.id = d.buyer_id JOIN party s ON s.id = d.seller_id
LEFT JOIN agent a ON a.id = d.assignee_id WHERE d.id = ?
"""
ORDER = ("SELECT * FROM purchase WHERE id = ?", "SELECT * FROM line WHERE order_id = ? ORDER BY number")
BESIDE = """
SELECT d.id, d.confirmed_minor, r.amount_minor, r.state FROM dispute d LEFT JOIN refund r ON r.dispute_id = d.id
WHERE d.order_id = ? AND d.id != ?
"""
SAME_FILE = """
SELECT other.sha256, other.dispute_id FROM evidence mine JOIN evidence other ON other.sha256 = mine.sha256
WHERE mine.dispute_id = ?1 AND other.dispute_id != ?1
"""
PARTIES = ("SELECT * FROM party WHERE id IN (?, ?)", "SELECT party_id, until_at FROM measure WHERE party_id IN (?, ?)")
RECORDS = tuple(
    f"""
    SELECT count(*), count(*) FILTER (WHERE is_open) FROM
    (SELECT is_open FROM dispute WHERE {side} = ?1 AND opened_at BETWEEN ?2 AND ?3 ORDER BY opened_at DESC LIMIT 1000)
    AS recent
    """
    for side in ("buyer_id", "seller_id")
)
PROMISES = """
SELECT t.ended_as, t.stopped_at IS NULL AND t.due_at < ?3, count(*) FROM
(SELECT id FROM dispute WHERE seller_id = ?1 AND opened_at BETWEEN ?2 AND ?3 ORDER BY opened_at DESC LIMIT 1000)
AS recent JOIN timer t ON t.dispute_id = recent.id AND t.kind = 'seller_response' GROUP BY 1, 2
"""


Ask = Callable[[str, Sequence[object]], list[Any]]
"""The driver: a statement and its values, and all rows."""


def figures(store: Store) -> Iterator[Figure]:
    with closing(store.driver()) as driver:
        yield from measured(lambda *asked: driver.execute(*asked).fetchall(), store.actor.login)


def measured(ask: Ask, login: str) -> Iterator[Figure]:
    """The open store, against the driver on the same."""
    first = _page(ask, None)
    yield compared("queue page of 50 rows, first", first, "ms", "≤ 8")
    deep = _page(ask, _deep_key(ask))
    yield compared(f"queue page of 50 rows, behind {DEEP:.0%} of all", deep, "ms", "≤ 8")
    yield Figure(
        "deep page against the first", shown(deep.ours, "ms"), shown(first.ours, "ms"), deep.ours / first.ours, "≤ 2"
    )
    counts = [seconds(lambda: queue.counts_of_views(queue.VIEWS, login)) for _ in range(ROUNDS * 3)]
    yield Figure("counts of all views", shown(percentile(counts, 50), "ms"), reach="≤ 10 ms")
    yield compared("case opened, data alone", _case(ask), "ms", "≤ 10")


def _page(ask: Ask, after: Key | None) -> Pair:
    view = queue.VIEWS["all"]
    ids = str([row.id for row in queue.page(view, limit=ROWS, after=after).rows])

    def floor() -> None:
        ask(PAGE, (ids,))
        ask(TIMERS, (ids,))

    return _often(lambda: queue.page(view, limit=ROWS, after=after), floor)


def _deep_key(ask: Ask) -> Key:
    (cases,) = ask("SELECT count(*) FROM dispute", ())[0]
    deep = "SELECT opened_at, id FROM dispute ORDER BY opened_at DESC, id DESC LIMIT 1 OFFSET ?"
    return Key(*ask(deep, (int(cases * DEEP),))[0])


def _case(ask: Ask) -> Pair:
    """The floor reads each row that ours does, and counts what ours counts; it makes nothing of them."""
    cases = [row.id for row in queue.page(queue.VIEWS["in-review"], limit=CASES).rows]
    whole = "SELECT order_id, buyer_id, seller_id FROM dispute WHERE id = ?"
    known = [(case, *ask(whole, (case,))[0]) for case in cases]
    statements = [f"SELECT * FROM {table} WHERE dispute_id = ?" for table in OF_CASE]
    until = int(clock.now().timestamp())
    span = (until - int(RECORD_DAYS.total_seconds()), until)

    def floor() -> None:
        for case, order, buyer, seller in known:
            for statement in (CASE, *statements, SAME_FILE):
                ask(statement, (case,))
            for statement in ORDER:
                ask(statement, (order,))
            ask(BESIDE, (order, case))
            for statement in PARTIES:
                ask(statement, (buyer, seller))
            for statement, party in zip(RECORDS, (buyer, seller), strict=True):
                ask(statement, (party, *span))
            ask(PROMISES, (seller, *span))

    def each(work: Callable[[], object]) -> float:
        return seconds(work) / len(cases)

    return alternated(lambda: each(lambda: [case_file(case) for case in cases]), lambda: each(floor), ROUNDS)


def _often(ours: object, floor: object) -> Pair:
    """A single one of these is too short to be measured."""
    assert callable(ours) and callable(floor)

    def repeated(work: object) -> float:
        assert callable(work)
        return seconds(lambda: [work() for _ in range(REPEATS)]) / REPEATS

    return alternated(lambda: repeated(ours), lambda: repeated(floor), ROUNDS)
