"""Each guard of the table refuses by the name of its rule, and says what would satisfy it; nothing is written."""

from __future__ import annotations

import pytest

from models.errors import Conflict, Refused
from models.rules.transitions import TRANSITIONS
from models.tables import database as tables
from tests.operations.desk import events, on_day
from tests.table import cases
from tests.table.refusals import REFUSALS, Refusal


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.guard.__name__)
def test_a_guard_says_which_rule_and_what_would_satisfy_it(refusal: Refusal, ids: dict[str, int]) -> None:
    with tables.atomic() as undone, on_day(cases.NOW):
        refusal.before(ids[refusal.case])
        before = events()
        with pytest.raises((Refused, Conflict)) as said:
            refusal.do(ids[refusal.case])
        assert events() == before
        assert getattr(said.value, "rule", "") == refusal.rule, said.value
        for part in refusal.says:
            assert part in str(said.value)
        undone.rollback()


def test_no_guard_is_without_its_refusal() -> None:
    guards = {guard for row in TRANSITIONS.values() for guard in row.guards}
    assert {refusal.guard for refusal in REFUSALS} == guards
