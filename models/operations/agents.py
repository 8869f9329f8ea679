"""The people of the desk."""

from __future__ import annotations

from models import clock
from models.actor import Actor
from models.errors import NotAllowed, NotFound, Refused
from models.operations import journal
from models.operations.presence import present
from models.operations.transaction import writing
from models.tables import Agent
from models.vocabulary import Role


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


def add(actor: Actor, *, login: str, name: str, role: Role) -> None:
    """A new agent. Raises Refused where the login is taken or out of form."""
    check_login(login)
    with writing():
        _check_supervisor(actor)
        if Agent.get_or_none(Agent.login == login) is not None:
            raise Refused("login", f"There already is an agent {login}.")
        Agent.create(login=login, name=name, role=role, created_at=clock.now())
        _record(actor, "agents add", login, role)


def change_role(actor: Actor, *, login: str, role: Role) -> None:
    """Nobody changes their own role, so that a store always keeps a supervisor."""
    with writing():
        _check_supervisor(actor)
        agent = _other(actor, login)
        Agent.update(role=role).where(Agent.id == agent.id).execute()
        _record(actor, "agents role", login, role)


def set_active(actor: Actor, *, login: str, is_active: bool) -> None:
    """Disable an agent, or let them in again; their cases stay as they are."""
    with writing():
        _check_supervisor(actor)
        agent = _other(actor, login)
        Agent.update(is_active=is_active).where(Agent.id == agent.id).execute()
        _record(actor, "agents enable" if is_active else "agents disable", login, Role(agent.role))


def check_login(login: str) -> None:
    """Raises Refused for what nobody could type, read, or tell from a word of the query language."""
    if not login or any(sign.isspace() or not sign.isprintable() for sign in login) or login in ("me", "none"):
        raise Refused("login", f"'{login}' is no login: use letters, digits, dots and dashes.")


def _check_supervisor(actor: Actor) -> None:
    if present(actor).role is not Role.SUPERVISOR:
        raise NotAllowed(f"Agents are a supervisor's to keep; {actor.login} is {present(actor).role}.")


def _other(actor: Actor, login: str) -> Agent:
    if login == actor.login:
        raise Refused("self", "Nobody changes their own role or disables themselves: ask another supervisor.")
    agent = Agent.get_or_none(Agent.login == login)
    if agent is None:
        raise NotFound(f"There is no agent {login}: 'disputes agents' lists them.")
    return agent


def _record(actor: Actor, verb: str, login: str, role: Role) -> None:
    now = clock.now()
    journal.append(actor, now, [journal.Entry(verb, now, {"login": login, "role": role})])
