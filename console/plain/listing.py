"""A view as numbered lines, a few at a time; a number stays the same case until another list is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import field
from datetime import datetime, tzinfo
from itertools import islice

from models import clock
from models.columns import Money
from models.dataclass import dataclass
from models.queries import queue
from models.queries.rows import CaseRow
from models.rules.clocks import KINDS
from models.text import visible
from models.vocabulary import ClockKind
from screens import words

AT_ONCE = 10
"""Lines: what somebody who listens can keep in mind."""


@dataclass
class Listing:
    """What is listed, and how far it was read out."""

    login: str
    zone: tzinfo
    view: str = "home"
    where: str = ""
    sort: str = ""
    rows: list[CaseRow] = field(default_factory=list)
    """Those that were read out."""
    others: Callable[[], dict[int, tuple[str, ...]]] = dict
    """Asks who has which case open besides the person."""
    _rest: Iterator[CaseRow] = field(default_factory=lambda: iter(()))

    def start(self) -> Iterator[str]:
        """The heading and the first rows, read anew. Raises QueryFault, NotFound and StoreUnavailable."""
        view = queue.view_for(self.login, self.view)
        asked = queue.narrowed(view, self.where)
        sort = self.sort or queue.order_of(view, asked)
        rest = queue.rows(asked, actor_login=self.login, sort=sort, zone=self.zone)
        (total,) = queue.count(asked, actor_login=self.login, zone=self.zone)
        self.rows, self._rest = [], rest
        amounts = [words.amount(Money(minor, currency)) for currency, minor in total.money.items() if minor]
        narrowed = f", narrowed by {self.where}" if self.where else ""
        count = f"{total.cases} {'case' if total.cases == 1 else 'cases'}"
        yield f"{view.label}{visible(narrowed)}: {', '.join([count, *amounts])}."
        yield from self.more()

    def more(self) -> Iterator[str]:
        now, others = clock.now(), self.others()
        for row in islice(self._rest, AT_ONCE):
            self.rows.append(row)
            yield f"{len(self.rows)}. {spoken(row, now, others.get(row.id, ()))}"
        following = next(self._rest, None)
        if following is None:
            yield "That is all." if self.rows else "No case is here."
        else:
            self._rest = _before(following, self._rest)
            yield "'more' goes on."

    def number_of(self, case: int) -> int | None:
        return next((number for number, row in enumerate(self.rows, 1) if row.id == case), None)


def spoken(row: CaseRow, now: datetime, others: tuple[str, ...] = ()) -> str:
    """A row as a sentence: what is heard first tells rows apart."""
    clock_name = KINDS[ClockKind(row.next_clock)].label if row.next_clock else ""
    due = f"{clock_name} {words.due(row.next_due_at, now)}" if clock_name else "nothing due"
    parts = (
        row.case,
        f"seller {row.seller_name or row.seller}",
        f"buyer {row.buyer_name or row.buyer}",
        words.amount(row.amount),
        words.plain(row.reason),
        due,
        words.STATES.get(row.state, row.state),
        f"with {row.assignee}" if row.assignee else "nobody has it",
        f"{' and '.join(others)} {'is' if len(others) == 1 else 'are'} on it" if others else "",
    )
    return visible(", ".join(filter(None, parts))) + "."


def _before(first: CaseRow, rest: Iterator[CaseRow]) -> Iterator[CaseRow]:
    yield first
    yield from rest
