"""What a session learns of others' acts without reading anything again."""

from __future__ import annotations

import pytest

from models.database import Location
from models.operations import agents, assigning, talking
from models.queries.freshness import MOST_EVENTS, mark, touched
from models.vocabulary import Role
from tests.operations.desk import ANNA, SUE, a_case, on_day, people


@pytest.fixture
def cases(store: Location) -> tuple[int, int]:
    people()
    return a_case(), a_case(ref="D-2")


def test_the_cases_that_others_acted_on_are_told_with_what_was_done(cases: tuple[int, int]) -> None:
    since = mark(None).event
    with on_day(1):
        assigning.claim(ANNA, case=cases[0])
        talking.note(ANNA, case=cases[0], text="mine")
        talking.note(ANNA, case=cases[1], text="look here too")
    assert touched(since) == {cases[0]: {"claim", "note"}, cases[1]: {"note"}}
    assert touched(mark(None).event) == {}


def test_what_is_about_no_case_may_be_about_all(cases: tuple[int, int]) -> None:
    since = mark(None).event
    with on_day(1):
        talking.note(ANNA, case=cases[0], text="mine")
        agents.change_role(SUE, login="ben", role=Role.AUDITOR)
    assert touched(since) is None


def test_of_very_much_nothing_is_told(cases: tuple[int, int]) -> None:
    since = mark(None).event
    with on_day(1):
        for _ in range(MOST_EVENTS + 1):
            talking.note(ANNA, case=cases[0], text="again")
    assert touched(since) is None
