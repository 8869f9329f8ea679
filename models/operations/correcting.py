"""A wrong entry is superseded with a reason, and the case and its clocks are derived again. Nothing is erased."""

from __future__ import annotations

from datetime import datetime

from models import clock
from models.actor import Actor
from models.operations.change import Change, Words, carry_out
from models.queries.history import events_of
from models.rules import corrections, effects
from models.rules.act import Act, Verb
from models.rules.case import Case


def correct(actor: Actor, *, case: int, event: int, note: str, seen_version: int | None = None) -> Change:
    """Leave event `event` out of what the case adds up to: one's own, or as a supervisor anybody's.

    Raises Refused where something that came after it could not have happened then, with what.
    """

    def derive(actor: Actor, act: Act, now: datetime) -> Case:
        events = events_of(case)
        corrections.check(events, event, actor)
        derived = corrections.without(events, event)
        effects.apply(derived, act, now)
        return derived

    act = Act(verb=Verb.CORRECT, occurred_at=clock.now(), corrects=event)
    return carry_out(actor, case, act, words=Words(note), seen_version=seen_version, derive=derive)
