"""The supervisor's room as lines: what is broken, what is coming, who can save it, and who has how much to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, tzinfo

from models.dataclass import dataclass
from models.queries.forecast import SHIFT, Horizon, Who
from models.queries.queue import VIEWS
from models.queries.room import Desk, Room, Tally
from models.rules.clocks import KINDS
from models.vocabulary import ClockKind
from screens import looks, words
from screens.line_view import Line
from screens.safe import fitted

LABEL = 22
NUMBER = 9
PARTIES = {"seller": "sellers", "buyer": "buyers", "platform": "us", "": "both"}


@dataclass(frozen=True, slots=True)
class Behind:
    """What the number on a line opens: a query, a view, or the promises of a horizon."""

    where: str = ""
    view: str = ""
    horizon: str = ""


Row = tuple[Line, Behind | None]


def room_rows(room: Room, width: int, zone: tzinfo) -> list[Row]:
    """Everything, for a width."""
    return [
        *_broken(room, width),
        *_coming(room, width),
        *_waiting(room.waiting),
        *_work(room.desks, width, room.at),
        *_tallies("Broken, by reason", room.by_reason, width, words.plain),
        *_tallies("Broken, by seller", room.by_seller, width, str),
        *_tallies("Broken, by agent", room.by_agent, width, lambda key: key or "nobody has it"),
    ]


def _broken(room: Room, width: int) -> list[Row]:
    rows = [_head("Broken now", ("cases",), "money at risk")]
    rows.append(_tally(Tally("any promise", room.overdue.cases, room.overdue.money, room.overdue.where), width, str))
    rows += [_tally(each, width, lambda key: KINDS[ClockKind(key)].label) for each in room.by_clock]
    return [*rows, _BLANK]


def _tallies(title: str, tallies: Sequence[Tally], width: int, named: Callable[[str], str]) -> list[Row]:
    if not tallies:
        return []
    return [_head(title, ("cases",), "money at risk"), *(_tally(each, width, named) for each in tallies), _BLANK]


def _tally(tally: Tally, width: int, named: Callable[[str], str]) -> Row:
    look = looks.LATE if tally.cases else looks.DIM
    money = words.sums(tally.money, width - LABEL - NUMBER - 6)
    line: Line = [
        ("  " + fitted(named(tally.key), LABEL), looks.PLAIN),
        (f"{tally.cases:>{NUMBER},}", look),
        (f"   {money}", looks.PLAIN),
    ]
    return line, Behind(where=tally.where) if tally.cases else None


def _coming(room: Room, width: int) -> list[Row]:
    rows = [_head("Coming", ("breach", "can save", "lost"), "who can save them")]
    for horizon in room.coming.until:
        counts = room.coming.by_end_of(horizon)
        saved = sum(count for who, count in counts.items() if not who.is_lost)
        lost = counts.total() - saved
        line: Line = [
            ("  " + fitted(_named(horizon, room.at), LABEL), looks.PLAIN),
            (f"{counts.total():>{NUMBER},}{saved:>{NUMBER},}", looks.SOON if counts else looks.DIM),
            (f"{lost:>{NUMBER},}", looks.LATE if lost else looks.DIM),
            ("   " + fitted(_savers(counts), width - LABEL - 3 * NUMBER - 6), looks.PLAIN),
        ]
        rows.append((line, Behind(horizon=horizon.name) if counts else None))
    return [*rows, _BLANK]


def _named(horizon: Horizon, now: datetime) -> str:
    left = words.span((horizon.end - now).total_seconds())
    return f"shift ends in {left}" if horizon.name == SHIFT else f"within {horizon.name.replace('h', ' h')}"


def _savers(counts: Counter[Who]) -> str:
    """Parties and, of us, people: the largest number first."""
    found: Counter[str] = Counter()
    for who, count in counts.items():
        if not who.is_lost:
            found[who.whom or PARTIES[who.party]] += count
    return "  ".join(f"{name} {count:,}" for name, count in found.most_common())


def _waiting(counts: Mapping[str, int]) -> list[Row]:
    rows = [_head("Waiting", ("cases",), "")]
    for name, count in counts.items():
        look = looks.SOON if count else looks.DIM
        line: Line = [("  " + fitted(VIEWS[name].label, LABEL), looks.PLAIN), (f"{count:>{NUMBER},}", look)]
        rows.append((line, Behind(view=name) if count else None))
    return [*rows, _BLANK]


def _work(desks: Iterable[Desk], width: int, now: datetime) -> list[Row]:
    rows = [_head("Work", ("open", "today", "late"), "next due   last act")]
    for desk in desks:
        due = f"in {words.span((desk.next_due_at - now).total_seconds())}" if desk.next_due_at else "–"
        acted = f"{words.span((now - desk.last_act_at).total_seconds())} ago" if desk.last_act_at else "–"
        line: Line = [
            ("  " + fitted(desk.login or "nobody has it", LABEL), looks.PLAIN),
            (f"{desk.open:>{NUMBER},}{desk.due_today:>{NUMBER},}", looks.PLAIN),
            (f"{desk.overdue:>{NUMBER},}", looks.LATE if desk.overdue else looks.DIM),
            (f"   {due:<11}{acted if desk.login else ''}", looks.PLAIN),
        ]
        where = f"is:open owner:{desk.login or 'none'}"
        rows.append((line, Behind(where=where) if desk.open else None))
    return [*rows, _BLANK]


def _head(title: str, numbers: Sequence[str], rest: str) -> Row:
    line: Line = [
        ("  " + fitted(title, LABEL), looks.HEADING),
        ("".join(f"{name:>{NUMBER}}" for name in numbers) + f"   {rest}", looks.DIM),
    ]
    return line, None


_BLANK: Row = ([], None)
