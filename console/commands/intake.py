"""Opening a case for a buyer, at once or over a draft."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from console.arguments import given_text, one_of
from console.command import Command
from console.commands.done import print_change, shown
from console.commands.evidence import said_of_files
from console.session import Session
from models.errors import Misused
from models.operations import intake_drafts, opening
from models.operations.change import Change
from models.operations.intake_files import take_in
from models.queries.eligibility import checked, judged
from models.queries.named_case import find
from models.rules.eligibility import INELIGIBLE, Verdict
from models.rules.intake import NEEDED, Intake
from models.text import visible
from models.vocabulary import EvidenceKind, Remedy


def open_case(session: Session, given: Namespace) -> int:
    actor = session.actor()
    intake = _intake(given)
    missing = [f"--{name}" for name in intake.missing]
    if missing and not (given.draft or given.preview):
        raise Misused(f"A case needs {', '.join(missing)}; --draft keeps what is there.")
    for kind, path in given.evidence:
        source = sys.stdin.buffer if str(path) == "-" else path
        intake = take_in(actor, intake=intake, kind=kind, source=source, is_kept=not given.preview)
    if given.preview:
        checked(intake)
        print_verdicts(judged(intake).verdicts)
        print("Nothing was written.")
    elif given.draft:
        number = intake_drafts.keep_draft(actor, intake=intake)
        print(f"Draft {number} is kept; 'disputes draft submit {number}' opens the case.")
    else:
        print_opened(opening.open_case(actor, intake=intake))
    return 0


def refuse(session: Session, given: Namespace) -> int:
    actor = session.actor()
    note = given_text(given.note)
    if given.id.isdecimal() and given.id.isascii():
        change = opening.refuse(actor, draft=int(given.id), rule=given.rule, note=note)
    else:
        change = opening.refuse_case(actor, case=find(given.id), rule=given.rule, note=note)
    if change is None:
        print(f"Draft {given.id} is refused ({given.rule}); its order is not known, so no case remains.")
    else:
        print_change(change, f"refused ({given.rule})")
    return 0


def _intake(given: Namespace) -> Intake:
    texts: dict[str, Any] = {name: given_text(getattr(given, name) or "") for name in (*NEEDED, "note")}
    return Intake(**texts, lines=tuple(given.line), overrides=tuple(dict.fromkeys(given.override)))


def print_opened(change: Change) -> None:
    set_aside = change.after.overrides
    print_change(change, f"opened against {', '.join(set_aside)}" if set_aside else "opened")


def print_verdicts(verdicts: tuple[Verdict, ...]) -> None:
    for verdict in verdicts:
        flips = f" Changes at {shown(verdict.flips_at)}." if verdict.flips_at else ""
        print(f"{'pass' if verdict.passes else 'FAIL'}  {verdict.rule}: {visible(verdict.sentence)}{flips}")


def _open_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--order", metavar="REF", help="ref or source:ref; with @seller where two share a number")
    parser.add_argument("--reason", metavar="R", help="family/sub, such as damaged/item_damaged")
    parser.add_argument("--remedy", metavar="M", help=", ".join(Remedy))
    parser.add_argument("--amount", metavar="A", help="what is disputed, in the order's currency")
    parser.add_argument("--expected", metavar="T", help="what the buyer expected; - for standard input")
    parser.add_argument("--actual", metavar="T", help="what came instead")
    parser.add_argument("--tried", metavar="T", help="what was tried with the seller")
    parser.add_argument(
        "--line", nargs="+", action="extend", type=_line, default=[], metavar="N", help="only these lines of the order"
    )
    parser.add_argument(
        "--override", action="append", default=[], metavar="RULE", help=f"(supervisors) {', '.join(INELIGIBLE)}"
    )
    parser.add_argument("--note", metavar="T", help="why a rule is set aside")
    parser.add_argument(
        "--evidence",
        action="append",
        type=_piece,
        default=[],
        metavar="KIND=FILE",
        help=f"what the buyer shows: its kind and a file; {said_of_files()}; may be repeated",
    )
    parser.add_argument("--draft", action="store_true", help="keep it for later, however little is there")
    parser.add_argument("--preview", action="store_true", help="show what the rules say, write nothing")


def _line(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) < 2**31:
        raise Misused(f"'{text[:20]}' is no number of a line: write a number such as 2.")
    return int(text)


def _piece(text: str) -> tuple[EvidenceKind, Path]:
    kind, _, path = text.partition("=")
    if not path:
        raise Misused(f"'{text[:60]}' is no evidence: write its kind and its file, such as photo_item=cup.jpg.")
    return one_of(EvidenceKind)(kind), Path(path)


def _refuse_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="the draft's number, or a case that a file brought as a draft")
    parser.add_argument("--rule", required=True, metavar="R", help=", ".join(INELIGIBLE))
    parser.add_argument("--note", required=True, metavar="T", help="why; - for standard input")


COMMANDS = {
    "open": Command(
        "disputes open --order O-77 --reason damaged/item_damaged --remedy full_refund --amount 25.00 "
        "--expected 'a whole cup' --actual 'a broken one' --tried 'wrote to the seller on Monday'",
        open_case,
        _open_arguments,
    ),
    "refuse": Command(
        "disputes refuse 7 --rule protection --note 'Protection ended in May.'",
        refuse,
        _refuse_arguments,
    ),
}
