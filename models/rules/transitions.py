"""The one table of what may be done to a case: by whom, in which states, under which guards.

Screens grey out by it, commands refuse by it, help and documentation list it, and the tests walk it.
"""

from __future__ import annotations

from datetime import datetime

from models.actor import Actor
from models.dataclass import dataclass
from models.errors import Conflict, NotAllowed, Refused
from models.rules import appeal_guards, evidence_guards, goodwill, guards, talks
from models.rules import guards_of_cases as cases
from models.rules import guards_of_review as review
from models.rules.act import Act, Verb
from models.rules.case import Case
from models.rules.guards import Guard
from models.rules.guards_of_time import time_made_due
from models.rules.return_guards import return_step
from models.vocabulary import OPEN_STATES, Role, State

TALKS, HEARD = talks.STATES, talks.HEARD
ANY = frozenset(State) - {State.DRAFT}
DESK = frozenset({Role.AGENT, Role.SUPERVISOR})
SUPERVISOR = frozenset({Role.SUPERVISOR})
SWEEP = frozenset({Role.SWEEP})


@dataclass(frozen=True, slots=True)
class Transition:
    """One row: an action, where it starts from, who may, and what must hold."""

    states: frozenset[State]
    roles: frozenset[Role]
    guards: tuple[Guard, ...] = ()
    is_final: bool = False
    """Cannot be undone: screens ask, with the consequence in the question."""


TRANSITIONS: dict[Verb, Transition] = {
    Verb.OPEN: Transition(frozenset({State.DRAFT}), DESK),
    Verb.REFUSE: Transition(frozenset({State.DRAFT}), DESK, (guards.names_rule, guards.with_note), is_final=True),
    Verb.NOTIFY: Transition(frozenset({State.AWAITING_SELLER}), DESK, (guards.not_yet_notified,)),
    Verb.RESPOND: Transition(
        HEARD,
        DESK,
        (guards.move_of_party, guards.move_in_state, guards.says_something, guards.sound_offer, guards.live_version),
    ),
    Verb.RECODE: Transition(OPEN_STATES, DESK, (guards.known_reason, guards.another_reason, guards.with_note)),
    Verb.WITHDRAW: Transition(OPEN_STATES, DESK, (guards.with_note,), is_final=True),
    Verb.ESCALATE: Transition(TALKS, DESK, (guards.with_cause, guards.with_note, guards.time_to_escalate)),
    Verb.CLAIM: Transition(OPEN_STATES, DESK, (guards.held_by_nobody_else,)),
    Verb.RELEASE: Transition(OPEN_STATES, DESK, (guards.held_or_supervised,)),
    Verb.ASSIGN: Transition(OPEN_STATES, SUPERVISOR, (guards.with_note,)),
    Verb.DECIDE: Transition(
        frozenset({State.IN_REVIEW}),
        DESK,
        (guards.held_by_actor, guards.reason_is_known, guards.complete_ruling, guards.sound_ruling),
        is_final=True,
    ),
    Verb.APPROVE: Transition(
        frozenset({State.PENDING_APPROVAL}),
        SUPERVISOR,
        (guards.second_person, guards.hash_as_read, guards.still_refundable, guards.as_proposed),
        is_final=True,
    ),
    Verb.SEND_BACK: Transition(
        frozenset({State.PENDING_APPROVAL}), SUPERVISOR | SWEEP, (guards.with_note, time_made_due)
    ),
    Verb.AUTO_ESCALATE: Transition(TALKS, SWEEP, (time_made_due,)),
    Verb.EXPIRE: Transition(HEARD, SWEEP, (time_made_due,)),
    Verb.RETURN: Transition(frozenset({State.AWAITING_RETURN}), DESK | SWEEP, (return_step, time_made_due)),
    Verb.REFUND: Transition(
        frozenset({State.RESOLVED, State.IN_APPEAL, State.CLOSED}), DESK, (guards.refund_in_order,), is_final=True
    ),
    Verb.APPEAL: Transition(
        frozenset({State.RESOLVED, State.CLOSED}),
        DESK,
        (
            appeal_guards.by_a_party,
            appeal_guards.a_ruling_stands,
            appeal_guards.once_a_party,
            appeal_guards.in_time,
            appeal_guards.on_a_ground,
            guards.says_something,
        ),
    ),
    Verb.RULE: Transition(
        frozenset({State.IN_APPEAL}),
        SUPERVISOR,
        (appeal_guards.not_involved, guards.held_by_actor, appeal_guards.complete_hearing, appeal_guards.sound_hearing),
        is_final=True,
    ),
    Verb.CLOSE: Transition(
        frozenset({State.RESOLVED}),
        DESK | SWEEP,
        (guards.refund_settled, guards.no_appeal_possible, time_made_due),
        is_final=True,
    ),
    Verb.NOTE: Transition(ANY, DESK, (guards.says_something,)),
    Verb.MESSAGE: Transition(ANY, DESK, (guards.says_something,)),
    Verb.ASK: Transition(
        frozenset({State.IN_REVIEW}), DESK, (review.party_that_acts, guards.held_by_actor, review.asks_for_something)
    ),
    Verb.CANCEL_ASK: Transition(frozenset({State.AWAITING_PARTY}), DESK, (guards.held_by_actor,)),
    Verb.ANSWER: Transition(
        frozenset({State.AWAITING_PARTY}), DESK, (review.party_that_acts, review.asked_party, guards.says_something)
    ),
    Verb.LAPSE: Transition(frozenset({State.AWAITING_PARTY}), SWEEP, (time_made_due,)),
    Verb.PROPOSE: Transition(frozenset({State.IN_REVIEW}), DESK, (guards.held_by_actor, guards.sound_offer)),
    Verb.HOLD: Transition(OPEN_STATES, SUPERVISOR, (review.hold_is_known, review.not_on_hold, guards.with_note)),
    Verb.UNHOLD: Transition(OPEN_STATES, SUPERVISOR, (review.on_hold,)),
    Verb.EXTEND: Transition(ANY, SUPERVISOR, (review.clock_runs, review.later_than_now, guards.with_note)),
    Verb.WAIVE: Transition(ANY, SUPERVISOR, (review.clock_runs, guards.with_note)),
    Verb.ATTACH: Transition(
        ANY,
        DESK,
        (
            evidence_guards.known_file,
            evidence_guards.within_limits,
            evidence_guards.captured_before_now,
            evidence_guards.replaces_own,
        ),
    ),
    Verb.REVIEW: Transition(ANY, DESK, (evidence_guards.reviewable, guards.with_note)),
    Verb.REOPEN: Transition(frozenset({State.CLOSED}), SUPERVISOR, (guards.with_note, cases.can_be_reopened)),
    Verb.MERGE: Transition(OPEN_STATES, DESK, (cases.names_another_case, cases.has_no_outcome), is_final=True),
    Verb.TAKE_IN: Transition(OPEN_STATES, DESK, (cases.names_another_case, cases.has_no_outcome)),
    Verb.CHASE: Transition(TALKS, DESK, (cases.seller_is_awaited, guards.says_something)),
    Verb.FLAG: Transition(ANY, DESK, (cases.names_a_party, cases.not_flagged_yet, guards.with_note)),
    Verb.UNFLAG: Transition(ANY, SUPERVISOR, (cases.names_a_party, cases.flag_waits, guards.with_note)),
    Verb.GOODWILL: Transition(ANY, SUPERVISOR, (goodwill.in_order,), is_final=True),
    Verb.WATCH: Transition(ANY, DESK, (cases.watches_or_not_yet,)),
    Verb.REMIND: Transition(ANY, DESK, (cases.reminds_ahead,)),
    Verb.APPLY_POLICY: Transition(OPEN_STATES, SUPERVISOR, (cases.another_policy,)),
    Verb.CORRECT: Transition(ANY, DESK, (guards.with_note,)),
}


