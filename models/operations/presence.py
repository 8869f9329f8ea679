"""Who acts, as the store knows them at this moment."""

from __future__ import annotations

from dataclasses import replace

from models.actor import Actor
from models.errors import NotAllowed
from models.tables import Agent
from models.vocabulary import Role


def present(actor: Actor) -> Actor:
    """The actor as the store knows them now. Raises NotAllowed for a stranger and for a disabled agent."""
    agent = Agent.get_or_none(Agent.login == actor.login)
    if agent is None:
        raise NotAllowed(
            f"{actor.login} is no agent of this store: a supervisor can add them with 'disputes agents add'."
        )
    if not agent.is_active:
        raise NotAllowed(f"{actor.login} is disabled: a supervisor can enable them with 'disputes agents enable'.")
    return replace(actor, role=Role(agent.role), name=agent.name)
