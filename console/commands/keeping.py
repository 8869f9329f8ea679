"""Keeping cases in order: chasing, watching, reminding, flagging, merging, reopening, correcting."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from console.arguments import add_case, ahead, given_text, one_of
from console.command import Command
from console.commands.done import case_id, print_change, shown
from console.session import Session
from models.errors import Misused
from models.operations import chasing, correcting, following, merging, moving, parties
from models.queries.named_case import find
from models.vocabulary import Party


def chase(session: Session, given: Namespace) -> int:
    actor = session.actor()
    if bool(given.case) == bool(given.seller):
        raise Misused("Say what is chased: cases, or --seller with the ref of one.")
    if given.seller:
        changes = chasing.chase_seller(actor, seller=given.seller)
    else:
        changes = chasing.chase_all(actor, cases=[find(code) for code in given.case])
    for change in changes:
        print_change(change, f"chaser {change.after.chasers} waits to be sent")
    return 0


def watch(session: Session, given: Namespace) -> int:
    actor = session.actor()
    change = following.watch(actor, case=case_id(given), is_done=given.stop)
    print_change(change, "no longer watched" if given.stop else "watched")
    return 0


def remind(session: Session, given: Namespace) -> int:
    actor = session.actor()
    if (given.on is None) != given.done:
        raise Misused("Say when: --on with an instant, a day or 3d; or --done when it is.")
    note = given_text(given.note) if given.note else ""
    change = following.remind(actor, case=case_id(given), on=given.on, note=note)
    print_change(change, "reminder done" if given.done else f"comes back on {shown(given.on)}")
    return 0


def flag(session: Session, given: Namespace) -> int:
    actor = session.actor()
    change = following.flag(actor, case=case_id(given), party=given.party, note=given_text(given.note))
    print_change(change, f"the {given.party} is flagged; the next decision needs a second person")
    return 0


def unflag(session: Session, given: Namespace) -> int:
    actor = session.actor()
    change = parties.unflag(actor, case=case_id(given), party=given.party, note=given_text(given.note))
    print_change(change, f"the flag on the {given.party} is dismissed")
    return 0


def merge(session: Session, given: Namespace) -> int:
    actor = session.actor()
    into = find(given.into)
    print_change(merging.merge(actor, case=case_id(given), into=into), f"merged into C{into}")
    return 0


def reopen(session: Session, given: Namespace) -> int:
    actor = session.actor()
    change = moving.reopen(actor, case=case_id(given), note=given_text(given.note))
    print_change(change, "reopened; the next decision needs a second person")
    return 0


def correct(session: Session, given: Namespace) -> int:
    actor = session.actor()
    change = correcting.correct(actor, case=case_id(given), event=given.event, note=given_text(given.note))
    print_change(change, f"event {given.event} is superseded")
    return 0


def _chase_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("case", nargs="*", metavar="CASE", help="our code, such as C12, or source:ref")
    parser.add_argument("--seller", metavar="REF", help="all of a seller's overdue cases (supervisors)")


def _watch_arguments(parser: ArgumentParser) -> None:
    add_case(parser)
    parser.add_argument("--stop", action="store_true", help="watch it no longer")


def _remind_arguments(parser: ArgumentParser) -> None:
    add_case(parser)
    parser.add_argument("--on", type=ahead, metavar="D", help="an instant, a day, or 3d from now")
    parser.add_argument("--note", metavar="T", help="what there will be to do; - for standard input")
    parser.add_argument("--done", action="store_true", help="the reminder is done")


def _flag_arguments(parser: ArgumentParser) -> None:
    add_case(parser)
    parser.add_argument("--party", required=True, type=one_of(Party), metavar="P", help="buyer or seller")
    _add_note(parser)


def _merge_arguments(parser: ArgumentParser) -> None:
    add_case(parser)
    parser.add_argument("into", metavar="INTO", help="the case that goes on")


def _correct_arguments(parser: ArgumentParser) -> None:
    add_case(parser)
    parser.add_argument("event", type=int, metavar="EVENT", help="its number, as 'show' lists it")
    _add_note(parser)


def _reopen_arguments(parser: ArgumentParser) -> None:
    add_case(parser)
    _add_note(parser)


def _add_note(parser: ArgumentParser) -> None:
    parser.add_argument("--note", required=True, metavar="T", help="why; - for standard input")


COMMANDS = {
    "chase": Command("disputes chase --seller s-1001", chase, _chase_arguments),
    "watch": Command("disputes watch C12", watch, _watch_arguments),
    "remind": Command(
        "disputes remind C12 --on 3d --note 'Call the carrier.'",
        remind,
        _remind_arguments,
    ),
    "flag": Command(
        "disputes flag C12 --party buyer --note 'The same photo as in C7.'",
        flag,
        _flag_arguments,
    ),
    "unflag": Command(
        "disputes unflag C12 --party buyer --note 'Another buyer of the same name.'",
        unflag,
        _flag_arguments,
    ),
    "merge": Command("disputes merge C13 C12", merge, _merge_arguments),
    "reopen": Command(
        "disputes reopen C12 --note 'The carrier found the parcel.'",
        reopen,
        _reopen_arguments,
    ),
    "correct": Command(
        "disputes correct C12 481 --note 'That was about another case.'",
        correct,
        _correct_arguments,
    ),
}
