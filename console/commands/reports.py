"""Reports: each is one definition, read as rows or groups, and written in the format that was asked for."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import TypeVar

from console.arguments import add_output, given_text, instant, span
from console.command import Command
from console.output.page import Page
from console.output.values import instant as shown
from console.output.write import OF_DATA, Format, check_takes, write_page
from console.session import Session
from models import clock
from models.errors import Misused
from models.nearest import nearest

T = TypeVar("T")
NAMES = ("decisions", "breaches", "sla", "workload", "sellers", "refunds", "goodwill", "appeals")
"""As in `models.queries.reports`, which help need not load."""


PACKET = "packet"


def run(session: Session, given: Namespace) -> int:
    if given.name == PACKET:
        return _packet(session, given)
    if given.case is not None:
        raise Misused(f"'{given.case}' is too much: only 'report packet' is about one case.")
    from models.operations.exporting import export
    from models.queries.reports import REPORTS, Asked

    check_takes(given.format, given.out)
    actor, report = session.actor(), REPORTS[given.name]
    since, until = (given.since or [None])[0], (given.until or [None, None])[1]
    asked = Asked(since=since, until=until, where=given.where or "", by=given.by or (), at=given.at)
    note = given_text(given.note) if given.note else ""
    reading = export(
        actor, report, asked, format=given.format, note=note, has_contact=given.contact,
        has_totals=given.format not in OF_DATA, has_charts=given.format is Format.HTML,
    )  # fmt: skip
    page = Page(
        title=report.title,
        query=_query(given, since, until),
        totals=_read_late(reading.totals),
        says=report.says,
        made=f"{shown(clock.now())} by {actor.login}",
        breakdowns=_read_late(reading.breakdowns),
    )
    write_page(reading.rows, reading.columns, page, format=given.format, out=given.out, is_raw=given.raw)
    return 0


def _packet(session: Session, given: Namespace) -> int:
    """A zip, so that nothing is half there: to a file, or to standard output where that is no terminal."""
    from console.output.sink import send_bytes, whole_file
    from console.packet_file import packed
    from models.operations import auditing
    from models.queries.named_case import find

    if given.case is None:
        raise Misused("Whose packet? Write the case: 'disputes report packet C12 --out C12.zip'.")
    if given.out is None and sys.stdout.isatty():
        raise Misused("A packet is no text: name its file with --out, or send it to one.")
    actor = session.actor()
    packet = auditing.packet(actor, case=find(given.case))
    data, fingerprint = packed(packet, actor.login)
    auditing.record_packet(actor, case=packet.dispute_id, fingerprint=fingerprint)
    if given.out is None:
        send_bytes(data)
    else:
        with whole_file(given.out) as send:
            send(data)
    return 0


def _read_late(found: Callable[[], Iterable[T]]) -> Iterator[T]:
    """Asked after the last row, when everything has been counted."""
    yield from found()


def _query(given: Namespace, since: datetime | None, until: datetime | None) -> str:
    """What chose the rows, in one line."""
    instants = {"since": since, "until": until, "as of": given.at}
    parts = [given.where, *(f"{word} {shown(at)}" for word, at in instants.items() if at)]
    return " · ".join([*filter(None, parts), *([f"by {' '.join(given.by)}"] if given.by else ())])


def _name(text: str) -> str:
    known = (*NAMES, PACKET)
    if text in known:
        return text
    near = nearest(text, known)
    hint = f"did you mean {near}?" if near else f"it is one of {', '.join(known)}."
    raise ArgumentTypeError(f"'{text}' is no report: {hint}")


def _arguments(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("name", type=_name, metavar="NAME", help=", ".join((*NAMES, PACKET)))
    add("case", nargs="?", metavar="CASE", help="of a packet: the case that it proves, without the store")
    add("--since", type=span, metavar="D", help="decided on this day, or later; of breaches: due")
    add("--until", type=span, metavar="D", help="decided on this day, or earlier; of breaches: due")
    add("--where", metavar="QUERY", help="in the query language")
    add("--by", nargs="+", action="extend", metavar="KEY", help="groups with their totals: reason, seller, month …")
    add("--at", type=instant, metavar="INSTANT", help="as of then")
    add("--contact", action="store_true", help="with the parties' contact data; needs --note, and is recorded")
    add("--note", metavar="T", help="why contact data is needed")
    add_output(parser, is_report=True)


COMMANDS = {
    "report": Command(
        "disputes report decisions --since 2026-11-01 --format csv --out decisions.csv",
        run,
        _arguments,
        who="supervisor and auditor of all cases; agent of those assigned to them or decided by them",
    )
}
