"""What a supervisor does to the promises of a case, each with a reason."""

from __future__ import annotations

from datetime import timedelta

from models import clock
from models.actor import Actor
from models.operations.change import Change, Words, carry_out
from models.rules.act import Act, Verb
from models.vocabulary import ClockKind, Hold


def hold(actor: Actor, *, case: int, why: Hold, note: str, seen_version: int | None = None) -> Change:
    """Legal: every clock stands still. Outage: those of the parties. Risk: none, and the platform may step in."""
    act = Act(verb=Verb.HOLD, occurred_at=clock.now(), hold=why)
    return carry_out(actor, case, act, words=Words(note), seen_version=seen_version)


def unhold(actor: Actor, *, case: int, seen_version: int | None = None) -> Change:
    """The clocks run again, each with the time that it had left."""
    return carry_out(actor, case, Act(verb=Verb.UNHOLD, occurred_at=clock.now()), seen_version=seen_version)


def extend(
    actor: Actor, *, case: int, kind: ClockKind, by: timedelta, note: str, seen_version: int | None = None
) -> Change:
    """A later due instant. A promise that was already broken stays so, and begins again beside itself."""
    act = Act(verb=Verb.EXTEND, occurred_at=clock.now(), clock=kind, seconds=int(by.total_seconds()))
    return carry_out(actor, case, act, words=Words(note), seen_version=seen_version)


def waive(actor: Actor, *, case: int, kind: ClockKind, note: str, seen_version: int | None = None) -> Change:
    """Give a promise up: it counts as waived, and the next decision needs a second person."""
    act = Act(verb=Verb.WAIVE, occurred_at=clock.now(), clock=kind)
    return carry_out(actor, case, act, words=Words(note), seen_version=seen_version)
