"""Finding a page of cases that no index leads to, without a walk through the whole list; of SQLite.

An order that is not the numbers' own takes seconds to walk through in a million cases, for each of them lies on a page
of its own. So the page is looked for among the first of the list, and where these do not fill it, wherever it is: that
is read as the cases lie, and what is found is sorted. Where much is found, the walk will not be long.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from peewee import JOIN, SQL, Join, Select, fn

from models.queries import word_search
from models.queries.compile import condition, without_words
from models.queries.facts import Node
from models.queries.sorting import Stretch
from models.queries.standpoint import Standpoint
from models.queries.tree import Query
from models.queries.word_search import INDEX, NUMBER
from models.tables import Dispute

NEAR = 5_000
"""So many of the list are looked at first."""
FAR = 100_000
"""So many where words are often found, but not near: all cases that contain them are more."""
FEW = 20_000
"""So many are sorted at most, and so many hold what was said against words."""

Place = Callable[[Stretch], Node]
"""Where in a stretch the page begins."""
Seek = Callable[[Query, Standpoint, Stretch, Place, bool], Any]
"""A select of numbers, each with what it is sorted by, in a stretch from its place on, rising or falling."""


def near(query: Query, point: Standpoint, part: Stretch, place: Place, is_rising: bool) -> Any:
    """Among the first of the list alone."""
    return _among_first(NEAR, query, point, part, place, is_rising)


def far(query: Query, point: Standpoint, part: Stretch, place: Place, is_rising: bool) -> Any:
    """The same among more of them."""
    return _among_first(FAR, query, point, part, place, is_rising)


def _among_first(most: int, query: Query, point: Standpoint, part: Stretch, place: Place, is_rising: bool) -> Any:
    texts = word_search.searched(query)
    is_of_words = bool(texts) and part.is_by_number
    if is_of_words:  # the list is what the index of words holds of them
        part = replace(part, value=NUMBER, number=NUMBER)
        first = INDEX.select(NUMBER.alias("id"), NUMBER.alias("value")).where(word_search.found(texts, query))
    else:
        first = Dispute.select(Dispute.id, _value(part))
    names = ["id"] if part.value is None else ["value"] if part.is_by_number else ["value", "id"]
    order = _order(is_rising, *({"id": part.number, "value": part.value}[name] for name in names))
    first = _where(first, part.where, place(part)).order_by(*order).limit(most).alias("first")
    few = None if is_of_words else Select((first,), [first.c.id])
    in_this_order = Join(first, Dispute, JOIN.CROSS)
    found = Select((in_this_order,), [Dispute.id, first.c.value]).where(first.c.id == Dispute.id)
    found = _where(found, condition(query, point, are_words_joined=is_of_words, few=few))
    return found.order_by(*_order(is_rising, *(getattr(first.c, name) for name in names)))


def everywhere(query: Query, point: Standpoint, part: Stretch, place: Place, is_rising: bool) -> Any:
    """Of all that can be sorted. With each how many there were before their words were looked at, up to one too many;
    where nothing is left of them, that number alone.
    """
    few = _where(without_words(query, point), part.where, place(part)).limit(FEW + 1)
    few = few.cte("few", materialized=True, columns=("id",))
    counted = Select((few,), [fn.COUNT(few.c.id).alias("cases")]).alias("counted")
    texts, listed = word_search.searched(query), Select((few,), [few.c.id])
    contained = word_search.contains(texts, query, listed) if texts else None
    are_all = Select((few,), [fn.COUNT(few.c.id)]) <= FEW  # else nothing is looked at
    found = _where(Dispute.select(Dispute.id, _value(part)), are_all, Dispute.id.in_(listed), contained).alias("found")
    both = Join(counted, found, JOIN.LEFT_OUTER, on=SQL("1"))
    order = _order(is_rising, found.c.value, found.c.id)
    return Select((both,), [found.c.id, found.c.value, counted.c.cases]).with_cte(few).order_by(*order)


def settled(rows: Sequence[Any]) -> list[tuple[int, Any]] | None:
    """What `everywhere` found; None where that is not all."""
    if rows[0][2] > FEW:
        return None
    return [(number, value) for number, value, _ in rows if number is not None]


def _value(part: Stretch) -> Any:
    return (SQL("NULL") if part.value is None else part.value).alias("value")


def _where(select: Any, *conditions: Node) -> Any:
    found = [each for each in conditions if each is not None]
    return select.where(*found) if found else select


def _order(is_rising: bool, *columns: Any) -> list[Any]:
    return [each if is_rising else each.desc() for each in columns]
