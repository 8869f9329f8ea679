"""What the platform asks for and proposes while it reviews a case."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from console.arguments import add_case, add_occurred, ahead, given_text, one_of
from console.command import Command
from console.commands.done import case_id, print_change, shown
from console.session import Session
from models.errors import Misused
from models.operations import asking
from models.queries.history import case_from_events
from models.queries.named_case import currency_of
from models.rules import evidence, money
from models.vocabulary import Party, Remedy


def ask(session: Session, given: Namespace) -> int:
    actor = session.actor()
    if given.cancel:
        if given.party or given.item or given.due or given.missing:
            raise Misused("--cancel takes what was asked for back; it goes with nothing else.")
        print_change(asking.cancel_ask(actor, case=case_id(given)), "not asked for any more")
        return 0
    if given.party is None:
        raise Misused("Say who is asked and for what: --party buyer --item photo_item, or --cancel.")
    case = case_id(given)
    items = [*given.item, *(_missing(case, given.party) if given.missing else ())]
    change = asking.ask(actor, case=case, party=given.party, items=items, due_at=given.due)
    print_change(change, f"the {given.party} is asked, due {shown(change.after.questions[-1].due_at)}")
    return 0


def _missing(case: int, party: Party) -> tuple[str, ...]:
    found = next((side for side in evidence.both(case_from_events(case)) if side.side is party), None)
    if found is None or found.is_sufficient:
        raise Misused(f"The {party} lacks no evidence that the reason asks for: name what is asked with --item.")
    return found.asked


def answer(session: Session, given: Namespace) -> int:
    actor = session.actor()
    change = asking.answer(
        actor, case=case_id(given), party=given.party, text=given_text(given.text), occurred_at=given.occurred_at
    )
    print_change(change, f"the {given.party}'s answer is recorded")
    return 0


def propose(session: Session, given: Namespace) -> int:
    actor = session.actor()
    case = case_id(given)
    amount = None if given.amount is None else money.minor(given.amount, currency_of(case))
    text = given_text(given.text) if given.text else ""
    change = asking.propose(actor, case=case, remedy=given.remedy, amount_minor=amount, text=text)
    offer = change.after.offers[-1]
    print_change(change, f"proposed as offer {offer.number}: both must accept it")
    return 0


def _ask_arguments(parser: ArgumentParser) -> None:
    add_case(parser)
    parser.add_argument("--party", type=one_of(Party), metavar="P", help="buyer or seller")
    parser.add_argument("--item", action="append", default=[], metavar="T", help="one thing asked for; may come again")
    parser.add_argument("--missing", action="store_true", help="all the evidence that the side lacks, by name")
    parser.add_argument("--due", type=ahead, metavar="D", help="an instant, a day, or 3d from now; 3 days unless told")
    parser.add_argument("--cancel", action="store_true", help="what was asked for is not needed any more")


def _answer_arguments(parser: ArgumentParser) -> None:
    add_case(parser)
    parser.add_argument("--party", required=True, type=one_of(Party), metavar="P", help="who was asked")
    parser.add_argument("--text", required=True, metavar="T", help="what was said; - for standard input")
    add_occurred(parser)


def _propose_arguments(parser: ArgumentParser) -> None:
    add_case(parser)
    parser.add_argument("--remedy", type=one_of(Remedy), metavar="M", help=", ".join(Remedy))
    parser.add_argument("--amount", metavar="A", help="in major units; all of it for a full refund unless told")
    parser.add_argument("--text", metavar="T", help="why, for both parties; - for standard input")


COMMANDS = {
    "ask": Command(
        "disputes ask C12 --party buyer --item 'a photo of the label' --due 2d",
        ask,
        _ask_arguments,
    ),
    "answer": Command(
        "disputes answer C12 --party buyer --text 'Here is the photo.'",
        answer,
        _answer_arguments,
    ),
    "propose": Command(
        "disputes propose C12 --remedy partial_refund --amount 8.50",
        propose,
        _propose_arguments,
    ),
}
