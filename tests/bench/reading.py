"""Pages, counts and whole cases, against the driver reading the same rows."""

from __future__ import annotations

from collections.abc import Iterator

import apsw

from models.queries import queue
from models.queries.case_file import case_file
from models.queries.paging import Key
from tests.bench.figure import Figure, Pair, alternated, compared, percentile, seconds, shown
from tests.bench.store import Store

ROUNDS, ROWS, REPEATS = 9, 50, 10
DEEP = 0.9
"""Of all cases lie before the deep page."""
PAGE = """
SELECT d.*, o.ref, b.ref, b.name, s.ref, s.name, a.login FROM dispute d
JOIN purchase o ON o.id = d.order_id JOIN party b ON b.id = d.buyer_id JOIN party s ON s.id = d.seller_id
LEFT JOIN agent a ON a.id = d.assignee_id WHERE d.id IN (SELECT value FROM json_each(?))
"""
TIMERS = "SELECT * FROM timer WHERE dispute_id IN (SELECT value FROM json_each(?))"
ORDER = """
SELECT * FROM purchase JOIN line ON line.order_id = purchase.id
WHERE purchase.id = (SELECT order_id FROM dispute WHERE id = ?)
"""
PARTIES = "SELECT * FROM party JOIN dispute d ON party.id IN (d.buyer_id, d.seller_id) WHERE d.id = ?"
BY_CASE = (
    "dispute WHERE id", "timer WHERE dispute_id", "claim WHERE dispute_id", "offer WHERE dispute_id",
    "message WHERE dispute_id", "evidence WHERE dispute_id", "decision WHERE dispute_id", "refund WHERE dispute_id",
    "event WHERE dispute_id",
)  # fmt: skip


def figures(store: Store) -> Iterator[Figure]:
    driver = store.driver()
    first = _page(driver, None)
    yield compared("queue page of 50 rows, first", first, "ms", "≤ 8")
    deep = _page(driver, _deep_key(driver, store.cases))
    yield compared(f"queue page of 50 rows, behind {DEEP:.0%} of all", deep, "ms", "≤ 8")
    yield Figure(
        "deep page against the first", shown(deep.ours, "ms"), shown(first.ours, "ms"), deep.ours / first.ours, "≤ 2"
    )
    counts = [seconds(lambda: queue.counts_of_views(queue.VIEWS, store.actor.login)) for _ in range(ROUNDS * 3)]
    yield Figure("counts of all views", shown(percentile(counts, 50), "ms"), reach="≤ 10 ms")
    yield compared("case opened, data alone", _case(driver), "ms", "≤ 10")
    driver.close()


def _page(driver: apsw.Connection, after: Key | None) -> Pair:
    view = queue.VIEWS["all"]
    ids = str([row.id for row in queue.page(view, limit=ROWS, after=after).rows])

    def floor() -> None:
        driver.execute(PAGE, (ids,)).fetchall()
        driver.execute(TIMERS, (ids,)).fetchall()

    return _often(lambda: queue.page(view, limit=ROWS, after=after), floor)


def _deep_key(driver: apsw.Connection, cases: int) -> Key:
    deep = "SELECT opened_at, id FROM dispute ORDER BY opened_at DESC, id DESC LIMIT 1 OFFSET ?"
    return next(Key(*row) for row in driver.execute(deep, (int(cases * DEEP),)))


def _case(driver: apsw.Connection) -> Pair:
    case = queue.page(queue.VIEWS["in-review"], limit=1).rows[0].id

    def floor() -> None:
        for table in BY_CASE:
            driver.execute(f"SELECT * FROM {table} = ?", (case,)).fetchall()
        driver.execute(ORDER, (case,)).fetchall()
        driver.execute(PARTIES, (case,)).fetchall()

    return _often(lambda: case_file(case), floor)


def _often(ours: object, floor: object) -> Pair:
    """A single one of these is too short to be measured."""
    assert callable(ours) and callable(floor)

    def repeated(work: object) -> float:
        assert callable(work)
        return seconds(lambda: [work() for _ in range(REPEATS)]) / REPEATS

    return alternated(lambda: repeated(ours), lambda: repeated(floor), ROUNDS)
