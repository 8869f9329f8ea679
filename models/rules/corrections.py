"""A wrong entry is superseded: the case is what its other entries add up to, and the wrong one stays on record."""

from __future__ import annotations

from collections.abc import Sequence

from models.actor import SWEEP, Actor
from models.errors import DeskError, NotAllowed, NotFound, Refused
from models.rules import effects, transitions
from models.rules.act import Act, Verb
from models.rules.case import Case
from models.rules.recorded import Recorded, superseded
from models.vocabulary import Role

CORRECTABLE = frozenset({
    Verb.NOTIFY, Verb.RESPOND, Verb.RECODE, Verb.WITHDRAW, Verb.ESCALATE, Verb.AUTO_ESCALATE, Verb.LAPSE, Verb.REFUND,
    Verb.CLOSE, Verb.NOTE, Verb.ANSWER, Verb.HOLD, Verb.UNHOLD, Verb.EXTEND, Verb.WAIVE, Verb.FLAG, Verb.UNFLAG,
    Verb.GOODWILL, Verb.CORRECT,
})  # fmt: skip
"""What somebody can have written down wrongly. What was sent cannot be unsent, a ruling has ways of its own back."""


def check(events: Sequence[Recorded], seq: int, actor: Actor) -> None:
    """Raise NotFound, NotAllowed or Refused unless `actor` may correct event `seq` of the case."""
    event = next((each for each in events if each.seq == seq), None)
    if event is None:
        raise NotFound(f"This case has no event {seq}: 'disputes show' lists them.")
    if actor.role is not Role.SUPERVISOR and event.actor != actor.login:
        raise NotAllowed(f"Event {seq} was written down by {event.actor}: they or a supervisor correct it.")
    if seq in superseded(events):
        raise Refused("correct", f"Event {seq} was corrected already.")
    if event.verb not in CORRECTABLE:
        raise Refused("correct", f"'{event.verb}' is not corrected; what can be is {', '.join(sorted(CORRECTABLE))}.")


def without(events: Sequence[Recorded], seq: int) -> Case:
    """The case as it is without event `seq`. Raises Refused where a later event could not have happened then."""
    wrong = superseded(events, frozenset({seq}))
    first_changed = min(wrong ^ superseded(events))
    remaining = [event for event in events if event.seq not in wrong]
    case = effects.opened(remaining[0].acts[0])
    for event in remaining:
        for act in event.acts:
            if event.seq > first_changed:
                _check_possible(case, event, act, seq)
            effects.apply(case, act, event.recorded_at)
    return case


def _check_possible(case: Case, event: Recorded, act: Act, seq: int) -> None:
    if act.verb is Verb.CORRECT:
        return
    actor = SWEEP if event.actor == SWEEP.login else Actor(event.actor, Role.SUPERVISOR)
    why = f"a file has told of the case since, which rests on event {seq}."
    if event.verb == act.verb:
        try:
            transitions.check(case, act, actor, event.recorded_at)
        except DeskError as refusal:
            why = str(refusal)
        else:
            return
    raise Refused("impossible", f"Without event {seq}, event {event.seq} ('{event.verb}') could not have been: {why}")
