"""Pages by key: page twenty thousand costs what the first one costs, and rows that come or go shift nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, tzinfo
from enum import Enum, auto
from functools import lru_cache, partial
from typing import Any

from peewee import SQL, Tuple

from models.database import is_sqlite
from models.dataclass import dataclass
from models.prepared import Prepared, Slot, prepared
from models.queries import rows, seeking, word_search
from models.queries.compile import are_rare, condition, few_cases
from models.queries.rows import CaseRow
from models.queries.sorting import RANK, Stretch, is_served, stretches
from models.queries.standpoint import Standpoint, whenever
from models.queries.tree import Query
from models.queries.word_search import INDEX
from models.tables import Dispute, database

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

    Three selects: the cases' numbers, for whole rows take long to sort, then the rows and their clocks. One more on the
    one page where the cases without a value begin, and up to two where no index serves. Raises QueryFault and Misused.
    """
    is_forward = before is None
    key = after if is_forward else before
    found = _found(_Asked(query, query.text, _settled(sort, query, point, key), is_forward), point, key, limit + 1)
    has_more = len(found) > limit
    found = found[:limit] if is_forward else found[:limit][::-1]
    keys = [Key(rows.as_key(value), number) for number, value in (found[:1] + found[-1:])]
    return Page(
        tuple(rows.numbered([number for number, _ in found], point)),
        has_more,
        keys[0] if keys else None,
        keys[-1] if keys else None,
    )


def key_at(query: Query, point: Standpoint, sort: str, number: int) -> Key | None:
    """Just at the row `number`, from 0; None behind the last one. Of what lies between only the index is walked.

    Raises QueryFault and Misused.
    """
    asked = _Asked(query, query.text, _settled(sort, query, point, None), is_forward=True)
    for stretch, _ in enumerate(stretches(asked.sort, query, point)):
        select = partial(_select, asked, stretch, _Which.ALL, point, None, None)
        for found, value in database.execute(select(1).offset(number).tuples()):
            return Key(rows.as_key(value), found)
        number -= select(None).order_by().count()
    return None


def first_free(query: Query, point: Standpoint, sort: str, limit: int) -> list[int]:
    """The numbers of the first cases that nobody is writing to.

    PostgreSQL keeps them for the caller's transaction, else all who ask at once would wait for one case in turn.
    """
    order = _settled(sort, query, point, None)
    found = _found(_Asked(query, query.text, order, is_forward=True, is_for_writing=True), point, None, limit)
    return [number for number, _ in found]


def streamed(query: Query, point: Standpoint, sort: str, limit: int | None = None) -> Iterator[CaseRow]:
    """Every row, read in batches, so that a million of them never stand in memory.

    Raises QueryFault and Misused at once, not when the first row is taken.
    """
    condition(query, point)
    stretches(sort, query, point)
    return _batches(query, point, sort, limit)


def _settled(sort: str, query: Query, point: Standpoint, key: Key | None) -> str:
    """What the sort key of words comes to; a list that is walked on goes on as it began."""
    if sort.removeprefix("-") != RANK:
        return sort
    if key is not None and key.value is not None:
        is_scored = key.value >= word_search.SCORED_FROM
    else:
        texts = word_search.searched(query)
        is_scored = bool(texts) and not point.is_given and word_search.are_few(texts, query)
    return sort if is_scored else "case" if sort.startswith("-") else "-case"


def _batches(query: Query, point: Standpoint, sort: str, left: int | None) -> Iterator[CaseRow]:
    after: Key | None = None
    while left is None or left > 0:
        page = page_at(query, point, sort, BATCH if left is None else min(left, BATCH), after=after)
        yield from page.rows
        if not page.has_more:
            return
        after = page.last_key
        left = None if left is None else left - len(page.rows)


class _Which(Enum):
    """Rows of a stretch that lie beyond a key."""

    ALL = auto()
    NONE = auto()
    BY_NUMBER = auto()
    """Their number does."""
    BY_VALUE = auto()
    """Their value and number do, together."""


def _beyond(part: Stretch, key: Key | None, is_forward: bool) -> _Which:
    if key is None:
        return _Which.ALL
    is_key_valued, is_part_valued = key.value is not None, part.value is not None
    if is_key_valued != is_part_valued:
        return _Which.ALL if is_part_valued != is_forward else _Which.NONE
    return _Which.BY_NUMBER if part.value is None or part.is_by_number else _Which.BY_VALUE


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a select's text depends on, beside who asks and when."""

    query: Query
    text: str
    """As it was typed: a fault names a place in it."""
    sort: str
    is_forward: bool
    is_for_writing: bool = False


