"""Who has a case."""

from __future__ import annotations

from models import clock
from models.actor import Actor
from models.errors import NotFound, Refused
from models.operations.change import Change, Words, carry_out
from models.rules.act import Act, Verb
from models.rules.case import Case
from models.tables import Agent
from models.vocabulary import Role


def claim(actor: Actor, *, case: int, seen_version: int | None = None) -> Change:
    """Take a case nobody has. Two at once: one wins, the other is told who (Conflict)."""
    act = Act(verb=Verb.CLAIM, occurred_at=clock.now(), login=actor.login)
    return carry_out(actor, case, act, seen_version=seen_version)


def release(actor: Actor, *, case: int, note: str = "", seen_version: int | None = None) -> Change:
    """Give one's case back to everyone; a supervisor gives anybody's back, with a note that says why."""
    act = Act(verb=Verb.RELEASE, occurred_at=clock.now())
    return carry_out(actor, case, act, words=Words(note), seen_version=seen_version)


def assign(actor: Actor, *, case: int, login: str, note: str, seen_version: int | None = None) -> Change:
    """Give a case to somebody, whoever has it now; a supervisor's act, with a reason."""
    act = Act(verb=Verb.ASSIGN, occurred_at=clock.now(), login=login)
    return carry_out(actor, case, act, words=Words(note), seen_version=seen_version, prepare=_to_somebody_who_works)


def _to_somebody_who_works(case: Case, act: Act) -> Act:
    agent = Agent.get_or_none(Agent.login == act.login)
    if agent is None:
        raise NotFound(f"There is no agent {act.login}: 'disputes agents' lists them.")
    if not agent.is_active or agent.role == Role.AUDITOR:
        raise Refused("assignee", f"{act.login} cannot work cases: {'an auditor' if agent.is_active else 'disabled'}.")
    return act
