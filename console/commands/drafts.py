"""Cases that are half filled in."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from console.arguments import add_output
from console.command import Command
from console.commands.done import print_change
from console.commands.evidence import add_file, source_of
from console.commands.intake import print_opened, print_verdicts
from console.output.sink import say
from console.output.write import write
from console.session import Session
from models.actor import Actor
from models.columns import Column, Kind
from models.errors import Misused
from models.operations import intake_drafts, opening
from models.queries.eligibility import judged
from models.queries.intakes import intake as intake_of
from models.queries.intakes import intakes
from models.queries.named_case import find
from models.rules.evidence_guards import megabytes
from models.rules.intake import Intake
from models.text import visible

COLUMNS = (
    Column("id", Kind.NUMBER),
    Column("login"),
    Column("order"),
    Column("reason"),
    Column("remedy"),
    Column("amount"),
    Column("missing", Kind.WORDS),
    Column("saved_at", Kind.INSTANT),
)
TEXTS = ("order", "reason", "remedy", "amount", "expected", "actual", "tried", "note")


def draft(session: Session, given: Namespace) -> int:
    actor = session.actor()
    if given.what == "submit":
        _submit(actor, given.id)
    elif given.what == "show":
        number = _number(given.id)
        intake_drafts.check_theirs(actor, number)
        _print(number, intake_of(number))
    elif given.what == "attach":
        number = _number(given.id)
        source = source_of(given.file)
        _print(number, intake_drafts.attach_file(
            actor, draft=number, kind=given.kind, source=source, title=given.title or "",
        ))  # fmt: skip
    elif given.what == "detach":
        number = _number(given.id)
        _print(number, intake_drafts.detach_file(actor, draft=number, number=_number(given.piece)))
    else:
        rows = (
            (row.number, row.login, row.intake.order, row.intake.reason, row.intake.remedy, row.intake.amount,
             row.intake.missing, row.saved_at)
            for row in intakes(actor)
        )  # fmt: skip
        write(rows, COLUMNS, format=given.format, out=given.out, title="Drafts", is_raw=given.raw)
    return 0


def _submit(actor: Actor, id: str) -> None:
    if id.isdecimal() and id.isascii():
        print_opened(opening.submit_draft(actor, draft=int(id)))
    else:
        print_change(opening.submit_case(actor, case=find(id)), "opened")


def _print(number: int, intake: Intake) -> None:
    """What is filled in, and what the rules say to it."""
    say(f"Draft {number}")
    for name in TEXTS:
        for line in visible(str(getattr(intake, name)), multiline=True).splitlines():
            say(f"  {name:<9} {line}")
    for at, piece in enumerate(intake.shown, 1):
        size = megabytes(piece.size_bytes)
        say(f"  {f'piece {at}':<9} {piece.kind}, {piece.file_type} {size}  {visible(piece.title)}".rstrip())
    print_verdicts(judged(intake).verdicts)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Misused(f"'{visible(text[:20])}' is no number: 'disputes draft list' has those of drafts.")
    return int(text)


def _arguments(parser: ArgumentParser) -> None:
    add_output(parser)
    what = parser.add_subparsers(dest="what", metavar="list|show|attach|detach|submit")
    add_output(what.add_parser("list", help="what you have begun; everybody's for a supervisor"), is_below=True)
    show = what.add_parser("show", help="what is filled in, and what the rules say to it")
    show.add_argument("id", metavar="ID", help="the draft's number")
    attach = what.add_parser("attach", help="take in a file that the buyer shows")
    attach.add_argument("id", metavar="ID", help="the draft's number")
    add_file(attach)
    detach = what.add_parser("detach", help="take a file out again that was the wrong one")
    detach.add_argument("id", metavar="ID", help="the draft's number")
    detach.add_argument("piece", metavar="N", help="which of its files, as 'show' numbers them")
    submit = what.add_parser("submit", help="open the case")
    submit.add_argument("id", metavar="ID", help="the draft's number, or a case that a file brought as a draft")


COMMANDS = {
    "draft": Command(
        "disputes draft attach 7 cup.jpg --kind photo_item",
        draft,
        _arguments,
    )
}