def check(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    """Raise NotAllowed, Conflict or Refused unless `actor` may do `act` to `case` now."""
    row = TRANSITIONS[act.verb]
    check_state(case, act.verb, actor)
    if not case.opened_at <= act.occurred_at <= now:
        raise Refused(
            "occurred_at",
            f"An act lies between the opening ({case.opened_at:%Y-%m-%dT%H:%M:%SZ}) and now; "
            f"{act.occurred_at:%Y-%m-%dT%H:%M:%SZ} does not.",
        )
    for guard in row.guards:
        guard(case, act, actor, now)


def check_state(case: Case, verb: Verb, actor: Actor) -> None:
    """Raise NotAllowed, Conflict or Refused unless the case stands where `verb` starts from."""
    check_role(verb, actor)
    if verb in (Verb.DECIDE, Verb.RULE):
        _check_undecided(case, verb)
    states = TRANSITIONS[verb].states
    if case.state not in states:
        raise Refused("state", f"'{verb}' is not possible while the case is {case.state}: it needs {_listed(states)}.")


def _check_undecided(case: Case, verb: Verb) -> None:
    """Whoever decides a moment later is told who was first."""
    waits = case.proposed_ruling()
    if waits is not None:
        raise Conflict(f"A decision of {waits.maker} waits for approval.", who=waits.maker)
    if verb is Verb.DECIDE and case.is_ruled and case.decided_at is not None and case.state is not State.IN_REVIEW:
        who = case.decided_by or "Somebody"
        raise Conflict(f"{who} decided this case at {case.decided_at:%Y-%m-%dT%H:%M:%SZ}.", who=case.decided_by or None)


def check_role(verb: Verb, actor: Actor) -> None:
    """Raise NotAllowed unless the actor's role has the right to `verb` at all."""
    roles = TRANSITIONS[verb].roles
    if actor.role not in roles:
        raise NotAllowed(
            f"'{verb}' needs the role {_listed(roles - SWEEP or roles)}; {actor.login} is {actor.role}.", verb=verb
        )


def _listed(words: frozenset[State] | frozenset[Role]) -> str:
    return " or ".join(sorted(words))
