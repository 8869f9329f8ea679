"""The platform's ruling, and the money that follows."""

from __future__ import annotations

import re
from argparse import ArgumentParser, Namespace

from console.arguments import add_case, add_occurred, given_text, one_of
from console.command import Command
from console.commands.done import case_id, print_change, shown
from console.output.sink import say
from console.session import Session
from models.errors import Misused
from models.operations import appealing, deciding, refunding
from models.operations.change import Change
from models.operations.deciding import DecisionPreview
from models.queries.named_case import currency_of
from models.rules import evidence, money
from models.rules.approval import Point, RulingDraft
from models.text import visible
from models.vocabulary import AppealResult, Outcome, Party, Payer, RefundState, State

BARS = re.compile(r"(?<!\\)\|")
"""Between the parts of a point; one that belongs to a text has a backslash before it."""


def decide(session: Session, given: Namespace) -> int:
    actor = session.actor()
    case = case_id(given)
    ruling = _ruling(given, currency_of(case))
    if given.preview:
        _print_preview(case, deciding.preview_decision(actor, case=case, ruling=ruling))
        return 0
    _print_ruled(deciding.decide(actor, case=case, ruling=ruling), "decided")
    return 0


def rule(session: Session, given: Namespace) -> int:
    actor = session.actor()
    case = case_id(given)
    ruling = _ruling(given, currency_of(case))
    if given.preview:
        _print_preview(case, appealing.preview_ruling(actor, case=case, result=given.result, ruling=ruling))
        return 0
    _print_ruled(appealing.rule(actor, case=case, result=given.result, ruling=ruling), f"appeal {given.result}")
    return 0


def _print_ruled(change: Change, said: str) -> None:
    if change.after.state is State.PENDING_APPROVAL:
        print_change(change, f"{said}; waits for a second person, hash {(change.act.hash or '')[:12]}")
    else:
        print_change(change, said)


def approve(session: Session, given: Namespace) -> int:
    actor = session.actor()
    print_change(deciding.approve(actor, case=case_id(given), hash=given.hash), "approved")
    return 0


def send_back(session: Session, given: Namespace) -> int:
    actor = session.actor()
    print_change(deciding.send_back(actor, case=case_id(given), note=given_text(given.note)), "sent back")
    return 0


def refund(session: Session, given: Namespace) -> int:
    actor = session.actor()
    change = refunding.refund(
        actor, case=case_id(given), state=given.state, ref=given.ref or "", occurred_at=given.occurred_at
    )
    amount = money.text(change.act.amount_minor or 0, change.after.currency)
    print_change(change, f"refund of {amount} {change.after.currency} {given.state}")
    return 0


def _ruling(given: Namespace, currency: str) -> RulingDraft:
    return RulingDraft(
        outcome=given.outcome,
        amount_minor=None if given.amount is None else money.minor(given.amount, currency),
        payer=given.payer,
        freight=given.freight,
        findings=tuple(given.finding),
        points=tuple(_point(text) for text in given.point),
        basis=tuple(given.basis),
        note=given_text(given.note),
        to_buyer=given_text(given.to_buyer) if given.to_buyer else "",
        to_seller=given_text(given.to_seller) if given.to_seller else "",
    )


def _point(text: str) -> Point:
    cells = [cell.strip().replace("\\|", "|") for cell in BARS.split(text)]
    if len(cells) != 5 or not cells[0]:
        raise Misused(f"A point is 'POINT|CLAIMED|ANSWERED|SHOWN|FOUND', five parts; '{text}' has {len(cells)}.")
    return Point(*cells)


def _print_preview(case: int, found: DecisionPreview) -> None:
    before, after = found.change.before, found.change.after
    say(f"C{case} would go from {before.state} to {after.state}. Nothing was written.")
    payer = f", paid by {found.change.act.payer}" if found.change.act.payer else ""
    say(f"Refund: {money.text(found.refund_minor, found.currency)} {found.currency} of "
          f"{money.text(before.most_minor, found.currency)} refundable{payer}.")  # fmt: skip
    for extra in before.goodwill:
        paid = f"{money.text(extra.amount_minor, found.currency)} {found.currency}"
        say(f"Goodwill beside it, in no sum: {paid} {extra.state}.")
    for line in found.basis:
        size = f" ({line.percent}%)" if line.percent is not None else ""
        say(f"  {line.kind}{size}: {money.text(line.amount_minor, found.currency)}")
    if found.change.act.freight is not None:
        say(f"The {found.change.act.freight} pays for sending the goods back.")
    if found.stood_minor is not None:
        _print_difference(found)
    for clock in found.clocks_that_stop:
        say(f"Clock {clock.kind} stops: {clock.end}, due {shown(clock.due_at)}.")
    for side in evidence.both(before):
        say(f"Evidence of the {side.side}: {side.said}.")
    for why in found.second_person_because:
        say(f"A second person must approve: {why}")
    say(f"To the buyer: {visible(found.to_buyer)}")
    say(f"To the seller: {visible(found.to_seller)}")


