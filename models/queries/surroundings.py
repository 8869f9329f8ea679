"""What a withdrawal is judged by beside the case: its order, and what the seller said of late."""

from __future__ import annotations

from typing import Any

from models import clock
from models.queries.history import case_from_events
from models.rules.withdrawal import SENTENCES, Surroundings, warnings
from models.tables import Dispute, Message, Order
from models.vocabulary import Party

LATEST = 20
"""Messages of the seller that are looked at; nobody writes more within a day."""


def surroundings(dispute_id: int) -> Surroundings:
    """Two selects."""
    order: Any = Order.select().join(Dispute).where(Dispute.id == dispute_id).first()
    said = (
        Message.select(Message.occurred_at, Message.text, Message.translation)
        .where((Message.dispute == dispute_id) & (Message.author == Party.SELLER))
        .order_by(Message.occurred_at.desc())
        .limit(LATEST)
    )
    return Surroundings(
        protection_ends_at=order.protection_ends_at if order else None,
        shipped_at=order.shipped_at if order else None,
        delivered_at=order.delivered_at if order else None,
        seller_said=tuple((each.occurred_at, f"{each.text}\n{each.translation or ''}") for each in said),
    )


def withdrawal_warnings(dispute_id: int) -> tuple[str, ...]:
    """What the buyer should hear before the case is withdrawn now, in sentences."""
    codes = warnings(case_from_events(dispute_id), surroundings(dispute_id), clock.now())
    return tuple(SENTENCES[code] for code in codes)
