"""Where a case goes without a ruling."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from console.arguments import add_case, add_occurred, given_text, one_of
from console.command import Command
from console.commands.done import case_id, print_change
from console.session import Session
from models.operations import moving
from models.operations.change import check_possible
from models.queries.surroundings import withdrawal_warnings
from models.rules.act import Verb
from models.rules.withdrawal import SENTENCES
from models.vocabulary import Party


def notify(session: Session, given: Namespace) -> int:
    actor = session.actor()
    print_change(moving.notify(actor, case=case_id(given), occurred_at=given.occurred_at), "the seller is notified")
    return 0


def recode(session: Session, given: Namespace) -> int:
    actor = session.actor()
    note = given_text(given.note)
    change = moving.recode(actor, case=case_id(given), reason=given.reason, note=note)
    print_change(change, f"recoded from {change.before.reason} to {change.after.reason}")
    return 0


def escalate(session: Session, given: Namespace) -> int:
    actor = session.actor()
    change = moving.escalate(
        actor,
        case=case_id(given),
        party=given.by,
        cause=given.cause,
        note=given_text(given.note),
        occurred_at=given.occurred_at,
    )
    print_change(change, "escalated")
    return 0


def withdraw(session: Session, given: Namespace) -> int:
    actor = session.actor()
    case = case_id(given)
    if given.preview:
        check_possible(actor, case, Verb.WITHDRAW)
        for sentence in withdrawal_warnings(case):
            print(f"C{case}: {sentence}")
        print(f"C{case} would close without a refund; final. Nothing was written.")
        return 0
    note = given_text(given.note)
    change = moving.withdraw(actor, case=case, note=note, occurred_at=given.occurred_at)
    print_change(change, "withdrawn")
    for code in change.act.warnings or ():
        print(f"C{case}: {SENTENCES[code]}")
    return 0


def close(session: Session, given: Namespace) -> int:
    actor = session.actor()
    print_change(moving.close(actor, case=case_id(given)), "closed")
    return 0


def _notify_arguments(parser: ArgumentParser) -> None:
    add_case(parser)
    add_occurred(parser)


def _recode_arguments(parser: ArgumentParser) -> None:
    add_case(parser)
    parser.add_argument("--reason", required=True, metavar="R", help="family/sub, such as damaged/item_damaged")
    _add_note(parser)


def _escalate_arguments(parser: ArgumentParser) -> None:
    add_case(parser)
    parser.add_argument("--by", required=True, type=one_of(Party), help="buyer, seller or platform")
    parser.add_argument("--cause", required=True, metavar="C", help="such as seller_silent")
    _add_note(parser)
    add_occurred(parser)


def _withdraw_arguments(parser: ArgumentParser) -> None:
    add_case(parser)
    _add_note(parser)
    add_occurred(parser)
    parser.add_argument("--preview", action="store_true", help="what the buyer should hear before; writes nothing")


def _add_note(parser: ArgumentParser) -> None:
    parser.add_argument("--note", required=True, metavar="T", help="why; - for standard input")


COMMANDS = {
    "notify": Command("disputes notify C12", notify, _notify_arguments),
    "recode": Command(
        "disputes recode C12 --reason not_received/lost --note 'The carrier says it is lost.'",
        recode,
        _recode_arguments,
    ),
    "escalate": Command(
        "disputes escalate C12 --by platform --cause seller_silent --note 'No answer for seven days.'",
        escalate,
        _escalate_arguments,
    ),
    "withdraw": Command(
        "disputes withdraw C12 --note 'The parcel has come.'",
        withdraw,
        _withdraw_arguments,
    ),
    "close": Command("disputes close C12", close, add_case),
}