def _found(asked: _Asked, point: Standpoint, key: Key | None, limit: int) -> list[tuple[int, Any]]:
    """The cases' numbers, each with what it is sorted by."""
    found: list[tuple[int, Any]] = []
    parts = list(enumerate(stretches(asked.sort, asked.query, point)))
    for stretch, part in parts if asked.is_forward else reversed(parts):
        which = _beyond(part, key, asked.is_forward)
        if which is not _Which.NONE:
            found += _read(asked, stretch, which, point, key, limit - len(found))
        if len(found) >= limit:
            break
    return found


def _read(
    asked: _Asked, stretch: int, which: _Which, point: Standpoint, key: Key | None, limit: int
) -> list[tuple[int, Any]]:
    """Of the present the select is spelled once a day."""
    given = (point.second, None if key is None else key.value, None if key is None else key.id, limit)
    if point.is_given:
        whole = Prepared(lambda _, *slots: _select(asked, stretch, which, point, *slots), len(given))
        return whole.rows(*given)
    spelled = partial(_spelled, asked, stretch, which, point.day, point.login, point.zone)
    if is_sqlite() and limit <= BATCH and not is_served(asked.query, asked.sort):
        near = spelled(seeking.near).rows(*given)
        found = near if len(near) >= limit else seeking.settled(spelled(seeking.everywhere).rows(*given))
        if found is None and word_search.searched(asked.query):
            far = spelled(seeking.far).rows(*given)
            found = far if len(far) >= limit else None
        if found is not None:
            return found
    return spelled().rows(*given)


@lru_cache(maxsize=256)
def _spelled(
    asked: _Asked, stretch: int, which: _Which, day: date, login: str, zone: tzinfo, seek: seeking.Seek | None = None
) -> Prepared:
    @prepared
    def write(second: Slot, value: Slot, number: Slot, limit: Slot) -> Any:
        point = whenever(second, day, login, zone)
        if seek is None:
            return _select(asked, stretch, which, point, value, number, limit)
        part = stretches(asked.sort, asked.query, point, is_found_elsewhere=seek is seeking.everywhere)[stretch]
        is_rising = part.is_descending != asked.is_forward
        place = partial(_place, which, is_rising=is_rising, value=value, number=number)
        return seek(asked.query, point, part, place, is_rising).limit(limit)

    return write


def _select(
    asked: _Asked,
    stretch: int,
    which: _Which,
    point: Standpoint,
    value: Slot | None,
    number: Slot | None,
    limit: Slot | int | None,
) -> Any:
    """`value` and `number` are those of the key that `which` speaks of."""
    parts = stretches(asked.sort, asked.query, point)
    part, words = parts[stretch], _joined(asked, parts, point)
    select: Any = Dispute.select(Dispute.id, SQL("NULL") if part.value is None else part.value)
    if words is not None:
        select = select.join_from(Dispute, INDEX, on=(Dispute.id == word_search.number())).where(words)
    is_rising = part.is_descending != asked.is_forward
    where = condition(asked.query, point, are_words_joined=words is not None)
    for each in (where, part.where, _place(which, part, is_rising=is_rising, value=value, number=number)):
        if each is not None:
            select = select.where(each)
    if asked.is_for_writing and not is_sqlite():
        select = select.for_update(skip_locked=True)
    last = part.number if words is None else word_search.number()
    order = [last] if part.value is None or part.is_by_number else [part.value, last]
    return select.order_by(*[each if is_rising else each.desc() for each in order]).limit(limit)


def _place(which: _Which, part: Stretch, *, is_rising: bool, value: Slot | None, number: Slot | None) -> Any:
    if which is _Which.ALL:
        return None
    if which is _Which.BY_NUMBER:
        return part.number > number if is_rising else part.number < number
    # A row value, because `a > x OR a = x AND id > y` makes poor use of an index. Its values pass no field: integers.
    here, there = Tuple(part.value, part.number), Tuple(value, number)
    return here > there if is_rising else here < there


def _joined(asked: _Asked, parts: Sequence[Stretch], point: Standpoint) -> Any:
    """What the index of words is asked where the list follows it, newest first or by score: a page ends at its limit.

    Otherwise every case that contains the words is found before the first is shown. PostgreSQL sees to it by itself,
    but for the scores.
    """
    query = asked.query
    texts = word_search.searched(query)
    is_scored = asked.sort.removeprefix("-") == RANK
    follows = (parts[0].is_by_number and is_sqlite()) or is_scored
    if not texts or not follows or point.is_given:
        return None
    found = word_search.found(texts, query)
    if is_sqlite() and not is_scored and are_rare(query):
        return None
    few = few_cases(query, point) if is_sqlite() else None
    return found if few is None else found & word_search.is_among(few)
