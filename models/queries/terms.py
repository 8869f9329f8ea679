"""The one table of the query language's terms: the parser, the compiler, help and completion read it."""

from __future__ import annotations

from enum import StrEnum

from models.dataclass import dataclass
from models.vocabulary import OPEN_STATES, REASON_CODES, REASONS, Ball, ClockKind, Outcome, State


class Takes(StrEnum):
    """What stands behind a term's name."""

    WORD = "word"
    """A word of a closed list, after a colon."""
    TEXT = "text"
    """Any text, after a colon."""
    AMOUNT = "amount"
    """Money in major units, compared."""
    INSTANT = "instant"
    """An instant, a day or a duration, compared."""
    DURATION = "duration"
    """Compared."""


@dataclass(frozen=True, slots=True)
class Term:
    name: str
    """`state`, or for the words of `is:` the whole of it, such as `is:overdue`."""
    what: str
    example: str
    takes: Takes = Takes.WORD
    values: tuple[str, ...] = ()
    """The closed list."""
    needs_present: bool = False
    """Only the present is known of it, so it is refused for a past instant."""


CLOCKS = tuple(ClockKind)

TERMS: tuple[Term, ...] = (
    Term("is:overdue", "a clock is past its due instant and still runs", "is:overdue"),
    Term("is:due_soon", "a clock has used up 80 % of its time or has 24 hours left", "is:due_soon"),
    Term("is:open", "neither resolved nor closed", "is:open"),
    Term("is:closed", "final", "is:closed"),
    Term("is:breached", "a clock was ever past due, whatever came after", "is:breached"),
    Term("is:escalated", "the platform was asked to step in", "is:escalated"),
    Term("is:unassigned", "nobody has it", "is:unassigned", needs_present=True),
    Term("is:mine", "assigned to you", "is:mine", needs_present=True),
    Term("is:triage", "its reason must be settled before a decision", "is:triage", needs_present=True),
    Term("is:held", "on hold: legal, outage or risk", "is:held", needs_present=True),
    Term("is:watched", "you follow it", "is:watched", needs_present=True),
    Term("is:flagged", "a flag on one of its parties waits for a supervisor", "is:flagged", needs_present=True),
    Term("is:reminder_due", "your reminder has come", "is:reminder_due", needs_present=True),
    Term("is:high_value", "at or above the line of its currency", "is:high_value"),
    Term("is:refund_due", "an outcome stands and its refund is not confirmed", "is:refund_due", needs_present=True),
    Term("state", "where the case stands; of the past only resolved and closed are known", "state:in_review",
         values=tuple(State)),
    Term("reason", "a family, or family/sub", "reason:not_received", values=(*REASONS, *REASON_CODES)),
    Term("ball", "who must act next", "ball:seller", values=tuple(Ball), needs_present=True),
    Term("outcome", "what stands in the end", "outcome:full_refund", values=tuple(Outcome)),
    Term("clock", "this clock runs", "clock:review", values=CLOCKS),
    Term("overdue", "this clock is overdue", "overdue:seller_response", values=CLOCKS),
    Term("ref", "the whole reference of the case in its source", "ref:D-1001", Takes.TEXT),
    Term("order", "the whole reference of the order", "order:O-77", Takes.TEXT),
    Term("source", "where the case comes from", "source:shop", Takes.TEXT),
    Term("owner", "the agent who has it: a login, me or none", "owner:none", Takes.TEXT, needs_present=True),
    Term("seller", "a whole reference, or part of a name", 'seller:"blue lamp"', Takes.TEXT),
    Term("buyer", "a whole reference, or part of a name", "buyer:B-5", Takes.TEXT),
    Term("amount", "the disputed money in major units of its currency", "amount>200", Takes.AMOUNT),
    Term("opened", "when it was opened; a duration is its age", "opened<3d", Takes.INSTANT),
    Term("due", "when the next clock is due; a duration looks ahead", "due<24h", Takes.INSTANT),
    Term("decided", "when an outcome was reached; a duration is its age", "decided=2026-03-01..2026-03-31",
         Takes.INSTANT),
    Term("overdue_by", "how long the longest overdue clock is late", "overdue_by>2d", Takes.DURATION),
)  # fmt: skip

IS_WORDS: dict[str, Term] = {term.name.removeprefix("is:"): term for term in TERMS if term.name.startswith("is:")}
NAMED: dict[str, Term] = {term.name: term for term in TERMS if not term.name.startswith("is:")}
NAMES = ("is", *NAMED)
"""Everything that can stand in front of a colon or a sign."""


def words_of(name: str) -> tuple[str, ...]:
    """The closed list behind `name:`; empty where anything can stand there."""
    return tuple(IS_WORDS) if name == "is" else NAMED[name].values


@dataclass(frozen=True, slots=True)
class Narrow:
    """What is to be known of a term that finds few cases of all, by an index of its own."""

    order: str = ""
    """The sort key that its index also gives; empty where the order asked for needs no care."""
    is_listed: bool = True
    """Its cases can be named quickly, so that a search looks among these alone."""
    is_rare: bool = False
    """They are so few that those among them which contain some words are sorted when they are found."""


NARROW: dict[str, Narrow] = {
    "is:open": Narrow(),
    **{f"state:{state}": Narrow() for state in OPEN_STATES},
    "is:triage": Narrow("opened"),
    "is:flagged": Narrow("opened", is_rare=True),
    "is:held": Narrow("opened", is_rare=True),
    "is:refund_due": Narrow("decided", is_rare=True),
    "is:reminder_due": Narrow(is_rare=True),
    "is:watched": Narrow(is_rare=True),
    "clock": Narrow(),
    "ref": Narrow(is_rare=True),
    "order": Narrow(is_rare=True),
    "seller": Narrow(is_rare=True),
    "buyer": Narrow(is_rare=True),
    "overdue:seller_response": Narrow("seller_due"),
    "is:overdue": Narrow("due"),
    "is:due_soon": Narrow("due", is_listed=False),
    "overdue": Narrow("due", is_listed=False),
    "due": Narrow("due"),
    "overdue_by": Narrow("due"),
}
"""By the term, or by its name alone whatever stands behind it."""
