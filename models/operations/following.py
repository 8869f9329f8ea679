"""Keeping an eye on a case: watching it, being reminded of it, flagging one of its parties."""

from __future__ import annotations

from datetime import datetime

from models import clock
from models.actor import Actor
from models.operations.change import Change, Words, carry_out
from models.rules.act import Act, Verb
from models.vocabulary import Party


def watch(actor: Actor, *, case: int, is_done: bool = False) -> Change:
    """Follow the case, or with `is_done` no longer; `is:watched` finds it."""
    act = Act(verb=Verb.WATCH, occurred_at=clock.now(), is_done=is_done or None)
    return carry_out(actor, case, act)


def remind(actor: Actor, *, case: int, on: datetime | None, note: str = "") -> Change:
    """The case comes back to the actor at `on`, in the view `reminders`; without an instant, the reminder is done."""
    act = Act(verb=Verb.REMIND, occurred_at=clock.now(), due_at=on, is_done=on is None or None)
    return carry_out(actor, case, act, words=Words(note))


def flag(actor: Actor, *, case: int, party: Party, note: str) -> Change:
    """Ask supervisors to look at a party. It decides nothing; the next decision needs a second person."""
    act = Act(verb=Verb.FLAG, occurred_at=clock.now(), party=party)
    return carry_out(actor, case, act, words=Words(note))
