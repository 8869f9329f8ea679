"""The state that a row's facts add up to, and files of many rows of every kind."""

from __future__ import annotations

import random
from contextlib import nullcontext
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from models import clock
from models.database import Location
from models.operations import assigning, talking
from models.operations.importing import CHUNK, ImportResult
from models.rules.money import minor
from models.tables import Dispute, Event, ImportRow
from models.vocabulary import OPEN_STATES
from tests.operations.desk import (
    OPENED,
    SUE,
    assert_all_replay,
    assert_replays,
    dispute_id,
    people,
    stored,
)  # fmt: skip
from tests.operations.faults import failing_at, snapshot
from tests.operations.incoming import bring, verdicts

AT = "2026-03-05T09:00:00Z"
OFFERED = {"seller_response": "offer", "seller_responded_at": AT}
ACCEPTED = {"seller_response": "accept", "seller_responded_at": AT}
RETURN = {"remedy": "return_and_refund", "reason": "quality/poor_quality"}
DECIDED = {"decided_at": "2026-03-10T09:00:00Z"}
ESCALATED = {"escalated_at": "2026-03-08T09:00:00Z"}


@pytest.fixture(autouse=True)
def _people(store: Location) -> None:
    people()


@pytest.mark.parametrize(
    ("facts", "state", "closed_as", "outcome", "confirmed"),
    [
        ({}, "awaiting_seller", None, None, 0),
        (OFFERED, "negotiation", None, None, 0),
        ({"seller_responded_at": AT}, "negotiation", None, None, 0),
        (ACCEPTED, "resolved", None, "full_refund", 0),
        ({**ACCEPTED, "requested_amount": "5"}, "resolved", None, "partial_refund", 0),
        ({**ACCEPTED, **RETURN}, "awaiting_return", None, "return_and_refund", 0),
        (ESCALATED, "in_review", None, None, 0),
        ({**OFFERED, **ESCALATED}, "in_review", None, None, 0),
        ({**ACCEPTED, **ESCALATED}, "in_review", None, None, 0),
        (DECIDED, "closed", "agreed", None, 0),
        ({**DECIDED, "outcome": "full_refund"}, "closed", "agreed", "full_refund", 1250),
        ({**DECIDED, "outcome": "full_refund", "paid_total": "9.00"}, "closed", "agreed", "full_refund", 900),
        ({**DECIDED, "outcome": "full_refund", **ESCALATED}, "closed", "decided", "full_refund", 1250),
        ({**DECIDED, "outcome": "no_refund", "decided_by": "X"}, "closed", "decided", "no_refund", 0),
        (
            {**DECIDED, "outcome": "partial_refund", "refund_amount": "3", "decided_by": "X"},
            "closed", "decided", "partial_refund", 300,
        ),
        ({**DECIDED, "outcome": "withdrawn"}, "closed", "withdrawn", "withdrawn", 0),
        ({"outcome": "withdrawn"}, "closed", "withdrawn", "withdrawn", 0),
        ({**DECIDED, "state": "resolved", "outcome": "full_refund"}, "resolved", None, "full_refund", 0),
        ({**ACCEPTED, "state": "closed"}, "closed", "agreed", "full_refund", 1250),
        ({**ACCEPTED, "state": "negotiation"}, "negotiation", None, None, 0),
        ({"state": "in_review"}, "in_review", None, None, 0),
        ({"state": "awaiting_return"}, "awaiting_return", None, None, 0),
        ({"state": "pending_approval"}, "pending_approval", None, None, 0),
        ({**DECIDED, "state": "in_appeal", "outcome": "no_refund"}, "in_appeal", None, "no_refund", 0),
        (
            {**DECIDED, "state": "awaiting_return", "outcome": "full_refund"},
            "awaiting_return", None, "full_refund", 0,
        ),
        ({"state": "draft"}, "draft", None, None, 0),
    ],
)  # fmt: skip
def test_facts_add_up_to_a_state(
    tmp_path: Path, facts: dict[str, str], state: str, closed_as: str | None, outcome: str | None, confirmed: int
) -> None:
    assert verdicts(bring(tmp_path, facts)) == (1, 0, 0, 0)
    found = stored(dispute_id("D-1"))
    assert (found.state, found.closed_as, found.outcome, found.confirmed_minor) == (
        state,
        closed_as,
        outcome,
        confirmed,
    )
    assert found.is_open == (state in OPEN_STATES)
    assert (found.ended_at is None) == (state in OPEN_STATES)
    case = assert_replays(found.id)
    if state in ("resolved", "closed", "awaiting_return", "in_appeal"):
        promised = {"refund", "return_ship"} if state != "closed" else set()
        assert {clock.kind for clock in case.clocks if clock.is_running} <= promised
        assert state != "closed" or not {"refund", "return_ship", "appeal_window"} & {each.kind for each in case.clocks}
    assert verdicts(bring(tmp_path, facts)) == (0, 0, 1, 0)


def test_a_closed_case_was_paid_when_it_was_decided(tmp_path: Path) -> None:
    bring(tmp_path, {**DECIDED, "outcome": "full_refund"})
    (refund,) = assert_replays(dispute_id("D-1")).refunds
    assert refund.settled_at == stored(dispute_id("D-1")).decided_at


