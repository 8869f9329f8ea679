"""What a supervisor does to the promises of a case."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from console.arguments import add_case, duration, given_text, one_of
from console.command import Command
from console.commands.done import case_id, print_change, shown
from console.session import Session
from models.operations import holding
from models.vocabulary import ClockKind, Hold


def hold(session: Session, given: Namespace) -> int:
    actor = session.actor()
    change = holding.hold(actor, case=case_id(given), why=given.why, note=given_text(given.note))
    print_change(change, f"on hold ({given.why})")
    return 0


def unhold(session: Session, given: Namespace) -> int:
    actor = session.actor()
    print_change(holding.unhold(actor, case=case_id(given)), "no longer on hold")
    return 0


def extend(session: Session, given: Namespace) -> int:
    actor = session.actor()
    change = holding.extend(actor, case=case_id(given), kind=given.clock, by=given.by, note=given_text(given.note))
    clock = change.after.running(given.clock)
    print_change(change, f"{given.clock} extended" + (f" to {shown(clock.due_at)}" if clock else ""))
    return 0


def waive(session: Session, given: Namespace) -> int:
    actor = session.actor()
    change = holding.waive(actor, case=case_id(given), kind=given.clock, note=given_text(given.note))
    print_change(change, f"{given.clock} waived; the next decision needs a second person")
    return 0


def _hold_arguments(parser: ArgumentParser) -> None:
    add_case(parser)
    parser.add_argument("--why", required=True, type=one_of(Hold), help="legal, outage or risk")
    _add_note(parser)


def _add_clock(parser: ArgumentParser) -> None:
    add_case(parser)
    parser.add_argument("clock", type=one_of(ClockKind), metavar="CLOCK", help=", ".join(ClockKind))


def _extend_arguments(parser: ArgumentParser) -> None:
    _add_clock(parser)
    parser.add_argument(
        "--by",
        required=True,
        type=duration,
        metavar="D",
        help="such as 2d or 12h; open hours where the clock counts those",
    )
    _add_note(parser)


def _waive_arguments(parser: ArgumentParser) -> None:
    _add_clock(parser)
    _add_note(parser)


def _add_note(parser: ArgumentParser) -> None:
    parser.add_argument("--note", required=True, metavar="T", help="why; - for standard input")


COMMANDS = {
    "hold": Command(
        "disputes hold C12 --why outage --note 'The carrier cannot be reached.'",
        hold,
        _hold_arguments,
    ),
    "unhold": Command("disputes unhold C12", unhold, add_case),
    "extend": Command(
        "disputes extend C12 seller_response --by 2d --note 'A holiday.'",
        extend,
        _extend_arguments,
    ),
    "waive": Command(
        "disputes waive C12 review --note 'Both sides asked us to wait.'",
        waive,
        _waive_arguments,
    ),
}
