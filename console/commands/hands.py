"""Who has a case."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from console.arguments import add_case, given_text
from console.command import Command
from console.commands.done import case_id, print_change
from console.output.sink import say
from console.session import Session
from models.errors import Misused, Refused
from models.operations import assigning, serving
from models.queries.named_case import find


def claim(session: Session, given: Namespace) -> int:
    actor = session.actor()
    print_change(assigning.claim(actor, case=case_id(given)), "claimed")
    return 0


def release(session: Session, given: Namespace) -> int:
    actor = session.actor()
    note = given_text(given.note) if given.note else ""
    print_change(assigning.release(actor, case=case_id(given), note=note), "released")
    return 0


def assign(session: Session, given: Namespace) -> int:
    actor = session.actor()
    note = given_text(given.note)
    for case in [find(code) for code in given.case]:  # a slip in the last code is told before the first is given away
        print_change(assigning.assign(actor, case=case, login=given.login, note=note), f"given to {given.login}")
    return 0


def serve_next(session: Session, given: Namespace) -> int:
    actor = session.actor()
    if given.skip and not given.why:
        raise Refused("skip", "Skipping a case needs a reason: --why.")
    if given.why and not given.skip:
        raise Misused("--why is the reason for a --skip.")
    skipped = [find(code) for code in given.skip]
    change = serving.serve_next(actor, view=given.view, skip=skipped, why=given.why or "")
    if change is None:
        say("Nothing waits: no case of this view can be claimed.")
        return 0
    print_change(change, "claimed")
    return 0


def _release_arguments(parser: ArgumentParser) -> None:
    add_case(parser)
    parser.add_argument("--note", metavar="T", help="why, where somebody else has it (supervisors)")


def _assign_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("case", nargs="+", metavar="CASE")
    parser.add_argument("login", metavar="LOGIN")
    parser.add_argument("--note", required=True, help="why; - for standard input")


def _next_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--view", default="unassigned", metavar="V", help="from which view; unassigned unless told")
    parser.add_argument("--skip", action="append", default=[], metavar="CASE", help="not this one")
    parser.add_argument("--why", metavar="C", help="why it is skipped")


COMMANDS = {
    "next": Command(
        "disputes next --view in-review",
        serve_next,
        _next_arguments,
    ),
    "claim": Command("disputes claim C12", claim, add_case),
    "release": Command("disputes release C12", release, _release_arguments),
    "assign": Command(
        "disputes assign C12 C13 anna --note 'speaks Polish'",
        assign,
        _assign_arguments,
    ),
}
