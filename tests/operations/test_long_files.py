"""A long file is read and folded by a process of its own: nothing else about an import is different."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from typing import Any

import pytest

from models.database import Location
from models.errors import Misused, StoreUnavailable
from models.imported import RawRow, ReadRow, Reject
from models.operations import folding_ahead
from models.operations.importing import CHUNK, ImportResult, import_cases
from models.queries import queue
from models.tables import Dispute, Event, ImportRow, Timer
from models.vocabulary import Outcome, PartyAct
from tests.operations.desk import FILE, SUE, assert_replays, day, dispute_id, on_day, people, row, told
from tests.operations.incoming import verdicts

ROWS = 2 * CHUNK + 10


@pytest.fixture(autouse=True)
def _people(store: Location) -> None:
    people()


@pytest.fixture
def others(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The processes that were started."""
    started: list[int] = []
    fork = os.fork

    def noted() -> int:
        child = fork()
        if child:
            started.append(child)
        return child

    monkeypatch.setattr(folding_ahead, "ALONE", CHUNK)
    monkeypatch.setattr(folding_ahead, "_can_fork", lambda: True)
    monkeypatch.setattr(os, "fork", noted)
    return started


def rows(prefix: str) -> Iterator[ReadRow]:
    for number in range(1, ROWS + 1):
        if number % 50 == 0:
            reject = Reject(row=number, column="amount", rule="bad_amount", value="x", message="No amount.")
            yield ReadRow(RawRow(number, {"case_ref": "x"}), None, reject)
            continue
        facts: dict[str, Any] = {"ref": f"{prefix}{number}", "order_ref": f"O-{prefix}{number}", "buyer_ref": "b2"}
        if number % 3 == 0:
            facts |= {"responded_at": day(1), "response": PartyAct.REPLY, "response_text": f"sent by post {number}"}
        if number % 4 == 0:
            facts |= {"outcome": Outcome.FULL_REFUND, "decided_at": day(9), "decision_note": "a clear matter"}
        yield row(told(**facts, description=f"parcel {number}", seller_tier="gold"), number)


def bring(prefix: str, stream: Iterator[ReadRow] | None = None, **options: Any) -> ImportResult:
    with on_day(20):
        return import_cases(SUE, FILE, stream or rows(prefix), **options)


def cases(prefix: str) -> list[tuple[Any, ...]]:
    """All that is stored of the cases, without ids."""
    differs = (Dispute.id, Dispute.ref, Dispute.order)
    own = [field for field in Dispute._meta.sorted_fields if field not in differs]
    found: Any = Dispute.select(*own, Timer.kind, Timer.due_at, Timer.stopped_at, Timer.ended_as).join(Timer)
    return list(found.where(Dispute.ref.startswith(prefix)).order_by(Dispute.id, Timer.number).tuples())


def is_gone(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False


def test_the_cases_are_the_same(others: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    rejected: list[int] = []
    result = bring("A-", on_reject=lambda raw, reject: rejected.append(raw.number))
    assert verdicts(result) == (ROWS - 8, 0, 0, 8)
    assert len(others) == 1
    assert is_gone(others[0])
    assert rejected == list(range(50, ROWS, 50))
    monkeypatch.setattr(folding_ahead, "_can_fork", lambda: False)
    assert verdicts(bring("B-")) == verdicts(result)
    assert len(others) == 1
    assert cases("A-") == cases("B-")
    read = range(1, ROWS + 1)
    kept = [number for number in read if number % 50]
    for words, those in (
        ("parcel", kept),
        ('"sent by post"', [number for number in kept if number % 3 == 0]),
        ('"a clear matter"', [number for number in kept if number % 4 == 0]),
    ):
        assert queue.count(words)[0].cases == 2 * len(those)
    for number in (1, 12, ROWS):
        assert_replays(dispute_id(f"A-{number}"))


def test_a_file_that_comes_again_is_compared_by_what_it_tells(others: list[int]) -> None:
    bring("A-")
    assert verdicts(bring("A-")) == (0, 0, ROWS - 8, 8)
    changed = (
        row(told(ref=f"A-{number}", order_ref=f"O-A-{number}", buyer_ref="b2", amount_minor=1), number)
        if number == CHUNK + 1
        else row(told(ref=f"A-{number}", order_ref=f"O-A-{number}", buyer_ref="b2", escalated_at=day(6)), number)
        for number in (*range(1, 201, 12), CHUNK + 1, CHUNK + 2, CHUNK + 5)
    )
    padding = (row(told(ref=f"P-{number}", order_ref=f"P-{number}"), number) for number in range(CHUNK))
    result = bring("", iter([*padding, *changed]))
    assert (result.created, result.rejected) == (CHUNK, 1)
    assert result.updated > 2
    assert result.rejects[0].column == "amount"
    updated: Any = ImportRow.select(ImportRow.dispute).where(ImportRow.verdict == "updated").tuples()
    for (case,) in updated:
        assert_replays(case)


def test_what_stops_the_reading_stops_the_import(others: list[int]) -> None:
    def torn() -> Iterator[ReadRow]:
        for number, read in enumerate(rows("A-")):
            if number == 2 * CHUNK:
                raise Misused("cases.csv: the quote that opens on line 402 is never closed.")
            yield read

    with pytest.raises(Misused, match="line 402"):
        bring("", torn())
    assert is_gone(others[0])
    assert Dispute.select().count() == 2 * CHUNK - 8, "what was read before stays"


def test_a_reading_process_that_dies_is_told_and_the_file_can_come_again(others: list[int]) -> None:
    ours = os.getpid()

    def ending() -> Iterator[ReadRow]:
        for number, read in enumerate(rows("A-")):
            if number == 2 * CHUNK and os.getpid() != ours:
                os.kill(os.getpid(), signal.SIGKILL)
            yield read

    with pytest.raises(StoreUnavailable, match="import it again"):
        bring("", ending())
    assert is_gone(others[0])
    assert verdicts(bring("A-")) == (ROWS - 2 * CHUNK, 0, 2 * CHUNK - 8, 8)


def test_an_interrupted_import_leaves_no_process_behind(others: list[int]) -> None:
    def interrupt(result: ImportResult) -> None:
        if result.rows > CHUNK:
            raise KeyboardInterrupt

    before = Event.select().count()
    with pytest.raises(KeyboardInterrupt):
        bring("A-", on_progress=interrupt)
    assert is_gone(others[0])
    assert Event.select().count() == before + 2 * CHUNK - 8
