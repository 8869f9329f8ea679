"""Every action in every state for every role: done as the table says, or refused by name; on both engines."""

from __future__ import annotations

import pytest

from models.actor import SWEEP, Actor
from models.errors import Conflict, DeskError, NotAllowed, Refused
from models.rules.act import Verb
from models.rules.transitions import TRANSITIONS
from models.tables import Event
from models.tables import database as tables
from models.vocabulary import Role, State
from tests.operations.desk import ADA, ANNA, SUE, assert_replays, on_day, stored
from tests.table import cases
from tests.table.deeds import DEEDS, NEVER, becomes, done

ACTORS: dict[Role, Actor] = {Role.AGENT: ANNA, Role.SUPERVISOR: SUE, Role.AUDITOR: ADA, Role.SWEEP: SWEEP}


@pytest.mark.parametrize("verb", TRANSITIONS)
def test_it_is_done_where_the_table_says_and_refused_elsewhere(verb: Verb, ids: dict[str, int]) -> None:
    assert verb in DEEDS, f"'{verb}' has a row and no walk: say in tests/table/deeds.py how it is done"
    for state in State:
        case = ids[cases.stand(verb, state)]
        for role in Role:
            with tables.atomic() as undone, on_day(cases.NOW):
                _try(verb, state, role, case)
                undone.rollback()


def _try(verb: Verb, state: State, role: Role, case: int) -> None:
    row, actor, where = TRANSITIONS[verb], ACTORS[role], f"{verb} by {role} in {state}"
    if role not in row.roles:
        said = _refusal(verb, role, case, NotAllowed, where)
        needed = row.roles - {Role.SWEEP} or row.roles
        assert all(each in str(said) for each in needed) and actor.login in str(said), where
    elif (verb, state) in NEVER:
        assert _rule(_refusal(verb, role, case, Refused, where)) == NEVER[verb, state], where
    elif state in row.states:
        _carried_out(verb, state, role, case, where)
    else:
        said = _refusal(verb, role, case, DeskError, where)
        if isinstance(said, Conflict):
            assert verb in (Verb.DECIDE, Verb.RULE) and said.who == "anna", f"{where}: {said}"
        elif verb is Verb.TAKE_IN:
            assert _rule(said) == "merge" and "one that is open" in str(said), f"{where}: {said}"
        else:
            assert _rule(said) == "state", f"{where}: {said}"
            assert str(state) in str(said) and all(each in str(said) for each in row.states), f"{where}: {said}"


def _carried_out(verb: Verb, state: State, role: Role, case: int, where: str) -> None:
    """As one event more, which tells the case again."""
    DEEDS[verb].before(ACTORS[role], case)
    before = _last(case)
    done(verb, role, case, ACTORS[role])
    assert stored(case).state == becomes(verb, state, role), where
    assert _last(case) > before
    assert_replays(case)


def _refusal(verb: Verb, role: Role, case: int, kind: type[DeskError], where: str) -> DeskError:
    before = _last(None)
    try:
        with tables.atomic():  # as by itself, where nothing stands around it
            done(verb, role, case, ACTORS[role])
    except kind as refusal:
        said = refusal
    else:
        pytest.fail(f"{where} was done")
    assert _last(None) == before, f"{where} was refused and written down"
    assert str(said)[-1] in ".?", f"{where}: {said}"
    return said


def _rule(refusal: DeskError) -> str:
    return refusal.rule if isinstance(refusal, Refused) else ""


def _last(case: int | None) -> int:
    """The number of the last event, of a case or of all."""
    events = Event.select(Event.seq).order_by(Event.seq.desc())
    last: tuple[int] = (events if case is None else events.where(Event.dispute == case)).tuples().first()
    return last[0]
