"""Who can still keep a promise, and by which verb."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from models.rules.act import Verb
from models.rules.rescue import Rescue, Standing, rescue
from models.rules.transitions import TRANSITIONS
from models.vocabulary import ClockKind, Party, State
from tests.rules.story import day

DUE = day(10)


def saved(
    kind: ClockKind,
    state: State,
    *,
    assignee: str = "",
    asked: Party | None = None,
    is_told: bool = True,
    may_escalate_at: datetime | None = None,
    auto_escalate_at: datetime | None = None,
) -> Rescue | None:
    return rescue(
        Standing(kind=kind, due_at=DUE, state=state, assignee=assignee, asked=asked, is_told=is_told,
                 may_escalate_at=may_escalate_at, auto_escalate_at=auto_escalate_at)
    )  # fmt: skip


PLATFORM, SELLER, BUYER = Party.PLATFORM, Party.SELLER, Party.BUYER


@pytest.mark.parametrize(
    ("kind", "state", "facts", "expected"),
    [
        (ClockKind.NOTIFY, State.AWAITING_SELLER, {"is_told": False}, Rescue(PLATFORM, "agent", Verb.NOTIFY)),
        (ClockKind.FIRST_TOUCH, State.IN_REVIEW, {}, Rescue(PLATFORM, "agent", Verb.CLAIM)),
        (ClockKind.RETURN_SHIP, State.AWAITING_RETURN, {}, Rescue(BUYER, "", Verb.MESSAGE)),
        (ClockKind.RETURN_CONFIRM, State.AWAITING_RETURN, {}, Rescue(SELLER, "", Verb.MESSAGE)),
        (ClockKind.REFUND, State.RESOLVED, {"assignee": "anna"}, Rescue(PLATFORM, "anna", Verb.REFUND)),
        (ClockKind.APPEAL_REVIEW, State.IN_APPEAL, {}, Rescue(PLATFORM, "supervisor", Verb.RULE)),
        (ClockKind.APPEAL_REVIEW, State.IN_APPEAL, {"assignee": "tom"}, Rescue(PLATFORM, "tom", Verb.RULE)),
        (
            ClockKind.APPROVAL,
            State.PENDING_APPROVAL,
            {"assignee": "anna"},
            Rescue(PLATFORM, "supervisor", Verb.APPROVE),
        ),
        (ClockKind.REVIEW, State.PENDING_APPROVAL, {"assignee": "anna"}, Rescue(PLATFORM, "supervisor", Verb.APPROVE)),
        (ClockKind.RESOLUTION, State.IN_REVIEW, {"assignee": "anna"}, Rescue(PLATFORM, "anna", Verb.DECIDE)),
        (ClockKind.RESOLUTION, State.AWAITING_PARTY, {"assignee": "anna"}, Rescue(PLATFORM, "anna", Verb.CANCEL_ASK)),
        (ClockKind.RESOLUTION, State.AWAITING_SELLER, {"is_told": False}, Rescue(PLATFORM, "agent", Verb.NOTIFY)),
        (ClockKind.RESOLUTION, State.NEGOTIATION, {"may_escalate_at": DUE}, Rescue(PLATFORM, "agent", Verb.ESCALATE)),
        (ClockKind.NEGOTIATION_CAP, State.NEGOTIATION, {"may_escalate_at": DUE + timedelta(seconds=1)}, None),
        (ClockKind.NEGOTIATION_CAP, State.NEGOTIATION, {}, None),
        (
            ClockKind.NEGOTIATION_CAP,
            State.NEGOTIATION,
            {"may_escalate_at": DUE + timedelta(seconds=1), "auto_escalate_at": DUE - timedelta(seconds=1)},
            Rescue(PLATFORM, "agent", Verb.AUTO_ESCALATE),
        ),
        (ClockKind.NEGOTIATION_CAP, State.NEGOTIATION, {"auto_escalate_at": DUE}, None),
        (ClockKind.INFO, State.AWAITING_PARTY, {"asked": SELLER}, Rescue(SELLER, "", Verb.MESSAGE)),
    ],
)
def test_each_promise_has_somebody_who_can_keep_it(
    kind: ClockKind, state: State, facts: dict[str, object], expected: Rescue | None
) -> None:
    assert saved(kind, state, **facts) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize("assignee", ["", "anna"])
def test_what_is_said_to_be_done_is_possible_in_that_state(assignee: str) -> None:
    for kind in ClockKind:
        for state in (State.IN_REVIEW, State.AWAITING_PARTY, State.PENDING_APPROVAL):
            if kind in (ClockKind.REVIEW, ClockKind.RESOLUTION):
                found = saved(kind, state, assignee=assignee)
                assert found is not None and state in TRANSITIONS[found.verb].states
