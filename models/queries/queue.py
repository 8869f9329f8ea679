"""What a queue shows: pages of a view or a query, all its rows, and how many there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any

from models.queries import counting, paging
from models.queries.counting import Count
from models.queries.language import parse
from models.queries.paging import LAST, Key, Page, first_free, page_at, streamed
from models.queries.rows import COLUMNS, CaseRow
from models.queries.saved_views import view_for, views_of
from models.queries.standpoint import standpoint
from models.queries.tree import Query
from models.queries.views import VIEWS, View, narrowed, order_of
from models.tables import Dispute

__all__ = [
    "COLUMNS", "LAST", "VIEWS", "CaseRow", "Count", "Key", "Page", "View", "count", "counts_of_views", "key_at",
    "narrowed", "order_of", "page", "rows", "to_claim", "versions_of", "view_for", "views_of",
]  # fmt: skip

Asked = View | Query | str
"""A view, a query, or a query's text."""


def page(
    asked: Asked,
    *,
    limit: int,
    actor_login: str = "",
    sort: str | None = None,
    at: datetime | None = None,
    after: Key | None = None,
    before: Key | None = None,
    zone: tzinfo = UTC,
) -> Page:
    """`limit` rows after `after`, before `before` (`LAST` for the list's end), or from the beginning.

    `at` answers as of that instant. Raises QueryFault and Misused.
    """
    point = standpoint(at, actor_login, zone)
    return page_at(_query(asked), point, sort or _sort(asked), limit, after=after, before=before)


def key_at(asked: Asked, number: int, *, actor_login: str, sort: str, zone: tzinfo = UTC) -> Key | None:
    """The place of the row `number`, from 0, for a page after it; None where there are fewer. Raises QueryFault."""
    return paging.key_at(_query(asked), standpoint(None, actor_login, zone), sort, number)


def to_claim(asked: Asked, *, actor_login: str, sort: str, limit: int) -> list[int]:
    """The numbers of the first cases, for a transaction that takes one of them. Raises QueryFault."""
    return first_free(_query(asked), standpoint(None, actor_login), sort, limit)


def rows(
    asked: Asked,
    *,
    actor_login: str = "",
    sort: str | None = None,
    at: datetime | None = None,
    limit: int | None = None,
    zone: tzinfo = UTC,
) -> Iterator[CaseRow]:
    """Every row of it, read as they are taken. Raises QueryFault and Misused."""
    return streamed(_query(asked), standpoint(at, actor_login, zone), sort or _sort(asked), limit)


def count(
    asked: Asked, *, actor_login: str = "", at: datetime | None = None, by: str | None = None, zone: tzinfo = UTC
) -> list[Count]:
    """How many cases, and their disputed money by currency: one `Count`, or with `by` one for each value."""
    return counting.count(_query(asked), standpoint(at, actor_login, zone), by)


def counts_of_views(views: Mapping[str, View], actor_login: str, zone: tzinfo = UTC) -> dict[str, int]:
    """The cases of each of the views. One select."""
    return counting.totals([view.query for view in views.values()], standpoint(None, actor_login, zone), list(views))


def versions_of(ids: Iterable[int]) -> dict[int, int]:
    """The row version of each of these cases that is there: a page is drawn again only where one has moved."""
    found: Any = Dispute.select(Dispute.id, Dispute.row_version).where(Dispute.id.in_(list(ids))).tuples()
    return dict(found)


def _query(asked: Asked) -> Query:
    if isinstance(asked, View):
        return asked.query
    return parse(asked) if isinstance(asked, str) else asked


def _sort(asked: Asked) -> str:
    return asked.sort if isinstance(asked, View) else order_of(VIEWS["all"], _query(asked))
