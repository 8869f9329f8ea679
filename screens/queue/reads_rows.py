"""What the queue asks of the store: rows by the page, where they begin, and how many there are."""

from __future__ import annotations

import asyncio
from datetime import tzinfo
from functools import partial
from time import monotonic

from textual import work
from textual.worker import Worker

from models import clock
from models.errors import DeskError
from models.queries.fault import QueryFault
from models.queries.queue import Count, Key
from screens.base import SLOW_AFTER_SECONDS, ConsoleScreen
from screens.queue.case_list import CaseList
from screens.queue.columns import Standing
from screens.queue.empty import why_empty
from screens.queue.window import Listing, Reader, RowAsked, Window
from screens.shared.paced import Paced
from screens.shared.reads_beside import read_alone


class ReadsRows(ConsoleScreen):
    """The part of the queue that waits for the store; what it brings is drawn by the rest."""

    listing: Listing
    cases: CaseList
    _login: str
    _zone: tzinfo

    def __init__(self) -> None:
        super().__init__()
        self._total: Count | None = None
        """None until it has been counted, later than the rows."""
        self._is_read = False
        self._counts = Paced(self.count, self.set_timer)
        self._window = Window()
        self._loads = 0
        """Listings that are being read."""
        self._waits_until = 0.0

    @property
    def is_loading(self) -> bool:
        """So long keys wait for another listing: they mean its rows."""
        return monotonic() < self._waits_until

    def show_heading(self) -> None:
        raise NotImplementedError

    def show_fault(self, fault: QueryFault) -> None:
        raise NotImplementedError

    def remember(self, *, is_moved: bool = True) -> None:
        """Where one is, for the next start."""
        raise NotImplementedError

    def reader(self, listing: Listing) -> Reader:
        return Reader(listing, self._login, self._zone)

    def load(self, listing: Listing, case_id: int | None = None, key: Key | None = None) -> Worker[None]:
        """Show another listing, from its beginning or around a case."""
        self._loads += 1
        self._waits_until = monotonic() + SLOW_AFTER_SECONDS
        return self._load(listing, case_id, key)

    @work(exclusive=True, group="rows")
    async def _load(self, listing: Listing, case_id: int | None, key: Key | None) -> None:
        try:
            await self._load_rows(listing, case_id, key)
        finally:
            self._loads -= 1
            self._waits_until = self._waits_until if self._loads else 0.0

    async def _load_rows(self, listing: Listing, case_id: int | None, key: Key | None) -> None:
        reader = self.reader(listing)
        try:
            window = await self.read(partial(reader.from_key, key) if key else reader.first)
        except QueryFault as fault:
            self.show_fault(fault)
            return
        except DeskError as error:
            self._show_failed(error)
            return
        self._prompt.answered()
        self.listing, self._window, self._total, self._is_read = listing, window, None, True
        self._counts = Paced(self.count, self.set_timer)
        self.cases.show_first(window, self._standing())
        if case_id is not None:
            self.cases.put(window, case_id=case_id)
        self._say_empty()
        self.remember()
        self.count()

    def refresh_rows(self) -> None:
        """The same rows as they are now; nothing is painted where nothing changed."""
        if self._loads:
            return  # it would cut off what is being read anyway
        if self._is_read:
            self._refresh_rows()
        else:
            self.load(self.listing)

    @work(exclusive=True, group="rows")
    async def _refresh_rows(self) -> None:
        reader = self.reader(self.listing)
        try:
            window = await self.read(partial(reader.again, self._window))
        except DeskError as error:
            self.show_said(str(error), is_refusal=True)
            return
        self._window = window
        self.cases.put(window, standing=self._standing())
        self._say_empty()
        self._counts.ask()

    @work(exclusive=True, group="rows")
    async def extend(self, is_down: bool) -> None:
        reader = self.reader(self.listing)
        try:
            self._window = await self.read(partial(reader.more, self._window, is_down=is_down))
        except DeskError as error:
            self.show_said(str(error), is_refusal=True)
            return
        self.cases.put(self._window)

    @work(exclusive=True, group="rows")
    async def go_to_end(self, is_down: bool) -> None:
        reader = self.reader(self.listing)
        try:
            self._window = await self.read(reader.last if is_down else reader.first)
        except DeskError as error:
            self.show_said(str(error), is_refusal=True)
            return
        self.cases.show_part(self._window, len(self._window.rows) if is_down else 0)

    @work(exclusive=True, group="rows")
    async def go_to_row(self, asked: RowAsked) -> None:
        """Beside, as the count: a filter may have to walk through many cases."""
        question = partial(self.reader(self.listing).around, asked, self._total)
        try:
            self._window, at = await self.waited_for(asyncio.ensure_future(read_alone(self.host.gateway.url, question)))
        except DeskError as error:
            self.show_said(str(error), is_refusal=True)
            return
        self.cases.show_part(self._window, at)

    @work(exclusive=True, group="count")
    async def count(self) -> None:
        """How many, and their money: later than the rows, which nobody waits with.

        What somebody asks for may read every case there is, so that is counted beside; a view has an index.
        """
        question = self.reader(self.listing).total
        try:
            with self._counts.running():
                if self.listing.where or self.listing.view.is_saved:
                    self._total = await read_alone(self.host.gateway.url, question)
                else:
                    self._total = await self.read(question)
        except DeskError:
            self._total = None
        self.show_heading()

    def _standing(self) -> Standing:
        is_of_sellers = self.listing.order.removeprefix("-") == "seller_due"
        return Standing(clock.now(), self._login, self._zone, is_of_sellers)

    def _say_empty(self) -> None:
        self.cases.say(why_empty(self.listing))
        self.show_heading()

    def _show_failed(self, error: DeskError) -> None:
        """A read that failed does not look like an empty view."""
        if not self.cases.rows:
            self.cases.say("Not read: the store did not answer. ^r tries again.")
        self.show_said(str(error), is_refusal=True)
