"""SQLite's index of words stays in few parts while agents work, and no write joins many at once."""

from __future__ import annotations

from collections.abc import Iterator

import apsw
import pytest

from models import database
from models.imported import ReadRow
from models.operations import talking, word_index
from models.operations.importing import import_cases
from models.operations.transaction import writing
from models.queries import queue
from models.tables import database as tables
from tests.operations.desk import ANNA, FILE, SUE, a_case, dispute_id, on_day, people, row, told

COUNT = range(1, 801)
WRITES, MOST_PARTS, MOST_PAGES = 500, 40, 120


@pytest.fixture(autouse=True)
def _store(sqlite_url: str) -> Iterator[None]:
    database.open_store(sqlite_url)
    people()
    yield
    database.close_store()


def test_the_parts_stay_few_and_no_write_joins_many() -> None:
    """Of a store with an index of some size."""
    import_cases(SUE, FILE, (_described(number) for number in COUNT))
    cases = [dispute_id(f"D-{number}") for number in COUNT]
    engine, most = tables.connection(), 0
    with on_day(1):
        for number in range(WRITES):
            before = _pages(engine)
            text = f"the seller answers nobody since note{number}, neither by term{number % 50} nor by term{number % 7}"
            talking.note(ANNA, case=cases[number * 7 % len(cases)], text=text)
            after = _pages(engine)
            most = max(most, after - before if after >= before else after)  # the log has begun anew
            assert _parts() < MOST_PARTS, f"write {number}"
    assert most < MOST_PAGES
    assert queue.count(f"note{WRITES - 1}")[0].cases == 1
    assert queue.count("word799")[0].cases == 1


def test_a_long_text_brings_the_joining_that_it_needs() -> None:
    cases = [a_case(ref=f"D-{number}") for number in range(12)]
    with on_day(1):
        for number in range(60):
            text = " ".join(f"w{number}x{place}" for place in range(1_200))
            talking.note(ANNA, case=cases[number % 12], text=text)
    assert _parts() < MOST_PARTS
    assert queue.count("w59x1199")[0].cases == 1


def test_an_index_that_is_made_anew_is_in_few_parts_too() -> None:
    for number in range(70):
        a_case(ref=f"D-{number}")
    with writing():
        tables.execute_sql("INSERT INTO case_words (case_words) VALUES ('delete-all')")
    assert word_index.behind() == 70
    assert word_index.rebuild() == 70
    assert word_index.behind() == 0
    assert _parts() < MOST_PARTS


def _described(number: int) -> ReadRow:
    text = " ".join(f"word{number} and{number} d{number * place % 997}" for place in range(60))
    return row(told(ref=f"D-{number}", order_ref=f"O-{number}", description=text), number)


def _parts() -> int:
    return int(tables.execute_sql("SELECT COUNT(DISTINCT segid) FROM case_words_idx").fetchone()[0])


def _pages(engine: apsw.Connection) -> int:
    """In the log."""
    return engine.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_NOOP)[0]
