"""When a promise is due, with every span that does not count, so that anyone can check the arithmetic."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

from console.arguments import add_output, duration, instant
from console.command import Command
from console.output.json_text import json_document
from console.output.sink import sink
from console.output.write import Format, write
from console.session import Session
from models.columns import Column, Kind
from models.durations import hours as hours_of
from models.errors import Misused
from models.rules.calendars import Calendar, day_of
from models.rules.due import Due, due
from models.rules.opening_hours import hours
from models.rules.policy import SHIPPED, Policy, policy
from models.rules.spans import Span
from models.zones import zone_named

COUNTED = "counted"

_HOUR = 3600
_UNITS_OF_DAYS = "dw"


def run(session: Session, given: Namespace) -> int:
    """Reads a store for nothing but a calendar's name: whoever doubts a due instant needs only its numbers."""
    calendar = _calendar(session, given)
    zone: tzinfo = calendar.zone if calendar else UTC
    found = due(
        _instant(given.start, zone, "--start"),
        _target(given.target, calendar),
        calendar,
        [_pause(each, zone) for each in given.pause],
    )
    if given.format in (Format.JSON, Format.JSONL):
        with sink(given.out) as send:
            send(json_document(_object(found)) + "\n")
    elif given.format is Format.CSV:
        columns = [
            Column("from", Kind.INSTANT),
            Column("to", Kind.INSTANT),
            Column("why"),
            Column("seconds", Kind.DURATION),
        ]
        rows = ([begins, ends, why or COUNTED, _seconds(ends - begins)] for begins, ends, why in found.steps())
        write(rows, columns, format=given.format, out=given.out, is_raw=given.raw)
    else:
        _write_for_people(found, calendar, zone, given)
    return 0


def _calendar(session: Session, given: Namespace) -> Calendar | None:
    """The one that is named or described; None where every second counts."""
    described = [name for name in ("zone", "hours", "holiday", "country") if getattr(given, name)]
    if given.name is not None:
        if described:
            raise Misused(f"Name a calendar or describe one: '{given.name}' has its own --{described[0]}.")
        return _policy(session).calendar(given.name)
    if not described:
        return None
    if not (given.zone and given.hours):
        missing = "--hours" if given.zone else "--zone"
        raise Misused(f"A calendar needs --zone and --hours: {missing} is missing beside --{described[0]}.")
    if given.country:
        from models.rules.public_holidays import check_country

        check_country(given.country)
    days = frozenset(day_of(each) for each in given.holiday)
    return Calendar("", zone_named(given.zone), hours(given.hours), days, given.country or "")


def _policy(session: Session) -> Policy:
    """The one in force where there is a store, else the shipped one."""
    from models.database import exists, location, open_store
    from models.queries.policies import in_force

    if not exists(location(session.url)):
        return policy(SHIPPED)
    open_store(session.url)
    return in_force()


def _target(text: str, calendar: Calendar | None) -> timedelta:
    """A day of opening hours has no one length, so it is refused rather than guessed."""
    try:
        found = duration(text)
    except ArgumentTypeError as error:
        raise Misused(f"--for: {error}.") from None
    if calendar and text[-1].lower() in _UNITS_OF_DAYS:
        raise Misused(
            f"--for '{text}' is unclear beside opening hours, where days differ: write {_seconds(found) // _HOUR}h to "
            "count that many open hours, or leave the calendar out to count days of 24 hours."
        )
    return found


def _pause(text: str, zone: tzinfo) -> Span:
    begins, slash, ends = text.partition("/")
    if not slash:
        raise Misused(f"--pause '{text}' is no span: write FROM/TO, two instants with a stroke between them.")
    return Span(_instant(begins, zone, "--pause"), _instant(ends, zone, "--pause"))


def _instant(text: str, zone: tzinfo, option: str) -> datetime:
    try:
        return instant(text, zone)
    except ArgumentTypeError as error:
        raise Misused(f"{option}: {error}.") from None


def _object(found: Due) -> dict[str, Any]:
    return {
        "start_at": found.start_at,
        "due_at": found.due_at,
        "counted_seconds": found.counted_seconds,
        "skipped": [{"from": each.from_at, "to": each.to_at, "why": each.why} for each in found.skipped],
    }


def _write_for_people(found: Due, calendar: Calendar | None, zone: tzinfo, given: Namespace) -> None:
    """A line for each span, by the wall clock with its offset, so that a change of the clocks shows in the numbers."""
    rows, total = [], timedelta()
    for begins, ends, why in found.steps():
        total += timedelta() if why else ends - begins
        rows.append([_wall(begins, zone), _wall(ends, zone), _hms(ends - begins), why or COUNTED, _hms(total)])
    skipped = found.due_at - found.start_at - total
    columns = [Column("from"), Column("to"), Column("lasts", Kind.NUMBER), Column("why"), Column("total", Kind.NUMBER)]
    write(
        rows,
        columns,
        format=given.format,
        out=given.out,
        title=f"{_hms(total)} hours of {calendar or 'every day and night, UTC'}",
        totals=[
            f"counted {_hms(total)} + skipped {_hms(skipped)} = {_hms(total + skipped)} hours from start to due",
            f"start {_utc(found.start_at)}",
            f"due   {_utc(found.due_at)}",
        ],
    )


def _wall(instant: datetime, zone: tzinfo) -> str:
    """`Fri 2026-03-27 16:00:00 +01:00`."""
    shown = instant.astimezone(zone)
    return f"{shown:%a} {shown.isoformat(sep=' ')[:19]} {shown.isoformat()[19:]}"


def _hms(span: timedelta) -> str:
    return hours_of(_seconds(span))


def _utc(instant: datetime) -> str:
    return f"{instant:%Y-%m-%dT%H:%M:%SZ}"


def _seconds(span: timedelta) -> int:
    return int(span.total_seconds())


def _arguments(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("what", choices=("due",))
    add("name", nargs="?", metavar="NAME", help="a calendar of the policy in force; without any, every second counts")
    add("--zone", metavar="Z", help="the time zone of a calendar of your own, such as Europe/Berlin")
    add("--hours", metavar="H", help='its open hours, such as "Mon-Fri 09:00-12:30 13:30-18:00; Sat 10:00-14:00"')
    add("--holiday", nargs="+", action="extend", default=[], metavar="D", help="days on which it is closed")
    add("--country", metavar="CC", help="its public holidays too: DE, or DE/BY for a part of the country")
    add("--start", required=True, metavar="INSTANT", help="without an offset, by the calendar's clock, else in UTC")
    add("--for", dest="target", required=True, metavar="8h", help="open time with a calendar, else any; d is 24 hours")
    add("--pause", nargs="+", action="extend", default=[], metavar="FROM/TO", help="time that does not count")
    add_output(parser)


COMMANDS = {
    "calendar": Command(
        'disputes calendar due --zone Europe/Berlin --hours "Mon-Fri 09:00-12:30 13:30-18:00" '
        "--start 2026-03-27T16:00 --for 8h",
        run,
        _arguments,
        who="anybody",
    )
}
