"""Whether a claim may become a case: a list of rules, each with its verdict and the instant at which that changes.

Asked when an agent opens a case. A file tells history: what it brings is not asked, and that is no override.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from models.dataclass import dataclass
from models.rules import money
from models.rules.evidence import all_of
from models.rules.policy import Policy
from models.vocabulary import RETURN_ALLOWED, Remedy


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the rules look at; None or empty where it is not known, or not filled in yet."""

    order: str = ""
    """What was given as the order."""
    is_order_known: bool = False
    currency: str = ""
    protection_ends_at: datetime | None = None
    """As imported, never computed."""
    completed_at: datetime | None = None
    live_cases: tuple[str, ...] = ()
    """Codes of cases that are not over, on the same lines."""
    reason: str = ""
    remedy: Remedy | None = None
    amount_minor: int | None = None
    refundable_minor: int = 0
    """The disputed lines within what was paid, less what other cases of the order give back."""
    evidence_missing: tuple[str, ...] = ()
    """What the buyer has not shown of what the reason asks for, each as alternatives in words."""
    suspended_until: datetime | None = None
    suspended_because: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One rule, judged."""

    rule: str
    passes: bool
    sentence: str
    """Why; where it fails, what would satisfy it."""
    flips_at: datetime | None = None
    """When time alone turns the verdict round; None where it never does."""


@dataclass(frozen=True, slots=True)
class Rule:
    name: str
    label: str
    to_buyer: str
    """The ground of a refusal as the buyer is told it."""
    judge: Callable[[Facts, datetime, Policy], Verdict]
    can_be_set_aside: bool = True
    """By a supervisor; without an order there is no case, and no override makes money refundable."""


def verdicts(facts: Facts, now: datetime, policy: Policy) -> tuple[Verdict, ...]:
    """Every rule judged at `now`, in the order of the list."""
    return tuple(rule.judge(facts, now, policy) for rule in RULES)


def _order_known(facts: Facts, now: datetime, policy: Policy) -> Verdict:
    if facts.is_order_known:
        return Verdict("order_known", True, f"Order {facts.order} is known.")
    if not facts.order:
        return Verdict("order_known", False, "No order is chosen yet.")
    return Verdict("order_known", False, f"No order {facts.order} is known: import it, or look for it by its buyer.")


def _protection(facts: Facts, now: datetime, policy: Policy) -> Verdict:
    """Before the end of protection (exclusive), or within the days after completion (inclusive)."""
    days = policy.opens_after_completion.days
    protected_until = facts.protection_ends_at
    until = None if facts.completed_at is None else facts.completed_at + policy.opens_after_completion
    if not facts.is_order_known:
        return Verdict("protection", False, "Protection is an order's: choose the order.")
    if protected_until is None and until is None:
        return Verdict("protection", True, "No end of protection and no completion of the order is known.")
    ends = max(instant for instant in (protected_until, until) if instant is not None)
    if protected_until is not None and now < protected_until:
        return Verdict("protection", True, f"Buyer protection lasts until {_shown(protected_until)}.", ends)
    if until is not None and now <= until:
        sentence = f"The order was completed less than {days} days ago: until {_shown(until)}."
        return Verdict("protection", True, sentence, ends)
    return Verdict("protection", False, f"Protection ended {_shown(ends)}; a case had to be opened before.")


def _no_live_case(facts: Facts, now: datetime, policy: Policy) -> Verdict:
    if facts.live_cases:
        codes = ", ".join(facts.live_cases)
        return Verdict("no_live_case", False, f"{codes} is live on the same lines: go on there, or name other lines.")
    return Verdict("no_live_case", True, "No other case is live on the same lines.")


def _remedy(facts: Facts, now: datetime, policy: Policy) -> Verdict:
    if not facts.reason or facts.remedy is None:
        missing = "reason" if not facts.reason else "remedy"
        return Verdict("remedy", False, f"No {missing} is chosen yet.")
    family = facts.reason.partition("/")[0]
    if facts.remedy is Remedy.RETURN_AND_REFUND and family not in RETURN_ALLOWED:
        return Verdict("remedy", False, f"Goods cannot go back for {facts.reason}: choose a remedy without return.")
    return Verdict("remedy", True, f"{facts.remedy} is possible for {facts.reason}.")


def _amount(facts: Facts, now: datetime, policy: Policy) -> Verdict:
    if not facts.is_order_known:
        return Verdict("amount", False, "What can be refunded is the order's: choose the order.")
    most = f"{money.text(facts.refundable_minor, facts.currency)} {facts.currency}"
    if facts.amount_minor is None:
        return Verdict("amount", False, f"No amount is given yet; up to {most} can be refunded.")
    amount = f"{money.text(facts.amount_minor, facts.currency)} {facts.currency}"
    if 0 < facts.amount_minor <= facts.refundable_minor:
        return Verdict("amount", True, f"{amount} is within the refundable {most}.")
    if facts.refundable_minor <= 0:
        return Verdict("amount", False, f"Nothing can be disputed: {most} of the lines can be refunded.")
    return Verdict("amount", False, f"{amount} is not above 0 and up to the refundable {most}.")


def _evidence(facts: Facts, now: datetime, policy: Policy) -> Verdict:
    if not facts.reason:
        return Verdict("evidence", False, "What the buyer must show is the reason's: choose the reason.")
    if facts.evidence_missing:
        missing = all_of(facts.evidence_missing)
        return Verdict("evidence", False, f"The buyer has not shown {missing}: add it to the claim.")
    return Verdict("evidence", True, f"The buyer has shown what {facts.reason} asks for.")


def _not_suspended(facts: Facts, now: datetime, policy: Policy) -> Verdict:
    until = facts.suspended_until
    if not facts.is_order_known:
        return Verdict("buyer_suspended", True, "Whether the buyer is suspended shows with the order.")
    if until is None or now >= until:
        return Verdict("buyer_suspended", True, "The buyer is not suspended.")
    words = " ".join(facts.suspended_because.split()).rstrip(".")
    because = f": {words}" if words else ""
    return Verdict("buyer_suspended", False, f"The buyer is suspended until {_shown(until)}{because}.", until)


def _shown(instant: datetime) -> str:
    return f"{instant:%Y-%m-%dT%H:%M:%SZ}"


RULES: tuple[Rule, ...] = (
    Rule("order_known", "order", "we do not know this order", _order_known, can_be_set_aside=False),
    Rule("protection", "protection", "the time in which a dispute can be opened is over", _protection),
    Rule("no_live_case", "no live case", "another dispute about the same items is still open", _no_live_case),
    Rule("remedy", "remedy", "what you ask for is not possible for this reason", _remedy),
    Rule("amount", "amount", "the amount cannot be refunded", _amount, can_be_set_aside=False),
    Rule("evidence", "evidence", "what you have shown is not enough", _evidence),
    Rule("buyer_suspended", "buyer", "your account is suspended from opening disputes", _not_suspended),
)
"""In the order in which an agent meets them."""

INELIGIBLE: dict[str, Rule] = {rule.name: rule for rule in RULES}
"""By their names: the grounds on which a claim can be refused or a supervisor can override."""
