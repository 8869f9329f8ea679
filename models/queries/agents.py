"""The people of the desk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from peewee import JOIN, fn

from models.dataclass import dataclass
from models.tables import Agent, AgentKey, Dispute


def all_agents() -> Iterator[tuple[Any, ...]]:
    """Everybody: login, name, role, whether active, open cases, since when, and by which key they come in."""
    query: Any = (
        Agent.select(Agent, fn.COUNT(Dispute.id).alias("held"))
        .join(Dispute, JOIN.LEFT_OUTER, on=((Dispute.assignee == Agent.id) & Dispute.is_open))
        .group_by(Agent.id)
        .order_by(Agent.login)
    )
    keys: Any = AgentKey.select().where(AgentKey.ended_at.is_null())
    of_agent = {key.agent_id: key.fingerprint for key in keys}
    for agent in query:
        key = of_agent.get(agent.id, "")
        yield agent.login, agent.name, agent.role, bool(agent.is_active), agent.held, agent.created_at, key


def all_keys() -> Iterator[tuple[Any, ...]]:
    """Every key that opens or once did: whose, fingerprint, type, since, until, who gave it, its comment."""
    query: Any = AgentKey.select(AgentKey, Agent).join(Agent).order_by(Agent.login, AgentKey.id)
    for key in query:
        yield key.agent.login, key.fingerprint, key.kind, key.added_at, key.ended_at, key.added_by, key.comment


@dataclass(frozen=True, slots=True)
class KeyInUse:
    """A key that opens for an active agent."""

    login: str
    kind: str
    blob: str
    fingerprint: str


def keys_in_use(*, fingerprint: str = "", blob: str = "") -> Iterator[KeyInUse]:
    """The keys of active agents; with `fingerprint` or `blob` only that one."""
    query: Any = (
        AgentKey.select(AgentKey, Agent)
        .join(Agent)
        .where(AgentKey.ended_at.is_null() & Agent.is_active)
        .order_by(Agent.login)
    )
    if fingerprint:
        query = query.where(AgentKey.fingerprint == fingerprint)
    if blob:
        query = query.where(AgentKey.blob == blob)
    for key in query:
        yield KeyInUse(key.agent.login, key.kind, key.blob, key.fingerprint)