def _print_difference(found: DecisionPreview) -> None:
    stood, paid = found.stood_minor or 0, found.change.before.confirmed_minor
    say(f"The ruling that stands gives {money.text(stood, found.currency)}; the difference is "
          f"{money.text(found.refund_minor - stood, found.currency)} {found.currency}.")  # fmt: skip
    if underway := found.change.before.underway_minor:
        say(f"Instructed and not confirmed, in no sum: {money.text(underway, found.currency)} {found.currency}.")
    if found.due_minor < 0:
        say(f"Already paid: {money.text(paid, found.currency)}. "
              f"{money.text(-found.due_minor, found.currency)} {found.currency} is not recoverable by us.")  # fmt: skip
    else:
        say(f"Already paid: {money.text(paid, found.currency)}. Still due then: "
              f"{money.text(found.due_minor, found.currency)} {found.currency}.")  # fmt: skip


def _rule_arguments(parser: ArgumentParser) -> None:
    results = ", ".join(AppealResult)
    parser.add_argument("--result", type=one_of(AppealResult), required=True, metavar="R", help=results)
    _ruling_arguments(parser, is_required=False)


def _decide_arguments(parser: ArgumentParser) -> None:
    _ruling_arguments(parser, is_required=True)


def _ruling_arguments(parser: ArgumentParser, *, is_required: bool) -> None:
    add_case(parser)
    parser.add_argument("--outcome", type=one_of(Outcome), required=is_required, metavar="O", help=", ".join(Outcome))
    parser.add_argument(
        "--amount", metavar="A", help="all that is refundable, or what the basis adds up to, unless told"
    )
    parser.add_argument("--payer", type=one_of(Payer), metavar="P", help="seller, platform or split")
    parser.add_argument(
        "--freight", type=one_of(Party), metavar="P", help="who pays for the way back; the seller unless told"
    )
    parser.add_argument(
        "--finding", nargs="+", action="extend", default=[], metavar="CODE", help="such as seller_silent"
    )
    parser.add_argument("--point", action="append", default=[], metavar='"P|CLAIMED|ANSWERED|SHOWN|FOUND"')
    parser.add_argument("--basis", nargs="+", action="extend", default=[], metavar="KIND=A|N%%")
    parser.add_argument("--note", default="", metavar="T", help="what was found; - for standard input")
    parser.add_argument("--to-buyer", metavar="T", help="the statement to the buyer; built from the findings if absent")
    parser.add_argument("--to-seller", metavar="T", help="the statement to the seller")
    parser.add_argument("--preview", action="store_true", help="show what would happen, write nothing")


def _approve_arguments(parser: ArgumentParser) -> None:
    add_case(parser)
    parser.add_argument("--hash", required=True, metavar="H", help="of what was read, at least its first eight signs")


def _send_back_arguments(parser: ArgumentParser) -> None:
    add_case(parser)
    parser.add_argument("--note", required=True, metavar="T", help="what is missing")


def _refund_arguments(parser: ArgumentParser) -> None:
    add_case(parser)
    parser.add_argument("state", type=one_of(RefundState), help="instructed, confirmed or failed")
    parser.add_argument("--ref", metavar="R", help="the payment's own number")
    add_occurred(parser)


COMMANDS = {
    "decide": Command(
        "disputes decide C12 --outcome full_refund --payer seller --finding seller_silent --note 'No answer.'",
        decide,
        _decide_arguments,
    ),
    "rule": Command(
        "disputes rule C12 --result upheld --note 'The photos show what the listing shows.'",
        rule,
        _rule_arguments,
    ),
    "approve": Command("disputes approve C12 --hash 3fa9c1d2", approve, _approve_arguments),
    "send-back": Command(
        "disputes send-back C12 --note 'Which carrier said so?'",
        send_back,
        _send_back_arguments,
    ),
    "refund": Command(
        "disputes refund C12 confirmed --ref TX-1",
        refund,
        _refund_arguments,
    ),
}
