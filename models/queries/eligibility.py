"""Whether what has been filled in may become a case, as the store stands now."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

from models import clock
from models.dataclass import dataclass
from models.errors import DeskError, Misused, NotFound, Refused
from models.nearest import nearest
from models.queries import parties
from models.queries.orders import find_order
from models.queries.policies import in_force
from models.rules import eligibility, evidence, money
from models.rules.eligibility import Facts, Verdict
from models.rules.intake import Intake
from models.rules.policy import Policy
from models.tables import Dispute, Line, Order
from models.vocabulary import OPEN_STATES, REASON_CODES, EvidenceKind, Party, Remedy, State


@dataclass(frozen=True, slots=True)
class Judged:
    """What is known of a claim, and what the rules say to it."""

    order_id: int | None
    facts: Facts
    verdicts: tuple[Verdict, ...]
    policy_version: int
    """The one in force, by which they were reached."""

    @property
    def against(self) -> tuple[Verdict, ...]:
        return tuple(verdict for verdict in self.verdicts if not verdict.passes)


def judged(intake: Intake) -> Judged:
    """Every rule, as far as the claim is filled in. Raises Misused where the order's name fits several."""
    rules = in_force()
    order_id, facts = _facts(intake, rules)
    return Judged(order_id, facts, eligibility.verdicts(facts, clock.now(), rules), rules.version)


def checked(intake: Intake) -> None:
    """Raise Refused where a value is none: an unknown reason or remedy, an amount that is no amount."""
    if intake.reason and intake.reason not in REASON_CODES:
        raise Refused("reason", f"'{intake.reason}' is no reason.{_hint(intake.reason, REASON_CODES)}")
    if intake.remedy and intake.remedy not in set(Remedy):
        raise Refused("remedy", f"'{intake.remedy}' is no remedy.{_hint(intake.remedy, tuple(Remedy))}")
    unknown = [rule for rule in intake.overrides if rule not in eligibility.INELIGIBLE]
    if unknown:
        rules = tuple(eligibility.INELIGIBLE)
        raise Refused("rule", f"'{unknown[0]}' is no rule of eligibility.{_hint(unknown[0], rules)}")


def _hint(word: str, words: tuple[str, ...]) -> str:
    near = nearest(word, words)
    return f" Did you mean {near}?" if near else f" It is one of {', '.join(words)}."


def _facts(intake: Intake, rules: Policy) -> tuple[int | None, Facts]:
    remedy = Remedy(intake.remedy) if intake.remedy in set(Remedy) else None
    told = Facts(
        order=intake.order.strip(),
        reason=intake.reason,
        remedy=remedy,
        evidence_missing=_missing(intake, rules, None, ""),
    )
    order_id = None
    if told.order:
        with suppress(NotFound):
            order_id = find_order(told.order)
    if order_id is None:
        return None, told
    order: Any = Order.get_by_id(order_id)
    held = parties.suspension(order.buyer_id, clock.now())
    amount = amount_of(intake, order.currency)
    return order_id, replace(
        told,
        is_order_known=True,
        currency=order.currency,
        protection_ends_at=order.protection_ends_at,
        completed_at=order.completed_at,
        live_cases=_live(order_id, intake.lines),
        amount_minor=amount,
        evidence_missing=_missing(intake, rules, amount, order.currency),
        refundable_minor=refundable(order, intake.lines),
        suspended_until=held.until if held else None,
        suspended_because=held.note if held else "",
    )


def _missing(intake: Intake, rules: Policy, amount_minor: int | None, currency: str) -> tuple[str, ...]:
    """What the reason asks of the buyer and no piece meets."""
    line = rules.high_value_minor(currency) if currency else 0
    found = evidence.judged(
        {EvidenceKind(piece.kind) for piece in intake.shown if piece.kind in set(EvidenceKind)},
        intake.reason,
        Party.BUYER,
        policy_version=rules.version,
        is_above_high_value=line is None or (amount_minor or 0) > line,
    )
    return tuple(" or ".join(need.one_of) for need in found.missing)


def amount_of(intake: Intake, currency: str) -> int | None:
    """None where nothing, or no amount, is typed: the rule says so."""
    try:
        return money.minor(intake.amount.strip(), currency) if intake.amount.strip() else None
    except DeskError:
        return None


def _live(order_id: int, lines: tuple[int, ...]) -> tuple[str, ...]:
    """Cases that are not over and dispute a line that this claim disputes too."""
    live = [*OPEN_STATES, State.DRAFT]
    rows: Any = Dispute.select(Dispute.id, Dispute.lines).where((Dispute.order == order_id) & Dispute.state.in_(live))
    return tuple(
        f"C{number}"
        for number, theirs in rows.order_by(Dispute.id).tuples()
        if not lines or not theirs or set(lines) & set(map(int, theirs.split()))
    )


def refundable(order: Any, lines: tuple[int, ...]) -> int:
    """The disputed lines within what was paid, less what other cases of the order have given back or promised.

    Without a named line it is the whole order. Raises Misused for a line that the order does not have.
    """
    rows: Any = Line.select(Line.number, Line.amount_minor).where(Line.order == order.id).order_by(Line.number)
    amounts: dict[int, int] = dict(rows.tuples())
    unknown = sorted(set(lines) - set(amounts))
    if unknown:
        raise Misused(f"Order {order.ref} has no line {unknown[0]}; its lines are {', '.join(map(str, amounts))}.")
    whole = sum(amounts.values()) if order.paid_minor is None else int(order.paid_minor)
    disputed = min(whole, sum(amounts[number] for number in lines)) if lines else whole
    others: Any = Dispute.select(Dispute.confirmed_minor, Dispute.refund_minor).where(Dispute.order == order.id)
    given: int = sum(max(confirmed, promised or 0) for confirmed, promised in others.tuples())
    return max(0, min(disputed, whole - given))
