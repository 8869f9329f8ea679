"""What a later row of a file can bring of the table: done in every state where it still counts, rejected in others."""

from __future__ import annotations

from typing import Any

import pytest

from models.errors import NotAllowed
from models.imported import Reject
from models.operations import telling
from models.operations.importing import ImportResult
from models.rules.act import Verb
from models.rules.transitions import TRANSITIONS
from models.tables import database as tables
from models.vocabulary import Outcome, PartyAct, State
from tests.operations.desk import ADA, ANNA, SUE, assert_replays, dispute_id, on_day, stored, take, told
from tests.operations.desk import day as on
from tests.table import cases

DECIDED: dict[str, Any] = {"decided_at": on(15), "decided_by": "Old Desk"}
NEWS: dict[Verb, dict[str, Any]] = {
    Verb.RESPOND: {"responded_at": on(15), "response": PartyAct.REPLY},
    Verb.ESCALATE: {"escalated_at": on(15)},
    Verb.DECIDE: {"outcome": Outcome.NO_REFUND, **DECIDED},
    Verb.WITHDRAW: {"outcome": Outcome.WITHDRAWN, **DECIDED},
}
"""By what it would be, a row's news."""
COLUMN = {Verb.RESPOND: "seller_response", Verb.ESCALATE: "escalated_at"}
UNTIL_OUTCOME = frozenset(State) - {State.AWAITING_RETURN, State.RESOLVED, State.IN_APPEAL, State.CLOSED}
COUNTS: dict[Verb, frozenset[State]] = {
    Verb.RESPOND: TRANSITIONS[Verb.RESPOND].states | {State.DRAFT},
    Verb.ESCALATE: telling.TALKS_OR_REVIEW | {State.DRAFT},
    Verb.DECIDE: UNTIL_OUTCOME,
    Verb.WITHDRAW: UNTIL_OUTCOME,
}
"""Where it still counts. A draft can have been opened elsewhere, and a file is believed that somebody ruled."""


def _row(name: str, **more: Any) -> Any:
    number = list(cases.STANDS).index(name)
    order = {"order_ref": f"O-{number}", "buyer_ref": f"b-{number}", "seller_ref": f"s-{number}"}
    first = {key: value for key, value in cases.TOLD.get(name, {}).items() if key != "state"}
    return told(ref=name, **{**order, **first, **more})


def _rejected(result: ImportResult) -> Reject:
    assert (result.rejected, result.updated) == (1, 0)
    return result.rejects[0]


@pytest.mark.parametrize("verb", NEWS)
def test_news_move_a_case_where_they_still_count(verb: Verb, ids: dict[str, int]) -> None:
    for name in cases.STANDS:
        _tell(name, verb, ids[name])


def _tell(name: str, verb: Verb, case: int) -> None:
    with tables.atomic() as undone, on_day(cases.NOW):
        known, version = assert_replays(case), stored(case).row_version
        is_known = {Verb.RESPOND: known.responded_at, Verb.ESCALATE: known.escalated_at}.get(verb) is not None
        result = take(_row(name, **NEWS[verb]), actor=ANNA)
        if known.state in COUNTS[verb] and not is_known:
            assert (result.updated, stored(case).row_version) == (1, version + 1), name
        else:
            reject = _rejected(result)
            assert reject.column in (COLUMN.get(verb, "outcome"), "seller_responded_at", "decided_at")
            assert "is already known" in reject.message and reject.message.endswith(".")
        assert_replays(case)
        undone.rollback()


@pytest.mark.parametrize("state", State)
def test_a_row_that_names_a_state_only_ever_leads_further(state: State, ids: dict[str, int]) -> None:
    for name in cases.STANDS:
        _place(name, state, ids[name])


def _place(name: str, state: State, case: int) -> None:
    with tables.atomic() as undone, on_day(cases.NOW):
        before = State(stored(case).state)
        result = take(_row(name, state=state), actor=SUE)
        is_further = telling.RANK[state] > telling.RANK[before]
        assert (result.updated, result.unchanged) == (int(is_further), int(not is_further)), name
        assert stored(case).state == (state if is_further else before)
        assert_replays(case)
        undone.rollback()


@pytest.mark.parametrize("state", State)
def test_a_new_row_brings_a_case_in_any_state(state: State, ids: dict[str, int]) -> None:
    with tables.atomic() as undone, on_day(cases.NOW):
        assert take(told(ref="new", state=state), actor=ANNA).created == 1
        assert assert_replays(dispute_id("new")).state is state
        undone.rollback()


def test_files_are_not_an_auditors(ids: dict[str, int]) -> None:
    with on_day(cases.NOW), pytest.raises(NotAllowed) as refusal:
        take(told(ref="new"), actor=ADA)
    assert "import" in str(refusal.value)
