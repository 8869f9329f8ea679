"""What must hold before the platform asks, proposes, or touches a promise; one rule a function, as in `guards`."""

from __future__ import annotations

from datetime import datetime, timedelta

from models.actor import Actor
from models.errors import Refused
from models.rules.act import Act
from models.rules.case import Case
from models.vocabulary import Hold, Party


def party_that_acts(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    if act.party not in (Party.BUYER, Party.SELLER):
        raise Refused("party", f"'{act.verb}' is about one of the parties: buyer or seller.")


def asks_for_something(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    if not act.items or act.text_digest is None:
        raise Refused("item", "Name what the party is asked for, one thing an item.")
    if act.due_at is not None and act.due_at <= act.occurred_at:
        raise Refused("due", f"An answer is due after it was asked for; {_shown(act.due_at)} has passed.")


def asked_party(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    question = case.open_question()
    if question is None:
        return  # a file can name the state and bring no question
    if act.party is not question.party:
        raise Refused("party", f"The {question.party} was asked, not the {act.party}.")
    if act.occurred_at < question.asked_at:
        raise Refused("occurred_at", f"What was asked at {_shown(question.asked_at)} cannot be answered before.")


def hold_is_known(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    if act.hold is None:
        raise Refused("hold", f"Say why the case is held: {', '.join(Hold)}.")


def not_on_hold(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    if case.hold is not None:
        raise Refused("held", f"The case is on hold already ({case.hold}); lift that first with 'unhold'.")


def on_hold(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    if case.hold is None or case.held_at is None:
        raise Refused("held", "The case is not on hold.")
    if act.occurred_at < case.held_at:
        raise Refused("occurred_at", f"A hold of {_shown(case.held_at)} is not lifted before.")


def clock_runs(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    if act.clock is None or case.running(act.clock) is None:
        running = [clock.kind for clock in case.clocks if clock.is_running]
        hint = f"running are {', '.join(running)}" if running else "none of this case does"
        raise Refused("clock", f"{act.clock or 'No such clock'} does not run: {hint}.")


def later_than_now(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    clock = case.running(act.clock) if act.clock else None
    if act.seconds is None or act.seconds <= 0:
        raise Refused("by", "An extension is a time to come, such as 2d or 12h.")
    if clock is not None and clock.extended(timedelta(seconds=act.seconds)) <= act.occurred_at:
        raise Refused(
            "by", f"The {clock.kind} clock was due {_shown(clock.due_at)}: an extension has to reach beyond now."
        )


def _shown(instant: datetime) -> str:
    return f"{instant:%Y-%m-%dT%H:%M:%SZ}"
