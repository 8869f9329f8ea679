"""`amount`, `opened`, `due`, `decided` and `overdue_by`, compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from math import ceil, floor
from operator import and_, or_
from typing import TYPE_CHECKING, Any

from peewee import SQL, fn

from models.queries import facts, values
from models.queries.facts import Node
from models.queries.standpoint import Standpoint
from models.queries.terms import NAMED, Takes
from models.queries.values import Duration, Span
from models.rules import money
from models.tables import Dispute, Timer

if TYPE_CHECKING:
    from decimal import Decimal

MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}
"""The larger an age, the earlier its instant."""


def condition(name: str, sign: str, value: str, point: Standpoint) -> Node:
    """`name sign value`; never unknown: a case without the value is not found, and its negation finds it."""
    ends = values.bounds(value)
    if ends is None:
        return _one(name, sign, value, point)
    low, high = ends
    given = [(each, end) for each, end in ((">=", low), ("<=", high)) if end]
    if NAMED[name].takes is Takes.AMOUNT:
        return _amount(given, point)
    return reduce(and_, (_one(name, each, end, point) for each, end in given))


def _one(name: str, sign: str, text: str, point: Standpoint) -> Node:
    if NAMED[name].takes is Takes.AMOUNT:
        return _amount([(sign, text)], point)
    value = values.read(text, NAMED[name].takes, now=point.at, zone=point.zone)
    assert isinstance(value, Span | Duration)
    if NAMED[name].takes is Takes.DURATION:
        assert isinstance(value, Duration)
        return _overdue_by(sign, value.seconds, point)
    return COLUMNS[name](sign, value, point)


def _amount(given: Sequence[tuple[str, str]], point: Standpoint) -> Node:
    """The same major units are another number of minor units for each number of decimals that a currency has.

    Both ends of a range stand together, so that for each number of decimals the index of amounts gives its part.
    """
    ends: list[tuple[str, Any]] = [
        (sign, values.read(text, Takes.AMOUNT, now=point.at, zone=point.zone)) for sign, text in given
    ]
    by_decimals: dict[int, list[str]] = {}
    for currency, decimals in money.exponents().items():
        by_decimals.setdefault(decimals, []).append(currency)
    parts = []
    for decimals, currencies in sorted(by_decimals.items()):
        holds = (_minor(sign, value.scaleb(decimals)) for sign, value in ends)
        parts.append(reduce(and_, holds, Dispute.currency.in_(sorted(currencies))))
    return reduce(or_, parts)


def _minor(sign: str, exact: Decimal) -> Node:
    """`exact` may lie between two minor units, where no stored amount is."""
    below, above = floor(exact), ceil(exact)
    column = Dispute.amount_minor
    match sign:
        case "<":
            return column < above
        case "<=":
            return column <= below
        case ">":
            return column > below
        case ">=":
            return column >= above
        case _:
            return column.between(above, below)


def _opened(sign: str, value: Span | Duration, point: Standpoint) -> Node:
    return _instant(Dispute.opened_at, sign, _past(value, point), isinstance(value, Duration))


def _decided(sign: str, value: Span | Duration, point: Standpoint) -> Node:
    found = _instant(Dispute.decided_at, sign, _past(value, point), isinstance(value, Duration))
    happened = facts.has_outcome(point) if point.is_given else Dispute.decided_at.is_null(False)
    return happened & found


def _due(sign: str, value: Span | Duration, point: Standpoint) -> Node:
    if isinstance(value, Duration):
        second = point.second + value.seconds
        value = Span(second, second + 1)
    if not point.is_given:
        column = Dispute.next_due_at
        return column.is_null(False) & _instant(column, sign, value, False)
    return _earliest(lambda due_at: _instant(due_at, sign, value, False), facts.counts(point))


def _overdue_by(sign: str, seconds: int, point: Standpoint) -> Node:
    """Of the longest overdue clock, which is the one that was due first."""
    second = point.second - seconds
    return overdue_since(point, lambda due_at: _instant(due_at, sign, Span(second, second + 1), True))


def overdue_since(point: Standpoint, holds: Callable[[Node], Node]) -> Node:
    """The case is overdue, and of the due instant of its longest overdue clock `holds` is true."""
    if not point.is_given:
        column = Dispute.next_due_at
        return column.is_null(False) & (column < point.second) & holds(column)
    return _earliest(holds, facts.is_late(point))


def _earliest(holds: Callable[[Node], Node], which: Node) -> Node:
    """Of the first due among `which` of the case's timers; EXISTS, so that a case without one is simply not found."""
    first = (
        Timer.select(SQL("1"))
        .where((Timer.dispute == Dispute.id) & which)
        .group_by(Timer.dispute)
        .having(holds(fn.MIN(Timer.due_at)))
    )
    return fn.EXISTS(first)


def _past(value: Span | Duration, point: Standpoint) -> Span:
    if isinstance(value, Span):
        return value
    second = point.second - value.seconds
    return Span(second, second + 1)


def _instant(column: Node, sign: str, span: Span, is_age: bool) -> Node:
    match MIRRORED[sign] if is_age else sign:
        case "<":
            return column < span.first
        case "<=":
            return column < span.end
        case ">":
            return column >= span.end
        case ">=":
            return column >= span.first
        case _:
            return (column >= span.first) & (column < span.end)


COLUMNS: dict[str, Callable[[str, Span | Duration, Standpoint], Node]] = {
    "opened": _opened,
    "due": _due,
    "decided": _decided,
}
