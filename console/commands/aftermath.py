"""What follows an outcome: goods that go back, a party that objects, and money as a courtesy."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from console.arguments import add_case, add_occurred, given_text, one_of
from console.command import Command
from console.commands.done import case_id, print_change
from console.session import Session
from models.errors import Misused
from models.operations import appealing, returning
from models.operations.goodwill import give_goodwill, settle_goodwill
from models.queries.named_case import currency_of
from models.rules import money
from models.vocabulary import AppealGround, Party, RefundState, ReturnStep


def return_goods(session: Session, given: Namespace) -> int:
    actor = session.actor()
    note = given_text(given.note) if given.note else ""
    change = returning.record_return(
        actor, case=case_id(given), step=given.step, note=note, occurred_at=given.occurred_at
    )
    print_change(change, f"return {given.step}")
    return 0


def appeal(session: Session, given: Namespace) -> int:
    actor = session.actor()
    change = appealing.appeal(
        actor,
        case=case_id(given),
        party=given.by,
        ground=given.ground,
        text=given_text(given.text),
        occurred_at=given.occurred_at,
    )
    print_change(change, f"the {given.by}'s appeal is recorded")
    return 0


def goodwill(session: Session, given: Namespace) -> int:
    actor = session.actor()
    case = case_id(given)
    if given.state in (RefundState.CONFIRMED, RefundState.FAILED):
        if given.amount:
            raise Misused(f"'goodwill {given.state}' is about what was instructed: leave --amount away.")
        change = settle_goodwill(actor, case=case, state=given.state, ref=given.ref or "")
    else:
        if not given.amount or not given.note:
            raise Misused("Goodwill needs --amount and --note: how much, and why.")
        amount = money.minor(given.amount, currency_of(case))
        change = give_goodwill(actor, case=case, amount_minor=amount, note=given_text(given.note))
    paid = change.after.goodwill[-1]
    shown = f"{money.text(paid.amount_minor, change.after.currency)} {change.after.currency}"
    print_change(change, f"goodwill of {shown} {paid.state}, paid by the platform beside any refund")
    return 0


def _return_arguments(parser: ArgumentParser) -> None:
    add_case(parser)
    parser.add_argument("step", type=one_of(ReturnStep), metavar="STEP", help=", ".join(ReturnStep))
    parser.add_argument("--note", metavar="T", help="such as the tracking number; - for standard input")
    add_occurred(parser)


def _appeal_arguments(parser: ArgumentParser) -> None:
    add_case(parser)
    parser.add_argument("--by", required=True, type=one_of(Party), help="buyer or seller")
    parser.add_argument("--ground", required=True, type=one_of(AppealGround), metavar="G", help=", ".join(AppealGround))
    parser.add_argument("--text", required=True, metavar="T", help="what the party says; - for standard input")
    add_occurred(parser)


def _goodwill_arguments(parser: ArgumentParser) -> None:
    add_case(parser)
    parser.add_argument(
        "state", nargs="?", type=one_of(RefundState), metavar="confirmed|failed", help="what became of the payment"
    )
    parser.add_argument("--amount", metavar="A", help="in the case's currency; it is instructed")
    parser.add_argument("--note", metavar="T", help="why; - for standard input")
    parser.add_argument("--ref", metavar="R", help="the payment's own number")


COMMANDS = {
    "return": Command(
        "disputes return C12 shipped --note 'Tracking RX123'",
        return_goods,
        _return_arguments,
    ),
    "appeal": Command(
        "disputes appeal C12 --by seller --ground new_evidence --text 'The carrier has found the scan.'",
        appeal,
        _appeal_arguments,
    ),
    "goodwill": Command(
        "disputes goodwill C12 --amount 5.00 --note 'Two weeks without an answer of ours.'",
        goodwill,
        _goodwill_arguments,
    ),
}
