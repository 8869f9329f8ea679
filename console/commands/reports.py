"""Reports: each is one definition, read as rows or groups, and written in the format that was asked for."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator
from datetime import datetime
from difflib import get_close_matches

from console.arguments import add_output, given_text, instant, span
from console.command import Command
from console.output.values import instant as shown
from console.output.write import write
from console.session import Session
from models.columns import Total

NAMES = ("decisions", "breaches", "sla", "workload", "sellers", "refunds", "appeals")
"""As in `models.queries.reports`, which help need not load."""


def run(session: Session, given: Namespace) -> int:
    from models.operations.exporting import export
    from models.queries.reports import REPORTS, Asked

    actor, report = session.actor(), REPORTS[given.name]
    since, until = (given.since or [None])[0], (given.until or [None, None])[1]
    asked = Asked(since=since, until=until, where=given.where or "", by=given.by or (), at=given.at)
    note = given_text(given.note) if given.note else ""
    reading = export(actor, report, asked, format=given.format, note=note, has_contact=given.contact)

    def totals() -> Iterator[Total]:
        """Read after the last row."""
        yield from reading.totals()

    write(
        reading.rows,
        reading.columns,
        format=given.format,
        out=given.out,
        title=report.title,
        says=report.says,
        query=_query(given, since, until),
        totals=totals(),
        is_raw=given.raw,
    )
    return 0


def _query(given: Namespace, since: datetime | None, until: datetime | None) -> str:
    """What chose the rows, in one line."""
    instants = {"since": since, "until": until, "as of": given.at}
    parts = [given.where, *(f"{word} {shown(at)}" for word, at in instants.items() if at)]
    return " · ".join([*filter(None, parts), *([f"by {' '.join(given.by)}"] if given.by else ())])


def _name(text: str) -> str:
    if text in NAMES:
        return text
    near = get_close_matches(text, NAMES, 1)
    hint = f"did you mean {near[0]}?" if near else f"it is one of {', '.join(NAMES)}."
    raise ArgumentTypeError(f"'{text}' is no report: {hint}")


def _arguments(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("name", type=_name, metavar="NAME", help=", ".join(NAMES))
    add("--since", type=span, metavar="D", help="decided on this day, or later; of breaches: due")
    add("--until", type=span, metavar="D", help="decided on this day, or earlier; of breaches: due")
    add("--where", metavar="QUERY", help="in the query language")
    add("--by", nargs="+", action="extend", metavar="KEY", help="groups with their totals: reason, seller, month …")
    add("--at", type=instant, metavar="INSTANT", help="as of then")
    add("--contact", action="store_true", help="with the parties' contact data; needs --note, and is recorded")
    add("--note", metavar="T", help="why contact data is needed")
    add_output(parser)


COMMANDS = {
    "report": Command(
        "decisions, promises kept and more, as a table or a file",
        "disputes report decisions --since 2026-11-01 --format csv --out decisions.csv",
        run,
        _arguments,
        who="supervisor and auditor of all cases; agent of those assigned to them or decided by them",
    )
}
