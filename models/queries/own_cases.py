"""Which cases an agent may take out of the desk."""

from __future__ import annotations

from typing import Any

from models.actor import Actor
from models.tables import Agent, Decision, Dispute


def own_cases(actor: Actor) -> Any:
    """What they have, and what they ruled on; a proposal that was sent back is no ruling."""
    me = Agent.select(Agent.id).where(Agent.login == actor.login)
    made = Decision.select(Decision.dispute).where((Decision.maker == actor.login) & Decision.issued_at.is_null(False))
    assigned = Dispute.assignee.is_null(False) & Dispute.assignee.in_(me)
    return assigned | (Dispute.is_ruled & Dispute.id.in_(made))
