"""The desk in a page of text, for cron and mail."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from console.command import Command
from console.output.sink import sink
from console.output.values import duration, short_instant
from console.session import Session
from models.text import visible

if TYPE_CHECKING:
    from models.queries.room import Room, Tally, Week

MOST = 5
"""Lines of a list; the rest is counted."""


def run(session: Session, given: Namespace) -> int:
    from models.queries.room import room, weeks

    actor = session.actor()
    found = room(actor.login)
    with sink(given.out) as send:
        for line in (*_page(found), *_weeks(weeks())):
            send(f"{line}\n")
    return 0


def _page(room: Room) -> Iterator[str]:
    from models.queries.queue import VIEWS
    from models.rules.clocks import KINDS
    from models.vocabulary import ClockKind

    yield f"The desk as of {short_instant(room.at)}"
    yield ""
    yield f"Broken now: {room.overdue.cases} cases, {_money(room.overdue)}"
    yield from (f"  {each.cases:>6}  {KINDS[ClockKind(each.key)].label}" for each in room.by_clock)
    yield ""
    yield "Coming, unless somebody acts"
    for horizon in room.coming.until:
        counts = room.coming.by_end_of(horizon)
        lost = sum(count for who, count in counts.items() if who.is_lost)
        told = f", {lost} of them cannot be saved" if lost else ""
        yield f"  {counts.total():>6}  by {short_instant(horizon.end)}{told}"
    yield ""
    yield "Waiting"
    yield from (f"  {count:>6}  {VIEWS[name].label}" for name, count in room.waiting.items())
    yield ""
    yield "Work: open, due today, late"
    for desk in room.desks:
        due = f", next in {duration(int((desk.next_due_at - room.at).total_seconds()))}" if desk.next_due_at else ""
        who = visible(desk.login) if desk.login else "nobody has it"
        yield f"  {desk.open:>6}  {desk.due_today:>4}  {desk.overdue:>4}  {who}{due}"
    yield ""
    yield "Sellers with most broken promises"
    yield from (f"  {each.cases:>6}  {visible(each.key)}" for each in room.by_seller[:MOST])


def _weeks(weeks: Sequence[Week]) -> Iterator[str]:
    last, before = weeks[-1], weeks[-2]
    yield ""
    yield f"Promises due in the last seven days: {last.due}, broken {last.broken}"
    yield f"In the seven days before: {before.due}, broken {before.broken}"


def _money(tally: Tally) -> str:
    from models.rules import money

    amounts = [f"{money.text(minor, currency)} {currency}" for currency, minor in tally.money.items() if minor]
    return ", ".join(amounts) + " at risk" if amounts else "no money at risk"


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, metavar="FILE", help="write it there, whole or not at all")


COMMANDS = {
    "digest": Command(
        "disputes digest | mail -s 'The desk' supervisors@example.com",
        run,
        _arguments,
    )
}
