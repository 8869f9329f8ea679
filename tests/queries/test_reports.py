"""Decisions as rows for export."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from playhouse.test_utils import count_queries

from models.actor import Actor
from models.columns import Money
from models.errors import Misused
from models.queries.fault import QueryFault
from models.queries.reports import DECISIONS, Asked, reading
from models.queries.reports import read as report
from models.vocabulary import ClockKind, Role
from tests.queries.cases import ANN, NOW, Made

KEYS = [column.key for column in DECISIONS.columns]


def read(*, actor: Actor = ANN, **options: Any) -> list[dict[str, Any]]:
    return [dict(zip(KEYS, row, strict=True)) for row in report(DECISIONS, actor, Asked(**options)).rows]


def decided(desk: list[Made]) -> list[Made]:
    """In the report's order."""
    return sorted((made for made in desk if made.case.outcome), key=lambda made: (made.case.decided_at or NOW, made.id))


def was_late(made: Made, kind: ClockKind) -> bool | None:
    clocks = [clock for clock in made.case.clocks if clock.kind is kind]
    return any(clock.is_breached(NOW) for clock in clocks) if clocks else None


def test_the_columns_are_the_documented_ones() -> None:
    assert " ".join(KEYS) == (
        "case source ref order reason seller buyer amount outcome refund_amount currency payer findings decided_by "
        "approved_by opened_at decided_at seconds_open seller_late resolution_late note"
    )


def test_each_case_with_an_outcome_is_a_row_that_says_what_the_rules_say(desk: list[Made]) -> None:
    rows = read()
    assert [row["case"] for row in rows] == [f"C{made.id}" for made in decided(desk)]
    for row, made in zip(rows, decided(desk), strict=True):
        case, told = made.case, made.told
        assert case.decided_at is not None
        assert (row["source"], row["ref"], row["order"]) == (told.source, told.ref, told.order_ref)
        assert (row["seller"], row["buyer"], row["reason"]) == (told.seller_ref, told.buyer_ref, case.reason)
        assert row["amount"] == Money(case.amount_minor, case.currency)
        assert row["refund_amount"] == Money(case.refund_minor, case.currency)
        assert (row["outcome"], row["payer"]) == (case.outcome, case.payer)
        assert row["decided_by"] == (case.decided_by if case.is_ruled else None)
        assert row["findings"] == (case.rulings[-1].findings if case.is_ruled else ())
        assert row["seconds_open"] == int((case.decided_at - case.opened_at).total_seconds())
        assert row["seller_late"] == was_late(made, ClockKind.SELLER_RESPONSE)
        assert row["resolution_late"] == was_late(made, ClockKind.RESOLUTION)
        assert row["note"] == (told.decision_note or None)
    for key, values in {"seller_late": {True, False, None}, "decided_by": {"ann", None}}.items():
        assert {row[key] for row in rows} == values, "the cases must tell them apart"
    assert any(made.case.outcome == "withdrawn" for made in decided(desk))


def test_the_first_and_the_last_second_are_in(desk: list[Made]) -> None:
    instants = sorted({made.case.decided_at for made in decided(desk) if made.case.decided_at})
    first, last = instants[1], instants[-2]
    expected = [f"C{made.id}" for made in decided(desk) if first <= (made.case.decided_at or NOW) <= last]
    assert [row["case"] for row in read(since=first, until=last)] == expected
    second = timedelta(seconds=1)
    assert all(first < row["decided_at"] < last for row in read(since=first + second, until=last - second))


def test_a_query_narrows_the_report_and_an_instant_turns_it_back(desk: list[Made]) -> None:
    assert {row["outcome"] for row in read(where="outcome:no_refund or outcome:withdrawn")} == {
        "no_refund",
        "withdrawn",
    }
    at = NOW - timedelta(hours=60)
    then = read(at=at)
    assert [row["case"] for row in then] == [
        f"C{made.id}" for made in decided(desk) if made.case.decided_at and made.case.decided_at <= at
    ]
    assert 0 < len(then) < len(decided(desk))


def test_any_number_of_rows_leaves_in_batches_of_few_selects(desk: list[Made], monkeypatch: pytest.MonkeyPatch) -> None:
    whole = read()
    monkeypatch.setattr(reading, "BATCH", 7)
    with count_queries() as counter:
        assert read() == whole
    assert counter.count <= 1 + 4 * (len(whole) // 7 + 1)


def test_an_agent_exports_what_is_theirs_and_an_auditor_everything(desk: list[Made]) -> None:
    mine = read(actor=Actor("Bea", Role.AGENT))
    theirs = [made for made in decided(desk) if "Bea" in (made.case.assignee, made.case.decided_by)]
    assert [row["case"] for row in mine] == [f"C{made.id}" for made in theirs]
    assert 0 < len(mine) < len(decided(desk))
    assert len(read(actor=Actor("eve", Role.AUDITOR))) == len(decided(desk))


def test_a_wrong_question_is_refused_before_the_first_row(desk: list[Made]) -> None:
    with pytest.raises(QueryFault):
        report(DECISIONS, ANN, Asked(where="is:opne"))
    with pytest.raises(QueryFault):
        report(DECISIONS, ANN, Asked(where="owner:none", at=NOW))
    with pytest.raises(Misused, match="turn the two round"):
        report(DECISIONS, ANN, Asked(since=NOW, until=NOW - timedelta(days=1)))
