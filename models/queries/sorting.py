"""Orders of a queue. Every order ends in the case's number; cases without the value come last, both ways."""

from __future__ import annotations

from collections.abc import Callable

from peewee import OP, SQL, Expression

from models.dataclass import dataclass
from models.errors import Misused
from models.nearest import nearest
from models.queries import facts, word_search
from models.queries.facts import Node
from models.queries.fault import shown
from models.queries.standpoint import Standpoint
from models.queries.terms import NARROW
from models.queries.tree import Compares, Has, Query, Text
from models.tables import Dispute


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the list, one after the other: the cases that have the value, then those that have none."""

    where: Node
    value: Node
    """What it is sorted by before the case's number; None where there is no value."""
    number: Node
    """The case's number."""
    is_descending: bool
    is_by_number: bool = False
    """The value is the case's number itself."""


@dataclass(frozen=True, slots=True)
class Sort:
    key: str
    what: str
    value: Callable[[Standpoint], Node]
    is_nullable: bool = True
    is_reversed: bool = False
    """The value is a due instant, and what is asked for is how long ago that was."""
    implied_by: tuple[str, ...] = ()
    """Terms that only find cases which have the value."""


_TIMED = ("is:overdue", "is:due_soon", "overdue", "due", "overdue_by")

_SORTS = (
    Sort("due", "the next clock's due instant", facts.next_due_at, implied_by=_TIMED),
    Sort("opened", "when it was opened", lambda point: Dispute.opened_at, is_nullable=False),
    Sort("amount", "minor units, whatever the currency", lambda point: Dispute.amount_minor, is_nullable=False),
    Sort("overdue_by", "how long the longest overdue clock is late", facts.next_due_at, is_reversed=True,
         implied_by=("is:overdue", "overdue", "overdue_by")),
    Sort("decided", "when an outcome was reached", facts.decided_at,
         implied_by=("decided", "outcome", "is:refund_due")),
    Sort("case", "our number of it", lambda point: Dispute.id, is_nullable=False),
    Sort("seller_due", "when the seller's answer is due", facts.seller_awaited_due_at,
         implied_by=("overdue:seller_response",)),
    Sort("rank", "how well it answers the words asked for, while few cases do; else the newest first",
         lambda point: Dispute.id, is_nullable=False, is_reversed=True),
)  # fmt: skip

SORTS: dict[str, Sort] = {sort.key: sort for sort in _SORTS}

RANK = "rank"
"""The sort key of words; what it comes to is settled by how many cases contain them."""


def check_sort(text: str) -> Sort:
    """What `text`, a key or `-key`, sorts by. Raises Misused."""
    key = text.removeprefix("-")
    if key not in SORTS:
        near = nearest(key, SORTS)
        hint = f"did you mean {near}?" if near else f"they are {', '.join(SORTS)}."
        raise Misused(f"There is no sort key {shown(key)}; {hint}")
    return SORTS[key]


def stretches(text: str, query: Query, point: Standpoint, *, is_found_elsewhere: bool = False) -> list[Stretch]:
    """The list in the order `text`, a key or `-key`. Raises Misused.

    `is_found_elsewhere`: no index may be taken for the sake of the order.
    """
    sort, is_descending = check_sort(text), text.startswith("-")
    value, number = sort.value(point), Dispute.id
    if is_found_elsewhere or (not point.is_given and _is_found_elsewhere(query, sort)):
        value, number = _off_index(value), _off_index(number)
    if sort.key == RANK and (texts := word_search.searched(query)):
        return [Stretch(None, word_search.score(texts, query), Dispute.id, not is_descending)]
    if sort.value(point) is Dispute.id:
        return [Stretch(None, number, number, is_descending != sort.is_reversed, is_by_number=True)]
    if not sort.is_nullable:
        return [Stretch(None, value, number, is_descending)]
    has, lacks = value.is_null(False), value.is_null()
    if sort.is_reversed:
        has, lacks = has & (value < point.second), lacks | (value >= point.second)
    valued = Stretch(has, value, number, is_descending != sort.is_reversed)
    return [valued] if _implies(query, sort) else [valued, Stretch(lacks, None, number, False)]


def is_served(query: Query, text: str) -> bool:
    """An index finds the cases of `query`, or gives the order of the list and where in it they begin."""
    key, parts = text.removeprefix("-"), query.conjuncts()
    if key == RANK or not parts:
        return True
    if key == "case" and all(isinstance(part, Text) for part in parts):
        return True  # the index of words is in this order
    if any(name in NARROW for part in parts for name in _names(part)):
        return True
    return key != "amount" and any(isinstance(part, Compares) and part.name == key for part in parts)


def _is_found_elsewhere(query: Query, sort: Sort) -> bool:
    """Few cases are found by an index that knows nothing of this order: they are sorted when they are found."""
    names = (name for part in query.conjuncts() for name in _names(part))
    gives = {NARROW[name].order for name in names if name in NARROW} - {""}
    return bool(gives) and sort.key not in gives and not (sort.is_reversed and "due" in gives)


def _off_index(value: Node) -> Node:
    """Either engine would rather walk through every case in the order asked for than sort a few."""
    return Expression(value, OP.ADD, SQL("0"))


def _implies(query: Query, sort: Sort) -> bool:
    """A select for the cases without the value is spared where there are none."""
    return any(name in sort.implied_by for part in query.conjuncts() for name in _names(part))


def _names(part: object) -> tuple[str, ...]:
    """How tables of terms call it: `overdue`, and `overdue:resolution` too."""
    match part:
        case Has(name, value):
            return name, f"{name}:{value}"
        case Compares(name):
            return (name,)
        case _:
            return ()
