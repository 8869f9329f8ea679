"""What the sides show: taken in, judged, and given out again."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path
from typing import BinaryIO

from console.arguments import add_case, add_occurred, given_text, instant, one_of
from console.command import Command
from console.commands.done import case_id, print_change
from console.output.sink import say, send_bytes
from console.session import Session
from models.errors import Misused
from models.operations import evidencing
from models.operations.change import Change
from models.rules import evidence
from models.rules.evidence_guards import megabytes
from models.rules.policy import SHIPPED, policy
from models.vocabulary import EvidenceKind, EvidenceState, Party


def attach(session: Session, given: Namespace) -> int:
    actor = session.actor()
    change = evidencing.attach(
        actor,
        case=case_id(given),
        party=given.by,
        kind=given.kind,
        source=source_of(given.file),
        title=given.title or "",
        captured_at=given.captured_at,
        replaces=given.replaces,
        occurred_at=given.occurred_at,
    )
    piece = evidencing.submitted(change)
    what = f"piece {piece.number} of the {piece.lane}: {piece.kind}, {piece.file_type}, {piece.size_bytes} bytes"
    print_change(change, what)
    _print_sufficiency(change)
    return 0


def review(session: Session, given: Namespace) -> int:
    actor = session.actor()
    change = evidencing.review(
        actor, case=case_id(given), number=given.evidence, verdict=given.verdict, note=given_text(given.note)
    )
    print_change(change, f"piece {given.evidence} {given.verdict}")
    _print_sufficiency(change)
    return 0


def show_bytes(session: Session, given: Namespace) -> int:
    """Bytes from outside would steer a terminal: they go to a file or a pipe."""
    actor = session.actor()
    case = case_id(given)
    if sys.stdout.isatty():
        raise Misused(f"A file is not written to a terminal: 'disputes evidence {given.case} {given.evidence} > FILE'.")
    send_bytes(evidencing.look(actor, case=case, number=given.evidence).data)
    return 0


def source_of(file: str) -> Path | BinaryIO:
    return sys.stdin.buffer if file == "-" else Path(file)


def _print_sufficiency(change: Change) -> None:
    for each in evidence.both(change.after):
        say(f"  {each.side}: {each.said}")


def _piece(text: str) -> int:
    number = text.removeprefix("#")
    if not number.isascii() or not number.isdigit() or len(number) > 9:
        raise ArgumentTypeError(f"'{text}' is no piece of evidence: write its number, such as 2")
    return int(number)


def add_file(parser: ArgumentParser) -> None:
    """A file, its kind and its title."""
    parser.add_argument("file", metavar="FILE", help=f"- for standard input; {said_of_files()}")
    parser.add_argument("--kind", type=one_of(EvidenceKind), required=True, metavar="K", help=", ".join(EvidenceKind))
    parser.add_argument("--title", metavar="T", help="what it is called; the file's name unless told")


def said_of_files() -> str:
    """The limits, before anything is copied."""
    limits = policy(SHIPPED).files
    most = f"{megabytes(limits.file_bytes_at_most)} a file and {megabytes(limits.side_bytes_at_most)} a side"
    return f"{', '.join(limits.types)} by content, at most {most}"


def _attach_arguments(parser: ArgumentParser) -> None:
    add_case(parser)
    add_file(parser)
    parser.add_argument("--by", type=one_of(Party), required=True, metavar="P", help="buyer, seller or platform")
    parser.add_argument("--captured-at", type=instant, metavar="INSTANT", help="when it was taken or written")
    parser.add_argument("--replaces", type=_piece, metavar="EVIDENCE", help="an older piece of the same side")
    add_occurred(parser)


def _review_arguments(parser: ArgumentParser) -> None:
    add_case(parser)
    parser.add_argument("evidence", metavar="EVIDENCE", type=_piece, help="its number in the case")
    parser.add_argument("--as", dest="verdict", type=_verdict, required=True, help="accepted or rejected")
    parser.add_argument("--note", required=True, metavar="T", help="why; - for standard input")


def _verdict(text: str) -> EvidenceState:
    if text not in evidence.VERDICTS:
        raise ArgumentTypeError(f"'{text}' is not known: a piece is {' or '.join(evidence.VERDICTS)}.")
    return EvidenceState(text)


def _evidence_arguments(parser: ArgumentParser) -> None:
    add_case(parser)
    parser.add_argument("evidence", metavar="EVIDENCE", type=_piece, help="its number in the case")


COMMANDS = {
    "attach": Command(
        "disputes attach C12 cup.jpg --kind photo_item --by buyer --title 'The broken cup'",
        attach,
        _attach_arguments,
    ),
    "review": Command(
        "disputes review C12 2 --as rejected --note 'Shows another parcel.'",
        review,
        _review_arguments,
    ),
    "evidence": Command(
        "disputes evidence C12 2",
        show_bytes,
        _evidence_arguments,
    ),
}
