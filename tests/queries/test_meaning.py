"""The proof: what the store finds is what the rules say, for queries that nobody thought of, on both engines."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.queries import counting
from models.queries.compile import condition
from models.queries.fault import QueryFault
from models.queries.language import TERMS, parse
from models.queries.standpoint import Standpoint
from models.queries.tree import Query
from models.tables import Dispute
from tests.queries.cases import NOW, Made
from tests.queries.meaning import finds
from tests.queries.questions import queries

PRESENT = Standpoint(NOW, False, "ann")
PAST = [NOW - timedelta(hours=hours) for hours in (0, 1, 24, 48, 120, 121, 240, 400, 480)]


def found(query: Query, point: Standpoint) -> set[int]:
    where = condition(query, point)
    return {row.id for row in Dispute.select(Dispute.id).where(where)}


def meant(query: Query, desk: list[Made], point: Standpoint) -> set[int]:
    assert query.root is not None
    return {made.id for made in desk if finds(query.root, made, point)}


def test_the_present_is_found_as_the_rules_say(desk: list[Made]) -> None:
    sizes: Counter[bool] = Counter()

    @settings(max_examples=150)
    @given(queries())
    def every_query(query: Query) -> None:
        expected = meant(query, desk, PRESENT)
        assert found(query, PRESENT) == expected
        sizes[0 < len(expected) < len(desk)] += 1

    every_query()
    assert sizes[True] > 50, "most queries must tell some cases from others"


def test_the_past_is_found_as_the_rules_say(desk: list[Made]) -> None:
    @settings(max_examples=150)
    @given(queries(of_the_past=True), st.sampled_from(PAST))
    def every_query(query: Query, at: datetime) -> None:
        point = Standpoint(at, True, "ann")
        expected = meant(query, desk, point)
        assert found(query, point) == expected
        (count,) = counting.count(query, point, None)
        assert count.cases == len(expected)

    every_query()


MET_BY = {"ref:D-1001": "ref:r-7", "order:O-77": "order:O3", "buyer:B-5": "buyer:b3"}
"""Examples of the table that no invented case meets, and what stands for them here."""


def test_each_term_alone_tells_some_cases_from_others(desk: list[Made]) -> None:
    for example in (term.example for term in TERMS):
        query = parse(MET_BY.get(example, example))
        expected = meant(query, desk, PRESENT)
        assert found(query, PRESENT) == expected, example
        assert 0 < len(expected) < len(desk), example


@pytest.mark.parametrize("example", [term.example for term in TERMS if term.needs_present or term.name == "state"])
def test_what_only_the_present_knows_is_refused_for_the_past(example: str) -> None:
    text = f"is:open {example}"
    with pytest.raises(QueryFault, match=r"2026-03-10T12:00:00Z") as caught:
        condition(parse(text), Standpoint(NOW, True, "ann"))
    assert caught.value.position == len("is:open ")


def test_nothing_is_mine_where_nobody_is_signed_in() -> None:
    for text in ("is:mine", "owner:me"):
        with pytest.raises(QueryFault, match="signed in"):
            condition(parse(text), Standpoint(NOW))
