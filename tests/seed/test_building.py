"""Making demonstrations of other sizes, at other times, on both engines, and again."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from models import database
from models.errors import Misused
from models.queries import audit
from models.tables import (
    Claim,
    Contact,
    Decision,
    Dispute,
    Event,
    Evidence,
    Line,
    Message,
    Offer,
    Order,
    Party,
    Refund,
    Timer,
)  # fmt: skip
from models.vocabulary import Outcome
from seed.demo import bulk
from seed.demo.build import Rest, build
from tests.operations.desk import assert_all_replay
from tests.seed.conftest import LOGIN, NOW, column, rows

TABLES: tuple[Any, ...] = (
    Claim, Contact, Decision, Dispute, Evidence, Line, Message, Offer, Order, Party, Refund, Timer,
)  # fmt: skip
DIGESTS = ("text_digest", "refund_ref_digest", "file_digest", "title_digest")
"""Made with a secret of each store, so that nobody can guess a text by its digest."""


def content(url: str) -> list[Any]:
    """Everything in the store but what no two stores share."""
    build(url, cases=55, now=NOW, login=LOGIN)
    kept = [list(table.select().order_by(table._meta.primary_key).tuples()) for table in TABLES]
    acts = []
    for seq, body, *event in sorted(rows(Event.seq, Event.body, Event.recorded_at, Event.actor, Event.verb)):
        told = json.loads(body).get("acts", [])
        acts.append((seq, event, [{k: v for k, v in act.items() if k not in DIGESTS} for act in told]))
    database.close_store()
    return [*kept, acts]


def test_the_same_instant_and_count_give_the_same_store(tmp_path: Path) -> None:
    first, again = (content(f"sqlite:///{tmp_path / name}") for name in ("first.db", "again.db"))
    assert first == again


def test_a_small_one_stands_on_both_engines(bare_store_url: str) -> None:
    build(bare_store_url, cases=48, now=NOW, login=LOGIN)
    assert assert_all_replay() == 48
    assert audit.verify().first_bad_seq is None


@pytest.mark.parametrize(
    ("cases", "now"),
    [
        (1, datetime(2026, 1, 1, tzinfo=UTC)),
        (34, datetime(2024, 2, 29, 23, 59, 59, tzinfo=UTC)),
        (90, datetime(2025, 12, 31, 5, 30, tzinfo=timezone(timedelta(hours=9)))),
    ],
)
def test_it_can_be_made_at_any_time_in_any_size(bare_sqlite_url: str, cases: int, now: datetime) -> None:
    build(bare_sqlite_url, cases=cases, now=now, login=LOGIN)
    assert Dispute.select().count() == cases
    assert all(at <= now for at in column(Event.recorded_at))


@pytest.mark.parametrize("cases", [0, -1, 1_000_001])
def test_a_count_out_of_range_makes_nothing(bare_sqlite_url: str, cases: int) -> None:
    with pytest.raises(Misused, match="from 1 to 1000000"):
        build(bare_sqlite_url, cases=cases)
    assert not database.exists(database.location(bare_sqlite_url))


def test_a_store_that_is_there_is_left_alone(sqlite_url: str) -> None:
    with pytest.raises(Misused, match="already is a store"):
        build(sqlite_url, now=NOW)
    database.open_store(sqlite_url)
    assert Event.select().count() == 0


def test_a_large_one_is_mostly_history_with_some_four_of_a_hundred_open() -> None:
    told = 197
    rest = Rest(NOW, 5_000, told)
    closed = [*rest.before, *rest.since]
    still_open = [*rest.open]
    assert len(closed) + len(still_open) + told == 5_000
    assert 0.03 < (len(still_open) + told * 3 / 4) / 5_000 < 0.05
    cases = [*closed, *still_open]
    assert len({(case.source, case.ref) for case in cases}) == len({case.order_ref for case in cases}) == len(cases)


def test_history_keeps_to_its_time_and_its_money() -> None:
    since = NOW - timedelta(days=200)
    cases = list(bulk.history("test", 1_500, 1, since, NOW))
    for case in cases:
        assert case.decided_at is not None
        assert case.opened_at <= case.decided_at <= NOW
        assert (case.refund_minor or 0) <= case.amount_minor <= (case.paid_minor or 0)
        if case.outcome is Outcome.PARTIAL_REFUND:
            assert 0 < (case.refund_minor or 0) < case.amount_minor
    late = sum(
        case.responded_at is not None and case.responded_at > case.opened_at + timedelta(days=5) for case in cases
    )
    assert 0.02 < late / len(cases) < 0.4
