"""What the buyer gets back for the same order by other cases."""

from __future__ import annotations

from typing import Any

from peewee import Select, fn

from models.prepared import Slot, prepared
from models.tables import Dispute, Refund
from models.vocabulary import RefundState


def refunded_elsewhere(dispute_id: int) -> tuple[int, int]:
    """Confirmed, and instructed but not settled, in minor units. One select.

    No store knows which lines of an order a case is about, so every other case of the order counts.
    """
    confirmed, underway = _sums.first(dispute_id)
    return int(confirmed), int(underway)


@prepared
def _sums(dispute_id: Slot) -> Any:
    mine, other = Dispute.alias(), Dispute.alias()
    is_other = (other.order == mine.order) & (other.currency == mine.currency) & (other.id != mine.id)
    confirmed = _sum(other.confirmed_minor, other.select).join(mine, on=is_other).where(mine.id == dispute_id)
    underway = (
        _sum(Refund.amount_minor, Refund.select)
        .join(other, on=(Refund.dispute == other.id))
        .join(mine, on=is_other)
        .where((mine.id == dispute_id) & (Refund.state == RefundState.INSTRUCTED))
    )
    return Select(columns=[confirmed, underway])


def _sum(column: Any, select: Any) -> Any:
    return select(fn.COALESCE(fn.SUM(column), 0).coerce(False))
