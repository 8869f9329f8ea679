"""What waits to be sent, and what it is made from."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from console.arguments import add_output
from console.command import Command
from console.output.write import write
from console.session import Session
from models.columns import Column, Kind
from models.errors import Misused
from models.operations.outbox import mark_sent
from models.queries import outbox as waiting
from models.rules.templates import FIELDS, templates

TEMPLATE_COLUMNS = (
    Column("template"),
    Column("to", Kind.WORDS),
    Column("languages", Kind.WORDS),
    Column("fields", Kind.WORDS),
    Column("label"),
)


def outbox(session: Session, given: Namespace) -> int:
    actor = session.actor()
    if given.what == "sent":
        marked = mark_sent(actor, numbers=given.id)
        again = sorted(set(given.id) - set(marked))
        said = f"; you had marked {', '.join(map(str, again))} before" if again else ""
        print(f"{len(marked)} marked as sent{said}.")
        return 0
    rows = waiting.waiting()
    write(rows, waiting.COLUMNS, format=given.format, out=given.out, title="Outbox", is_raw=given.raw)
    return 0


def show_templates(session: Session, given: Namespace) -> int:
    session.actor()
    rows = ((each.name, each.audiences, tuple(each.texts), each.fields, each.label) for each in templates().values())
    totals = (f"{name}: {what}" for name, what in FIELDS.items())
    write(
        rows, TEMPLATE_COLUMNS, format=given.format, out=given.out, title="Templates", totals=totals, is_raw=given.raw
    )
    return 0


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) < 2**31:
        raise Misused(f"'{text[:20]}' is no number of the outbox: 'disputes outbox' lists them.")
    return int(text)


def _outbox_arguments(parser: ArgumentParser) -> None:
    add_output(parser)
    what = parser.add_subparsers(dest="what", metavar="sent")
    sent = what.add_parser("sent", help="these were sent")
    sent.add_argument("id", nargs="+", type=_number, metavar="ID")


COMMANDS = {
    "outbox": Command(
        "disputes outbox --format jsonl",
        outbox,
        _outbox_arguments,
    ),
    "templates": Command("disputes templates", show_templates, add_output),
}
