"""`forecast`: what will breach, by when, and who can still save it."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from console.arguments import add_output, duration
from console.command import Command
from console.output.values import short_instant
from console.output.write import write
from console.session import Session
from models import clock
from models.errors import Misused

if TYPE_CHECKING:
    from models.queries.forecast import Horizon, Totals, Who

SHIFT = "shift"


def run(session: Session, given: Namespace) -> int:
    from models.queries import forecast

    actor, now = session.actor(), clock.now()
    last = None
    if given.within is not None:
        name, length = given.within
        last = forecast.Horizon(name, now + length) if length else forecast.shift(now)
        if last is None:
            raise Misused("The desk of the policy never opens, so there is no shift: say --within 24h.")
    until = forecast.horizons(now, last)
    totals = forecast.Totals(until)
    rows = totals.counted(forecast.forecast(given.where or "", until=until, actor_login=actor.login))
    write(
        (row.values() for row in rows),
        forecast.COLUMNS,
        format=given.format,
        out=given.out,
        title=f"What breaches by {short_instant(until[-1].end)} unless somebody acts",
        query=given.where or "",
        totals=_lines(totals),
        is_raw=given.raw,
    )
    return 0


def _lines(totals: Totals) -> Iterator[str]:
    """Of each horizon how many, and who can save them. Read after the last row."""
    for horizon in totals.until:
        yield f"{_named(horizon)}: {_told(totals.by_end_of(horizon))}"


def _named(horizon: Horizon) -> str:
    name = "the end of the shift" if horizon.name == SHIFT else horizon.name
    return f"within {name} (until {short_instant(horizon.end)})"


def _told(counts: Counter[Who]) -> str:
    saved, lost = Counter[str](), Counter[str]()
    desk = Counter[str]()
    for who, count in counts.items():
        (lost if who.is_lost else saved)[who.party or "both parties"] += count
        if who.whom:
            desk[who.whom] += count
    parts = [f"{counts.total()} {'promise' if counts.total() == 1 else 'promises'}"]
    if saved:
        parts.append(f"can be saved by {_listed(saved, desk)}")
    if lost:
        parts.append(f"cannot be saved, booked to {_listed(lost)}")
    return "; ".join(parts)


def _listed(counts: Counter[str], desk: Counter[str] | None = None) -> str:
    """The largest number first; behind that of the platform its people and roles."""
    within = f" ({_listed(desk)})" if desk else ""
    ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return ", ".join(f"{who} {count}{within if who == 'platform' else ''}" for who, count in ordered)


def _within(text: str) -> tuple[str, timedelta | None]:
    """A length of time, or the end of the shift."""
    if text == SHIFT:
        return text, None
    try:
        length = duration(text)
    except ArgumentTypeError:
        raise ArgumentTypeError(f"'{text}' is no duration: write 4h, 24h, 3d, or shift for its end") from None
    if not length:
        raise ArgumentTypeError(f"'{text}' is no time at all: write 4h, 24h or 3d")
    return text, length


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--within", type=_within, metavar="TIME", help="how far ahead: 24h, 3d, or shift for its end; 72h unless told"
    )
    parser.add_argument("--where", metavar="QUERY", help="in the query language")
    add_output(parser)


COMMANDS = {"forecast": Command("disputes forecast --within shift", run, _arguments)}
