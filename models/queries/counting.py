"""How many cases, and how much money is disputed in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import field
from datetime import date, tzinfo
from functools import lru_cache
from typing import Any

from peewee import JOIN, OP, SQL, Expression, Select, fn

from models.dataclass import dataclass
from models.errors import Misused
from models.nearest import nearest
from models.prepared import Prepared, Slot, prepared
from models.queries import facts
from models.queries.compile import condition
from models.queries.fault import shown
from models.queries.standpoint import Standpoint, whenever
from models.queries.tree import Query
from models.tables import Agent, Dispute, Party


@dataclass(slots=True)
class Count:
    key: str | None
    """The value that these cases share; None where they have none, and where nothing was grouped."""
    cases: int = 0
    money: dict[str, int] = field(default_factory=dict)
    """Disputed minor units by currency."""


KEYS: dict[str, Callable[[Standpoint], Any]] = {
    "state": facts.state,
    "ball": lambda point: Dispute.ball,
    "reason": lambda point: Dispute.reason,
    "seller": lambda point: Party.ref,
    "buyer": lambda point: Party.ref,
    "currency": lambda point: Dispute.currency,
    "source": lambda point: Dispute.source,
    "assignee": lambda point: Agent.login,
    "outcome": facts.outcome,
}
"""What cases are grouped by."""
NEEDS_PRESENT = ("ball", "assignee")
JOINS: dict[str | None, tuple[Any, Any]] = {
    "seller": (Party, Dispute.seller),
    "buyer": (Party, Dispute.buyer),
    "assignee": (Agent, Dispute.assignee),
}


def count(query: Query, point: Standpoint, by: str | None) -> list[Count]:
    """One count, or one for each value of `by`, the largest first. One select. Raises QueryFault and Misused."""
    if by is not None:
        _check(by, point)
    keys = [KEYS[by](point)] if by else []
    where = condition(query, point)
    is_of_all = where is None and not keys
    # An index has the money of all by currency; of some, either engine would walk through it before it finds these.
    currency = Dispute.currency if is_of_all else Expression(Dispute.currency, OP.CONCAT, SQL("''"))
    select: Any = Dispute.select(currency, fn.COUNT(Dispute.id), fn.SUM(Dispute.amount_minor).coerce(False), *keys)
    if by in JOINS:
        table, column = JOINS[by]
        select = select.join(table, JOIN.LEFT_OUTER, on=(column == table.id))
    if where is not None:
        select = select.where(where)
    # By their places: PostgreSQL takes two expressions with parameters for different ones.
    select = select.group_by(*[SQL("1"), SQL("4")][: 1 + len(keys)]).tuples()
    found: dict[str | None, Count] = {} if by else {None: Count(None)}
    for currency, cases, minor, *key_of in select:
        key = key_of[0] if key_of else None
        each = found.setdefault(key, Count(key))
        each.cases += cases
        each.money[currency] = each.money.get(currency, 0) + int(minor)
    for each in found.values():
        each.money = dict(sorted(each.money.items()))
    return sorted(found.values(), key=lambda each: (-each.cases, each.key is None, each.key or ""))


def totals(queries: Sequence[Query], point: Standpoint, names: Sequence[str]) -> dict[str, int]:
    """Only how many, of several queries of the present. One select, which is spelled once a day."""
    texts = tuple(query.text for query in queries)
    row = _totals(tuple(queries), texts, point.day, point.login, point.zone).first(point.second)
    return dict(zip(names, row, strict=True))


@lru_cache(maxsize=64)
def _totals(queries: Sequence[Query], texts: Sequence[str], day: date, login: str, zone: tzinfo) -> Prepared:
    """`texts` are what was typed, of which faults name places."""

    @prepared
    def write(second: Slot) -> Any:
        point = whenever(second, day, login, zone)
        parts: list[Any] = []
        for query in queries:
            where = condition(query, point)
            part: Any = Dispute.select(fn.COUNT(SQL("*")))  # counts pages where a column would have to be read
            parts.append(part if where is None else part.where(where))
        return Select(columns=parts)

    return write


def _check(by: str, point: Standpoint) -> None:
    if by not in KEYS:
        near = nearest(by, KEYS)
        hint = f"did you mean {near}?" if near else f"they are {', '.join(KEYS)}."
        raise Misused(f"Cases are not counted by {shown(by)}; {hint}")
    if point.is_given and by in NEEDS_PRESENT:
        raise Misused(f"{by} is known of the present only and cannot be counted as of {point.at:%Y-%m-%dT%H:%M:%SZ}.")
