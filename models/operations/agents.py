"""The people of the desk."""

from __future__ import annotations

from typing import Any

from models import clock
from models.actor import SWEEP, Actor
from models.errors import NotAllowed, NotFound, Refused
from models.operations import journal
from models.operations.presence import present
from models.operations.transaction import writing
from models.rules.public_keys import PublicKey
from models.tables import Agent, AgentKey
from models.vocabulary import PEOPLE, Role

TAKEN = ("me", "none", SWEEP.login)
"""Words of the query language, and the login under which nobody acts."""


def found(login: str, name: str) -> Actor:
    """The first supervisor of a new store: whoever made it. Raises Refused where there already is somebody."""
    check_login(login)
    with writing():
        if Agent.select().exists():
            raise Refused("init", "This store already has its people: a supervisor can add you.")
        Agent.create(login=login, name=name, role=Role.SUPERVISOR, created_at=clock.now())
        actor = Actor(login, Role.SUPERVISOR, name)
        _record(actor, "init", login, Role.SUPERVISOR)
    return actor


def add(actor: Actor, *, login: str, name: str, role: Role, key: PublicKey | None = None) -> None:
    """A new agent, who comes in by `key`. Raises Refused where the login is taken or out of form, or the key known."""
    check_login(login)
    with writing():
        _check_supervisor(actor)
        _check_of_people(role)
        if Agent.get_or_none(Agent.login == login) is not None:
            raise Refused("login", f"There already is an agent {login}.")
        agent = Agent.create(login=login, name=name, role=role, created_at=clock.now())
        if key is not None:
            _give(actor, agent, key)
        _record(actor, "agents add", login, role, **({"key": key.fingerprint} if key else {}))


def change_role(actor: Actor, *, login: str, role: Role) -> None:
    """Nobody changes their own role, so that a store always keeps a supervisor."""
    with writing():
        _check_supervisor(actor)
        _check_of_people(role)
        agent = _other(actor, login)
        Agent.update(role=role).where(Agent.id == agent.id).execute()
        _record(actor, "agents role", login, role)


def change_key(actor: Actor, *, login: str, key: PublicKey) -> str | None:
    """From now on `key` opens for the agent, and the one before no longer; that one's fingerprint.

    Whoever is inside by the old key is led out. Raises Refused for a key that somebody has or once had.
    """
    with writing():
        _check_supervisor(actor)
        agent = _found(login)
        before = AgentKey.get_or_none((AgentKey.agent == agent.id) & AgentKey.ended_at.is_null())
        if before is not None:
            AgentKey.update(ended_at=clock.now()).where(AgentKey.id == before.id).execute()
        _give(actor, agent, key)
        ended = {"ended": before.fingerprint} if before else {}
        _record(actor, "agents key", login, Role(agent.role), key=key.fingerprint, **ended)
    return str(before.fingerprint) if before else None


def set_active(actor: Actor, *, login: str, is_active: bool) -> None:
    """Disable an agent, or let them in again; their cases stay as they are."""
    with writing():
        _check_supervisor(actor)
        agent = _other(actor, login)
        Agent.update(is_active=is_active).where(Agent.id == agent.id).execute()
        _record(actor, "agents enable" if is_active else "agents disable", login, Role(agent.role))


def check_login(login: str) -> None:
    """Raises Refused for what nobody could type, read, or tell from a word of the query language."""
    if not login or any(sign.isspace() or not sign.isprintable() for sign in login) or login in TAKEN:
        raise Refused("login", f"'{login}' is no login: use letters, digits, dots and dashes.")


def _check_supervisor(actor: Actor) -> None:
    if present(actor).role is not Role.SUPERVISOR:
        raise NotAllowed(f"Agents are a supervisor's to keep; {actor.login} is {present(actor).role}.")


def _check_of_people(role: Role) -> None:
    if role not in PEOPLE:
        raise Refused("role", f"'{role}' is nobody's role: it is one of {', '.join(PEOPLE)}.")


def _other(actor: Actor, login: str) -> Agent:
    if login == actor.login:
        raise Refused("self", "Nobody changes their own role or disables themselves: ask another supervisor.")
    return _found(login)


def _found(login: str) -> Agent:
    agent: Agent | None = Agent.get_or_none(Agent.login == login)
    if agent is None:
        raise NotFound(f"There is no agent {login}: 'disputes agents' lists them.")
    return agent


def _give(actor: Actor, agent: Any, key: PublicKey) -> None:
    known: Any = AgentKey.get_or_none(AgentKey.fingerprint == key.fingerprint)
    if known is not None and known.agent_id != agent.id:
        raise Refused("key", f"This is {known.agent.login}'s key: everybody has their own, 'ssh-keygen' makes one.")
    if known is not None:
        raise Refused("key", f"{agent.login} has had this key before: a new one is needed, 'ssh-keygen' makes one.")
    AgentKey.create(
        agent=agent.id,
        kind=key.kind,
        blob=key.blob,
        fingerprint=key.fingerprint,
        comment=key.comment,
        added_at=clock.now(),
        added_by=actor.login,
    )


def _record(actor: Actor, verb: str, login: str, role: Role, **more: str) -> None:
    now = clock.now()
    journal.append(actor, now, [journal.Entry(verb, now, {"login": login, "role": role, **more})])
