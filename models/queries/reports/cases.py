"""Cases by their numbers, with the order, the parties and whoever has the case beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from peewee import JOIN, Case

from models.queries import facts
from models.queries.among import among
from models.queries.standpoint import Standpoint
from models.tables import Agent, Dispute, Order, Party, database

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


def rows_of(select: Any) -> Iterable[tuple[Any, ...]]:
    """A select's rows as the driver gives them: instants are seconds, and on SQLite flags are 0 and 1.

    Peewee looks at each value of each row, which is a third of what a long report takes.
    """
    found: Iterable[tuple[Any, ...]] = database.execute_sql(*select.sql())
    return found


def instant(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def was_broken(point: Standpoint) -> Any:
    """Of a timer, as a column: 1 or 0."""
    return Case(None, [(facts.is_broken(point), 1)], 0)
