"""The people of the desk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from peewee import JOIN, fn

from models.tables import Agent, Dispute


def all_agents() -> Iterator[tuple[Any, ...]]:
    """Everybody: login, name, role, whether active, open cases, since when."""
    query: Any = (
        Agent.select(Agent, fn.COUNT(Dispute.id).alias("held"))
        .join(Dispute, JOIN.LEFT_OUTER, on=((Dispute.assignee == Agent.id) & Dispute.is_open))
        .group_by(Agent.id)
        .order_by(Agent.login)
    )
    for agent in query:
        yield agent.login, agent.name, agent.role, bool(agent.is_active), agent.held, agent.created_at
