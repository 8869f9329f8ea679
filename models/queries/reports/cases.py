"""Cases by their numbers, with the order, the parties and whoever has the case beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from peewee import JOIN

from models.queries.among import among
from models.tables import Agent, Dispute, Order, Party

BUYER, SELLER = Party.alias("buyer"), Party.alias("seller")


def joined(select: Any) -> Any:
    """A select of cases, or of what belongs to one and is joined to it, with all of these."""
    return (
        select.join(Order, on=(Dispute.order == Order.id))
        .join(SELLER, on=(Dispute.seller == SELLER.id))
        .join(BUYER, on=(Dispute.buyer == BUYER.id))
        .join(Agent, JOIN.LEFT_OUTER, on=(Dispute.assignee == Agent.id))
    )


def cases(ids: Sequence[int], *columns: Any) -> Any:
    """The columns of these cases, as tuples."""
    return joined(Dispute.select(*columns)).where(among(Dispute.id, ids)).tuples()
