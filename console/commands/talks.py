"""What is said in a case."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from console.arguments import add_case, add_occurred, given_text, one_of
from console.command import Command
from console.commands.done import case_id, print_change
from console.session import Session
from models.errors import Misused
from models.operations import talking
from models.queries.named_case import currency_of
from models.rules import money
from models.vocabulary import Audience, Party, PartyAct, Remedy


def note(session: Session, given: Namespace) -> int:
    actor = session.actor()
    print_change(talking.note(actor, case=case_id(given), text=given_text(given.text)), "noted")
    return 0


def message(session: Session, given: Namespace) -> int:
    actor = session.actor()
    if given.to is Audience.INTERNAL:
        raise Misused("A message goes to buyer, seller or both; for a text among ourselves use 'disputes note'.")
    text = given_text(given.text) if given.text is not None else ""
    change = talking.message(actor, case=case_id(given), audience=given.to, text=text, template=given.template or "")
    print_change(change, f"message to {given.to} waits to be sent")
    return 0


def respond(session: Session, given: Namespace) -> int:
    actor = session.actor()
    case = case_id(given)
    if given.automatic:
        if given.move is not PartyAct.REPLY:
            raise Misused("--automatic marks a reply that a machine wrote: use it with '--with reply'.")
        change = talking.automatic_reply(
            actor, case=case, party=given.by, text=given_text(given.text) if given.text else "",
            translation=given_text(given.translation), occurred_at=given.occurred_at,
        )  # fmt: skip
        print_change(change, f"the {given.by}'s automatic reply is kept; it counts as no answer")
        return 0
    amount = None if given.amount is None else money.minor(given.amount, currency_of(case))
    change = talking.respond(
        actor,
        case=case,
        party=given.by,
        move=given.move,
        offer=given.offer,
        amount_minor=amount,
        remedy=given.remedy,
        text=given_text(given.text) if given.text else "",
        translation=given_text(given.translation),
        occurred_at=given.occurred_at,
    )
    print_change(change, f"the {given.by}'s {given.move} is recorded")
    return 0


def _note_arguments(parser: ArgumentParser) -> None:
    add_case(parser)
    parser.add_argument("text", metavar="T", help="the note; - for standard input")


def _message_arguments(parser: ArgumentParser) -> None:
    add_case(parser)
    parser.add_argument("--to", required=True, type=one_of(Audience), help="buyer, seller or both")
    said = parser.add_mutually_exclusive_group(required=True)
    said.add_argument("--text", metavar="T", help="- for standard input")
    said.add_argument("--template", metavar="N", help="'disputes templates' lists them")


def _respond_arguments(parser: ArgumentParser) -> None:
    add_case(parser)
    parser.add_argument("--by", required=True, type=one_of(Party), help="seller or buyer")
    parser.add_argument(
        "--with", dest="move", required=True, type=one_of(PartyAct),
        help="accept, offer, reject, reply (seller); accept, request, decline, reply (buyer)",
    )  # fmt: skip
    parser.add_argument("--offer", type=int, metavar="N", help="which offer is accepted; the live one unless told")
    parser.add_argument("--amount", metavar="A", help="of an offer or a request")
    parser.add_argument("--remedy", type=one_of(Remedy), metavar="M", help=", ".join(Remedy))
    parser.add_argument("--text", metavar="T", help="what was said; - for standard input")
    parser.add_argument("--translation", metavar="T", default="", help="the text in a language that the desk reads")
    parser.add_argument("--automatic", action="store_true", help="a machine wrote the reply: it counts as no answer")
    add_occurred(parser)


COMMANDS = {
    "note": Command("disputes note C12 'Carrier confirms the loss.'", note, _note_arguments),
    "message": Command(
        "disputes message C12 --to seller --text 'Please send the tracking number.'",
        message,
        _message_arguments,
    ),
    "respond": Command(
        "disputes respond C12 --by seller --with offer --remedy partial_refund --amount 8.50",
        respond,
        _respond_arguments,
    ),
}