def some_rows(seed: int, rows: int) -> list[dict[str, str]]:
    """Rows of every kind, some of them about the same cases, some of them bad."""
    chance = random.Random(seed)

    def when(days: float) -> str:
        return f"{OPENED + timedelta(days=chance.uniform(0, days)):%Y-%m-%dT%H:%M:%SZ}"

    def one() -> dict[str, str]:
        number = chance.randint(1, rows * 2 // 3)
        facts = {"case_ref": f"D-{number}", "order_ref": f"O-{number}", "amount": "12.50"}
        maybe = {
            "seller_response": chance.choice(["accept", "offer", "reject", "reply"]),
            "seller_responded_at": f"{OPENED + timedelta(days=number % 7):%Y-%m-%dT%H:%M:%SZ}",
            "escalated_at": f"{OPENED + timedelta(days=6 + number % 3):%Y-%m-%dT%H:%M:%SZ}",
            "outcome": chance.choice(["full_refund", "partial_refund", "no_refund", "withdrawn", "replacement"]),
            "decided_at": f"{OPENED + timedelta(days=10 + number % 5):%Y-%m-%dT%H:%M:%SZ}",
            "decided_by": chance.choice(["anna", "Somebody"]),
            "state": chance.choice(["in_review", "resolved", "closed", "awaiting_return", "negotiation", "draft"]),
            "requested_amount": "5.00",
            "refund_amount": chance.choice(["1.00", "12.50", "99.00"]),
            "paid_total": chance.choice(["12.50", "8.00"]),
            "seller_due_at": chance.choice([when(9), "none"]),
            "assignee": chance.choice(["anna", "nobody"]),
            "decision_note": "a note",
            "reason": chance.choice(["quality/poor_quality", "lost"]),
        }
        return facts | {name: value for name, value in maybe.items() if chance.random() < 0.3}

    return [one() for _ in range(rows)]


@pytest.mark.parametrize("seed", range(3))
def test_a_dry_run_gives_the_same_totals_and_writes_nothing(tmp_path: Path, seed: int) -> None:
    bring(tmp_path, *some_rows(seed, 60), on=30)  # so that some of the rows below are about known cases
    rows = some_rows(seed + 100, 150)
    before = snapshot()
    dry = bring(tmp_path, *rows, is_dry_run=True, on=40)
    assert snapshot() == before
    real = bring(tmp_path, *rows, on=40)
    assert verdicts(dry) == verdicts(real)
    assert min(verdicts(real)) > 0, "every verdict was met"
    assert [(each.row, each.rule, each.column) for each in dry.rejects] == [
        (each.row, each.rule, each.column) for each in real.rejects
    ]
    assert_all_replay()
    for case in Dispute.select():
        limit = min(case.amount_minor, case.order.paid_minor or case.amount_minor)
        assert case.confirmed_minor <= limit == min(limit, minor("12.50", "USD"))
        assert (case.ball == "none") == (case.state in ("resolved", "closed"))
    again = bring(tmp_path, *rows, on=50)
    assert (again.created, again.updated) == (0, 0)


def test_an_import_that_was_cut_off_is_run_again(tmp_path: Path) -> None:
    rows = [{"case_ref": f"D-{number}", "order_ref": f"O-{number}"} for number in range(CHUNK * 2 + 50)]
    with pytest.raises(RuntimeError, match="cut"):
        bring(tmp_path, *rows, on_progress=_cut)
    assert Dispute.select().count() == CHUNK
    assert verdicts(bring(tmp_path, *rows)) == (CHUNK + 50, 0, CHUNK, 0)
    assert assert_all_replay() == len(rows)


def test_time_that_passes_during_a_write_is_one_instant_in_its_event(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = count()
    monkeypatch.setattr(clock, "stands_at", lambda instant: nullcontext())
    monkeypatch.setattr(clock, "_source", lambda: OPENED + timedelta(days=20, seconds=next(ticks)))
    bring(tmp_path, {"case_ref": "D-1"}, {"case_ref": "D-1", **OFFERED})
    bring(tmp_path, {"case_ref": "D-1", **OFFERED, **ESCALATED})
    case = dispute_id("D-1")
    assigning.claim(SUE, case=case)
    talking.note(SUE, case=case, text="a look")
    assert_replays(case)


def _cut(result: ImportResult) -> None:
    raise RuntimeError("cut off")


def test_a_chunk_takes_as_many_statements_however_many_its_rows(tmp_path: Path) -> None:
    with failing_at(10**6) as few:
        bring(tmp_path, *({"case_ref": f"A-{number}", "order_ref": f"A-{number}"} for number in range(20)))
    with failing_at(10**6) as many:
        bring(tmp_path, *({"case_ref": f"B-{number}", "order_ref": f"B-{number}"} for number in range(90)))
    assert many.seen <= few.seen, "the second file meets parties that are known"
    assert Event.select().where(Event.dispute.is_null(False)).count() == ImportRow.select().count() == 110
