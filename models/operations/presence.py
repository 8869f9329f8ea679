"""Who acts, as the store knows them at this moment."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from models.actor import Actor
from models.errors import NotAllowed
from models.prepared import Slot, prepared
from models.tables import Agent
from models.vocabulary import Role


def present(actor: Actor) -> Actor:
    """The actor as the store knows them now.

    Raises NotAllowed for a stranger, for a disabled agent, and for who came in by a key that was replaced since. The
    sweep is nobody whom the store could know; only our own code can be it, as no agent has its role or login.
    """
    if actor.role is Role.SWEEP:
        return actor
    agent = _agent.first(actor.login)
    if agent is None:
        raise NotAllowed(
            f"{actor.login} is no agent of this store: a supervisor can add them with 'disputes agents add'."
        )
    if not agent.is_active:
        raise NotAllowed(f"{actor.login} is disabled: a supervisor can enable them with 'disputes agents enable'.")
    if actor.key and _opens.first(actor.key, agent.id) is None:
        raise NotAllowed(f"The key that you came in by is no longer {actor.login}'s: come in by the new one.")
    return replace(actor, role=Role(agent.role), name=agent.name)


@prepared
def _agent(login: Slot) -> Any:
    return Agent.select().where(Agent.login == login)


@prepared
def _opens(fingerprint: Slot, agent: Slot) -> Any:
    from models.tables import AgentKey

    is_theirs = (AgentKey.fingerprint == fingerprint) & (AgentKey.agent == agent) & AgentKey.ended_at.is_null()
    return AgentKey.select(AgentKey.agent).where(is_theirs)
