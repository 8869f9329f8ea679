"""What is refused writes nothing, and says which rule, which right or who."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

import pytest

from models.actor import Actor
from models.database import Location
from models.errors import Conflict, DeskError, NotAllowed, NotFound, Refused
from models.operations import agents, assigning, deciding, moving, refunding, talking
from models.rules.approval import RulingDraft
from models.tables import Decision
from models.vocabulary import Audience, Outcome, Party, PartyAct, Payer, RefundState, Role
from tests.operations.desk import (
    ADA,
    ANNA,
    BEN,
    SUE,
    TOM,
    a_case,
    assert_replays,
    disable,
    events,
    in_review,
    on_day,
    people,
    stored,
    take,
    told,
)  # fmt: skip

Fault = TypeVar("Fault", bound=DeskError)
FULL = RulingDraft(outcome=Outcome.FULL_REFUND, payer=Payer.SELLER, findings=("seller_silent",), note="no answer")


@pytest.fixture(autouse=True)
def _people(store: Location) -> None:
    people()


def refused(change: Callable[[], object], kind: type[Fault]) -> Fault:
    before = events()
    with pytest.raises(kind) as refusal:
        change()
    assert events() == before
    return refusal.value


def test_a_case_that_changed_since_it_was_seen_is_refused_with_who() -> None:
    case = a_case()
    seen = stored(case).row_version
    with on_day(1):
        talking.note(BEN, case=case, text="mine first")
        conflict = refused(lambda: talking.note(ANNA, case=case, text="n", seen_version=seen), Conflict)
        assert conflict.who == "ben"
        assert "note" in str(conflict)
        talking.note(ANNA, case=case, text="n", seen_version=seen + 1)
    assert_replays(case)


@pytest.mark.parametrize(
    "change",
    [
        lambda case: assigning.claim(ADA, case=case),
        lambda case: assigning.release(ADA, case=case),
        lambda case: assigning.assign(ADA, case=case, login="nobody", note="n"),
        lambda case: talking.note(ADA, case=case, text="n"),
        lambda case: talking.message(ADA, case=case, audience=Audience.BOTH, text="n"),
        lambda case: talking.respond(ADA, case=case, party=Party.SELLER, move=PartyAct.ACCEPT),
        lambda case: moving.notify(ADA, case=case),
        lambda case: moving.recode(ADA, case=case, reason="quality/poor_quality", note="n"),
        lambda case: moving.escalate(ADA, case=case, party=Party.BUYER, cause="c", note="n"),
        lambda case: moving.withdraw(ADA, case=case, note="n"),
        lambda case: moving.close(ADA, case=case),
        lambda case: deciding.decide(ADA, case=case, ruling=FULL),
        lambda case: deciding.preview_decision(ADA, case=case, ruling=FULL),
        lambda case: deciding.approve(ADA, case=case, hash="01234567"),
        lambda case: deciding.send_back(ADA, case=case, note="n"),
        lambda case: refunding.refund(ADA, case=case, state=RefundState.INSTRUCTED),
        lambda case: agents.add(ADA, login="eve", name="Eve", role=Role.AGENT),
        lambda case: agents.change_role(ADA, login="anna", role=Role.SUPERVISOR),
        lambda case: agents.set_active(ADA, login="anna", is_active=False),
        lambda case: take(told(ref="D-2"), actor=ADA),
        lambda case: take(told(ref="D-2"), actor=ADA, is_dry_run=True),
    ],
)
def test_an_auditor_changes_nothing(change: Callable[[int], object]) -> None:
    case = a_case()
    with on_day(6):
        refused(lambda: change(case), NotAllowed)


@pytest.mark.parametrize(
    "change",
    [
        lambda case: assigning.assign(ANNA, case=case, login="ben", note="n"),
        lambda case: deciding.approve(ANNA, case=case, hash="01234567"),
        lambda case: deciding.send_back(ANNA, case=case, note="n"),
        lambda case: agents.add(ANNA, login="eve", name="Eve", role=Role.SUPERVISOR),
        lambda case: agents.change_role(ANNA, login="ben", role=Role.SUPERVISOR),
    ],
)
def test_an_agent_does_nothing_of_a_supervisors(change: Callable[[int], object]) -> None:
    case = a_case()
    with on_day(6):
        refused(lambda: change(case), NotAllowed)


def test_rights_are_those_of_the_store_and_not_of_the_session() -> None:
    case = a_case()
    with on_day(1):
        agents.change_role(SUE, login="anna", role=Role.AUDITOR)
        refused(lambda: talking.note(ANNA, case=case, text="n"), NotAllowed)
        agents.set_active(SUE, login="ben", is_active=False)
        refused(lambda: talking.note(BEN, case=case, text="n"), NotAllowed)
        assert "disabled" in str(refused(lambda: take(told(ref="D-2"), actor=BEN), NotAllowed))
        agents.set_active(SUE, login="ben", is_active=True)
        talking.note(BEN, case=case, text="n")


def test_a_stranger_is_refused() -> None:
    case = a_case()
    stranger = Actor("eve", Role.SUPERVISOR)
    with on_day(1):
        assert "eve" in str(refused(lambda: talking.note(stranger, case=case, text="n"), NotAllowed))


def test_nobody_approves_what_they_made_or_held() -> None:
    case = in_review(SUE, amount_minor=30_000)
    with on_day(7):
        waiting = deciding.decide(SUE, case=case, ruling=FULL).after.rulings[-1].hash
        assert refused(lambda: deciding.approve(SUE, case=case, hash=waiting), Refused).rule == "second_person"
        assert refused(lambda: deciding.approve(TOM, case=case, hash="0" * 64), Refused).rule == "hash"
        deciding.approve(TOM, case=case, hash=waiting)
    assert (stored(case).state, Decision.get().approver) == ("resolved", "tom")


def test_what_an_approver_read_no_longer_stands_after_a_change() -> None:
    case = in_review(amount_minor=30_000)
    with on_day(7):
        waiting = deciding.decide(ANNA, case=case, ruling=FULL).after.rulings[-1].hash
        talking.note(BEN, case=case, text="notes void nothing")
        moving.recode(BEN, case=case, reason="quality/poor_quality", note="photos")
        refused(lambda: deciding.approve(TOM, case=case, hash=waiting), Refused)
        again = deciding.decide(ANNA, case=case, ruling=FULL).after.rulings[-1].hash
        assert again != waiting
        refused(lambda: deciding.approve(TOM, case=case, hash=waiting), Refused)
        deciding.approve(TOM, case=case, hash=again)
    assert_replays(case)


def test_a_case_is_given_only_to_somebody_who_works() -> None:
    case = a_case()
    with on_day(1):
        disable("ben")
        for login in ("ben", "ada"):
            refused(partial(assigning.assign, SUE, case=case, login=login, note="n"), Refused)
        refused(lambda: assigning.assign(SUE, case=case, login="nobody", note="n"), NotFound)
        refused(lambda: talking.note(SUE, case=999, text="n"), NotFound)


def test_agents_are_kept_by_supervisors_and_nobody_locks_themselves_out() -> None:
    with on_day(1):
        for login in ("", "a b", "me", "none", "a\x1bb"):
            refused(partial(agents.add, SUE, login=login, name="n", role=Role.AGENT), Refused)
        refused(lambda: agents.add(SUE, login="anna", name="n", role=Role.AGENT), Refused)
        refused(lambda: agents.change_role(SUE, login="sue", role=Role.AGENT), Refused)
        refused(lambda: agents.set_active(SUE, login="sue", is_active=False), Refused)
        refused(lambda: agents.set_active(SUE, login="nobody", is_active=False), NotFound)


def test_a_store_has_one_founder() -> None:
    refused(lambda: agents.found("eve", "Eve"), Refused)


@pytest.mark.parametrize("text", ["a\x00b", "half \ud83d of a face"])
def test_a_text_that_an_engine_cannot_store_is_refused(text: str) -> None:
    case = a_case()
    assert refused(lambda: talking.note(ANNA, case=case, text=text), Refused).rule == "text"
