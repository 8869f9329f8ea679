"""The stretch of a long list that is at hand: read page by page by key, extended at its ends, read again in place."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import tzinfo

from models.dataclass import dataclass
from models.queries import queue
from models.queries.queue import LAST, CaseRow, Key, Page, View
from models.queries.sorting import SORTS
from models.queries.tree import Query

PAGE_ROWS = 100
MOST_ROWS = 600
"""What is far from the cursor is let go."""
PLACE = re.compile(r"([0-9]{1,3})%|#([0-9]{1,12})")


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list shows: which cases, in which order."""

    view: View = queue.VIEWS["home"]
    where: str = ""
    sort: str = ""
    """Empty for the view's own."""

    @property
    def query(self) -> Query:
        """Raises QueryFault and Misused."""
        return queue.narrowed(self.view, self.where)

    @property
    def order(self) -> str:
        return self.sort or queue.order_of(self.view, self.query)


@dataclass(frozen=True, slots=True)
class RowAsked:
    """A place in a list."""

    number: int
    """From 0 as the rows are counted; else so many hundredths of the list."""
    is_counted: bool

    @staticmethod
    def of(text: str) -> RowAsked | None:
        """As it is typed: `50%` for the middle, or `#1200` for the row that stands as 1200."""
        if match := PLACE.fullmatch(text):
            percent, place = match.groups()
            return RowAsked(min(100, int(percent)), False) if percent else RowAsked(int(place) - 1, True)
        return None


@dataclass(frozen=True, slots=True)
class Window:
    """Rows of a listing, one after the other, without a gap."""

    pages: tuple[Page, ...] = ()
    has_before: bool = False
    has_after: bool = False
    start: int | None = None
    """How many rows stand before the first one here; None where nobody has counted."""

    @property
    def rows(self) -> list[CaseRow]:
        return [row for page in self.pages for row in page.rows]

    @property
    def first_key(self) -> Key | None:
        return self.pages[0].first_key if self.pages else None

    @property
    def last_key(self) -> Key | None:
        return self.pages[-1].last_key if self.pages else None

    def key_of_page(self, number: int) -> Key | None:
        """Where the page of the row `number` begins: reading from there finds the row again."""
        for page in self.pages:
            if number < len(page.rows):
                return page.first_key
            number -= len(page.rows)
        return None

    def extended(self, page: Page, *, is_down: bool) -> Window:
        """With the page at one end; the far end is let go where it grows too long."""
        if not page.rows:
            return replace(self, has_after=False) if is_down else replace(self, has_before=False)
        pages = (*self.pages, page) if is_down else (page, *self.pages)
        before = self.has_before if is_down else page.has_more
        after = page.has_more if is_down else self.has_after
        start = self.start if is_down or self.start is None else self.start - len(page.rows)
        if len(pages) > 2 and sum(len(each.rows) for each in pages) > MOST_ROWS:
            if not is_down:
                return Window(pages[:-1], before, True, start)
            return Window(pages[1:], True, after, None if start is None else start + len(pages[0].rows))
        return Window(pages, before, after, start)

    def position(self, number: int, total: int) -> int | None:
        """Which of all rows, from 1, the row `number` is; None where only the store could tell."""
        if not self.has_before:
            return number + 1
        if not self.has_after:
            return total - len(self.rows) + number + 1
        return None if self.start is None else self.start + number + 1


class Reader:
    """Asks the store for a listing's rows; every method is one page and runs where the store may be asked."""

    def __init__(self, listing: Listing, login: str, zone: tzinfo) -> None:
        self.listing = listing
        self._login = login
        self._zone = zone

    def first(self, rows: int = PAGE_ROWS) -> Window:
        page = self._page(limit=rows)
        return _window(page, False, page.has_more)

    def last(self) -> Window:
        page = self._page(limit=PAGE_ROWS, before=LAST)
        return _window(page, page.has_more, False)

    def from_key(self, key: Key, rows: int = PAGE_ROWS) -> Window:
        """From the row of `key` on, or from where it stood."""
        page = self._page(limit=rows, after=self._just_before(key))
        if not page.rows:
            return self.last()
        return _window(page, True, page.has_more)

    def around(self, asked: RowAsked, counted: queue.Count | None) -> tuple[Window, int]:
        """A row by its number, however many stand before it, and where it is; the very last where there are fewer.

        `counted` is the list as it was counted last; None where it has to be counted first.
        """
        number = asked.number
        if not asked.is_counted:
            number = ((counted or self.total()).cases - 1) * asked.number // 100
        if number <= 0:
            return self.first(), 0
        key = queue.key_at(
            self.listing.query, number, actor_login=self._login, sort=self.listing.order, zone=self._zone
        )
        if key is None:
            window = self.last()
            return window, len(window.rows) - 1
        window = replace(self.from_key(key), start=number)
        if not window.has_after:  # too few for a screen
            window = self.more(window, is_down=False)
        return window, number - (window.start or 0)

    def again(self, window: Window) -> Window:
        """The same stretch as it is now."""
        rows = max(PAGE_ROWS, min(len(window.rows), MOST_ROWS))
        if not window.has_before or window.first_key is None:
            return self.first(rows)
        return replace(self.from_key(window.first_key, rows), start=window.start)

    def more(self, window: Window, *, is_down: bool) -> Window:
        """The window, extended at one end."""
        if is_down:
            page = self._page(limit=PAGE_ROWS, after=window.last_key)
        else:
            page = self._page(limit=PAGE_ROWS, before=window.first_key)
        return window.extended(page, is_down=is_down)

    def ids(self, limit: int) -> list[int]:
        """The first cases of the list."""
        rows = queue.rows(
            self.listing.query, actor_login=self._login, sort=self.listing.order, limit=limit, zone=self._zone
        )
        return [row.id for row in rows]

    def total(self) -> queue.Count:
        """How many cases, and their money by currency."""
        return queue.count(self.listing.query, actor_login=self._login, zone=self._zone)[0]

    def _page(self, *, limit: int, after: Key | None = None, before: Key | None = None) -> Page:
        return queue.page(
            self.listing.query,
            limit=limit,
            actor_login=self._login,
            sort=self.listing.order,
            after=after,
            before=before,
            zone=self._zone,
        )

    def _just_before(self, key: Key) -> Key:
        """A place between the key's row and the one before it, so that reading after it begins with the row itself."""
        order = self.listing.order
        is_falling = order.startswith("-") != SORTS[order.removeprefix("-")].is_reversed
        return Key(key.value, key.id + 1 if is_falling and key.value is not None else key.id - 1)


def _window(page: Page, has_before: bool, has_after: bool) -> Window:
    return Window((page,) if page.rows else (), has_before, has_after, None if has_before else 0)
