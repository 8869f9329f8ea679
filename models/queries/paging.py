"""Pages by key: page twenty thousand costs what the first one costs, and rows that come or go shift nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from peewee import SQL, Tuple

from models.database import is_sqlite
from models.dataclass import dataclass
from models.queries import rows, word_search
from models.queries.compile import condition, few_cases
from models.queries.rows import CaseRow
from models.queries.sorting import Stretch, stretches
from models.queries.standpoint import Standpoint
from models.queries.tree import Query
from models.queries.word_search import INDEX, NUMBER
from models.tables import Dispute

BATCH = 500


@dataclass(frozen=True, slots=True)
class Key:
    """A place in a sorted list, just at one row. It stays good when that row has left the list."""

    value: int | None
    """What the list is sorted by, as the store counts it; None among the cases without a value, at the end."""
    id: int


LAST = Key(None, 2**62)
"""Behind every row: the page before it is the last one."""


@dataclass(frozen=True, slots=True)
class Page:
    rows: tuple[CaseRow, ...]
    """In the list's order, whichever way was turned."""
    has_more: bool
    """There are more rows in the direction that was read."""
    first_key: Key | None
    last_key: Key | None
    """None where there is no row."""


def page_at(
    query: Query, point: Standpoint, sort: str, limit: int, *, after: Key | None = None, before: Key | None = None
) -> Page:
    """`limit` rows after a key, before one, or from the beginning.

    Three selects: the cases' numbers, for whole rows take long to sort, then the rows and their clocks. A fourth on the
    one page where the cases without a value begin. Raises QueryFault and Misused.
    """
    is_forward = before is None
    key = after if is_forward else before
    parts = stretches(sort, query, point)
    words = _joined(query, parts, point)
    where = condition(query, point, are_words_joined=words is not None)
    found: list[tuple[int, Any]] = []
    for part in parts if is_forward else reversed(parts):
        beyond = _beyond(part, key, is_forward)
        if beyond is not _NOTHING:
            found += _read(part, [where, part.where, beyond], is_forward, limit + 1 - len(found), words)
        if len(found) > limit:
            break
    has_more = len(found) > limit
    found = found[:limit] if is_forward else found[:limit][::-1]
    keys = [Key(rows.as_key(value), number) for number, value in (found[:1] + found[-1:])]
    return Page(
        tuple(rows.numbered([number for number, _ in found], point)),
        has_more,
        keys[0] if keys else None,
        keys[-1] if keys else None,
    )


def streamed(query: Query, point: Standpoint, sort: str, limit: int | None = None) -> Iterator[CaseRow]:
    """Every row, read in batches, so that a million of them never stand in memory.

    Raises QueryFault and Misused at once, not when the first row is taken.
    """
    condition(query, point)
    stretches(sort, query, point)
    return _batches(query, point, sort, limit)


def _batches(query: Query, point: Standpoint, sort: str, left: int | None) -> Iterator[CaseRow]:
    after: Key | None = None
    while left is None or left > 0:
        page = page_at(query, point, sort, BATCH if left is None else min(left, BATCH), after=after)
        yield from page.rows
        if not page.has_more:
            return
        after = page.last_key
        left = None if left is None else left - len(page.rows)


_NOTHING = object()


def _beyond(part: Stretch, key: Key | None, is_forward: bool) -> Any:
    """Which rows of the stretch lie beyond the key: None for all of them, `_NOTHING` for none."""
    if key is None:
        return None
    is_key_valued, is_part_valued = key.value is not None, part.value is not None
    if is_key_valued != is_part_valued:
        return None if is_part_valued != is_forward else _NOTHING
    is_rising = part.is_descending != is_forward
    if part.value is None or part.is_by_number:
        return part.number > key.id if is_rising else part.number < key.id
    # A row value, because `a > x OR a = x AND id > y` makes poor use of an index. Its values pass no field: integers.
    here, there = Tuple(part.value, part.number), Tuple(key.value, key.id)
    return here > there if is_rising else here < there


def _joined(query: Query, parts: Sequence[Stretch], point: Standpoint) -> Any:
    """What the index of words is asked where the list follows it, newest first: a page then ends at its limit.

    Otherwise every case that contains the words is found before the first is shown. PostgreSQL sees to it by itself.
    """
    texts = word_search.searched(query)
    follows = parts[0].is_by_number and not point.is_given and is_sqlite()
    if not texts or not follows:
        return None
    few = few_cases(query, point)
    found = SQL("case_words MATCH ?", [word_search.match(texts, query)])
    return found if few is None else found & word_search.is_among(few)


def _read(part: Stretch, conditions: Sequence[Any], is_forward: bool, limit: int, words: Any) -> list[tuple[int, Any]]:
    """The cases' numbers, each with what it is sorted by."""
    select: Any = Dispute.select(Dispute.id, SQL("NULL") if part.value is None else part.value)
    if words is not None:
        select = select.join_from(Dispute, INDEX, on=(Dispute.id == NUMBER)).where(words)
    for each in conditions:
        if each is not None:
            select = select.where(each)
    number = part.number if words is None else NUMBER
    order = [number] if part.value is None or part.is_by_number else [part.value, number]
    is_rising = part.is_descending != is_forward
    return list(select.order_by(*[each if is_rising else each.desc() for each in order]).limit(limit).tuples())
