"""What is known of a party over time: facts with numerator and denominator, never a verdict. And what may follow."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from models.dataclass import dataclass
from models.errors import Refused
from models.rules.policy import Policy
from models.vocabulary import FlagReview

PERIODS = (timedelta(days=90), timedelta(days=365))
"""How far back each fact looks, by when cases were opened."""


class Taken(StrEnum):
    """What a supervisor can do about a party."""

    NOTE = "note"
    WARNING = "warning"
    SUSPENSION = "suspension"


@dataclass(frozen=True, slots=True)
class Fact:
    """`count` of `of`; what both count is said by the label."""

    name: str
    days: int
    count: int
    of: int
    label: str


@dataclass(frozen=True, slots=True)
class Step:
    """A note, a warning or a suspension that was given."""

    kind: Taken
    made_at: datetime
    made_by: str
    note: str
    until: datetime | None = None
    is_grave: bool = False


REVIEWS: dict[Taken, FlagReview] = {
    Taken.NOTE: FlagReview.NOTED,
    Taken.WARNING: FlagReview.WARNED,
    Taken.SUSPENSION: FlagReview.SUSPENDED,
}
"""What each makes of the party's flags that wait."""


def suspended_until(steps: tuple[Step, ...], at: datetime) -> Step | None:
    """The suspension that holds at `at` and lasts longest."""
    holding = [
        step for step in steps if step.kind is Taken.SUSPENSION and step.until and step.made_at <= at < step.until
    ]
    return max(holding, key=lambda step: step.until or at, default=None)


def check_suspension(
    steps: tuple[Step, ...], until: datetime, now: datetime, policy: Policy, *, is_grave: bool
) -> None:
    """Raise Refused unless the suspension has a length and a ground.

    Its ground is a warning that still counts, or a grave forgery.
    """
    least, most = policy.suspension_at_least, policy.suspension_at_most
    if not now + least <= until <= now + most:
        raise Refused(
            "suspension_length",
            f"A suspension lasts {least.days} to {most.days} days: its end lies between "
            f"{now + least:%Y-%m-%dT%H:%M:%SZ} and {now + most:%Y-%m-%dT%H:%M:%SZ}.",
        )
    warned = [step for step in steps if step.kind is Taken.WARNING and step.made_at >= now - policy.warning_counts]
    if not warned and not is_grave:
        raise Refused(
            "suspension_ground",
            f"A suspension needs a warning within {policy.warning_counts.days} days before, or a grave forgery "
            "(--grave-forgery): warn the party first.",
        )
