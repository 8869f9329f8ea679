"""Rights that are not tied to one case; the rights of each act are in `transitions`."""

from __future__ import annotations

from models.actor import Actor
from models.errors import NotAllowed
from models.vocabulary import Role


def check_desk(actor: Actor, what: str) -> None:
    """Raise NotAllowed unless the actor works cases: an auditor reads everything and changes nothing."""
    if actor.role not in (Role.AGENT, Role.SUPERVISOR):
        raise NotAllowed(f"'{what}' needs the role agent or supervisor; {actor.login} is {actor.role}.", verb=what)


def check_supervisor(actor: Actor, what: str) -> None:
    """Raise NotAllowed unless the actor is a supervisor."""
    if actor.role is not Role.SUPERVISOR:
        raise NotAllowed(f"'{what}' needs the role supervisor; {actor.login} is {actor.role}.", verb=what)


def check_paths(actor: Actor) -> None:
    """Raise NotAllowed unless a path means a file of the actor's own host: who came in by a key sits at another."""
    if actor.key:
        raise NotAllowed(
            "A path would be one of the server's files: hand yours in by 'ssh DESK attach CASE - … < FILE'.",
            verb="path",
        )
