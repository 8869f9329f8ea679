"""Flags on the parties of a case: raised by anybody of the desk, reviewed by a supervisor. None of them decides."""

from __future__ import annotations

from datetime import datetime

from models.rules.act import Act
from models.rules.case import Case, Flag
from models.vocabulary import FlagReview


def raise_flag(case: Case, act: Act, recorded_at: datetime) -> None:
    assert act.party is not None
    if case.waiting_flag(act.party) is None:
        case.flags.append(Flag(len(case.flags) + 1, act.party, act.by, act.occurred_at))


def review(case: Case, act: Act, recorded_at: datetime) -> None:
    flag = case.waiting_flag(act.party)
    assert flag is not None and act.flag_review is not None
    flag.review, flag.reviewed_by, flag.reviewed_at = act.flag_review, act.by, act.occurred_at


def waits(case: Case) -> bool:
    """A supervisor has to look at one of them."""
    return any(flag.review is None for flag in case.flags)


def standing(case: Case) -> list[Flag]:
    """Flags that wait, and those that a supervisor found right: either calls for a second person."""
    return [flag for flag in case.flags if flag.review is not FlagReview.DISMISSED]


def said(flag: Flag) -> str:
    """`buyer, waits for review`, `seller, warned`."""
    return f"{flag.party}, {flag.review or 'waits for review'}"
