"""Which facts of a case its line shows: the more room, the more of them. A seller is cut last."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, tzinfo

from rich.cells import cell_len
from rich.style import Style

from models.dataclass import dataclass
from models.queries.rows import CaseRow
from models.rules.clocks import DUE_SOON_LEFT, KINDS
from models.text import visible
from models.vocabulary import ClockKind
from screens import looks, words

GAP = 1
MOST_OF_A_NAME = 32
"""One long name must not take the room of everybody's state; a reference is never cut."""


@dataclass(frozen=True, slots=True)
class Standing:
    """From when and by whom a list is looked at."""

    now: datetime
    login: str
    zone: tzinfo
    is_of_sellers: bool = False
    """The list is about the seller's answer, so that clock is shown, whatever else is late."""


@dataclass(frozen=True, slots=True)
class ListColumn:
    title: str
    text: Callable[[CaseRow, Standing], str]
    most: int
    """Cells; it takes no more than its longest value needs."""
    least: int = 0
    """Without so much room it is left out."""
    is_right: bool = False
    is_whole: bool = False
    """Left out rather than cut: a reference without its end names nobody."""
    look: Callable[[CaseRow, Standing], Style] = lambda row, standing: looks.PLAIN

    __eq__ = object.__eq__
    __hash__ = object.__hash__  # each is one of those below: its fields need not be looked at


Layout = tuple[tuple[ListColumn, int], ...]


def seller(row: CaseRow, standing: Standing) -> str:
    return row.seller_name or row.seller


def buyer(row: CaseRow, standing: Standing) -> str:
    return row.buyer_name or row.buyer


def due_at(row: CaseRow, standing: Standing) -> datetime | None:
    """Of the clock that was or is due first."""
    return row.seller_due_at if standing.is_of_sellers else row.next_due_at


def due(row: CaseRow, standing: Standing) -> str:
    return words.due(due_at(row, standing), standing.now)


def due_look(row: CaseRow, standing: Standing) -> Style:
    at = due_at(row, standing)
    if at is None:
        return looks.DIM
    if at < standing.now:
        return looks.LATE
    return looks.SOON if at - standing.now <= DUE_SOON_LEFT else looks.PLAIN


def clock(row: CaseRow, standing: Standing) -> str:
    kind = ClockKind.SELLER_RESPONSE if standing.is_of_sellers else row.next_clock
    return KINDS[ClockKind(kind)].label if kind else "–"


def state(row: CaseRow, standing: Standing) -> str:
    return words.STATES.get(row.state, row.state) + (" ?" if row.needs_triage else "")


def owner(row: CaseRow, standing: Standing) -> str:
    return "you" if row.assignee == standing.login else row.assignee or "–"


def owner_look(row: CaseRow, standing: Standing) -> Style:
    return looks.MINE if row.assignee == standing.login else looks.PLAIN if row.assignee else looks.DIM


def escalation(row: CaseRow, standing: Standing) -> str:
    """When the way to escalation opens, or that it is open."""
    if row.may_escalate_at is None:
        return "–"
    if row.may_escalate_at <= standing.now:
        return "open"
    return f"in {words.span((row.may_escalate_at - standing.now).total_seconds())}"


def reason(row: CaseRow, standing: Standing) -> str:
    family, _, sub = row.reason.partition("/")
    return words.plain(family if family == "other" else f"{sub}" if len(sub) > 6 else f"{family} {sub}")


CASE = ListColumn("case", lambda row, _: row.case, 9, 4)
SELLER = ListColumn("seller", seller, 46, 12)
AMOUNT = ListColumn("amount", lambda row, _: words.amount(row.amount), 20, 8, is_right=True)
DUE = ListColumn("due", due, 12, 9, is_right=True, look=due_look)
STATE = ListColumn("state", state, 14, 9)
ALWAYS = (CASE, SELLER, AMOUNT, DUE)
BY_ROOM = (
    ListColumn("who", owner, 12, 3, look=owner_look),
    STATE,
    ListColumn("reason", reason, 22, 10),
    ListColumn("clock", clock, 15, 10),
    ListColumn("escalate", escalation, 9, 8),
    ListColumn("buyer", buyer, 40, 12, is_whole=True),
    ListColumn("opened", lambda row, standing: words.instant(row.opened_at, standing.zone), 16, 16),
    ListColumn("ref", lambda row, _: row.ref, 40, 8, is_whole=True),
    ListColumn("chased", lambda row, _: str(row.chasers or ""), 6, 6, is_right=True),
)
"""In the order in which they find room."""
ORDER = (CASE, SELLER, BY_ROOM[5], BY_ROOM[2], AMOUNT, DUE, BY_ROOM[3], STATE, BY_ROOM[0], BY_ROOM[4], *BY_ROOM[6:])
"""As they stand on the line."""


def measure(needs: dict[ListColumn, int], rows: Iterable[CaseRow], standing: Standing) -> None:
    """Widen `needs`, the cells that each column would like, by what `rows` need; none more than it may have."""
    for column in ORDER:
        need = needs.get(column, len(column.title))
        for row in rows:
            if need >= column.most:
                break
            cells = _cells(column.text(row, standing))
            need = max(need, min(cells, MOST_OF_A_NAME) if column is SELLER and row.seller_name else cells)
        needs[column] = need


def layout(needs: dict[ListColumn, int], width: int) -> Layout:
    """Columns and their widths for a line of `width` cells."""
    chosen = {column: min(needs.get(column, column.least), column.most) for column in ALWAYS}
    spare = width - sum(chosen.values()) - GAP * (len(chosen) - 1)
    if spare < 0:
        chosen[SELLER] = max(SELLER.least, chosen[SELLER] + spare)
    for column in BY_ROOM:
        need, room = min(needs.get(column, column.least), column.most), spare - GAP
        if room >= need or (not column.is_whole and room >= max(column.least, need // 2)):
            chosen[column] = min(need, room)
            spare -= chosen[column] + GAP
    return tuple((column, chosen[column]) for column in ORDER if column in chosen)


def _cells(text: str) -> int:
    return len(text) if text.isascii() else cell_len(visible(text))
