"""Goodwill: extra money of the platform's. It is in no refund, no outcome, and no sum of either."""

from __future__ import annotations

from datetime import datetime

from models.actor import Actor
from models.errors import Refused
from models.rules import money
from models.rules.act import Act
from models.rules.case import Case, Goodwill
from models.vocabulary import ClosedAs, RefundState


def give(case: Case, act: Act, recorded_at: datetime) -> None:
    """Instructed, then confirmed or failed."""
    assert act.refund is not None
    if act.refund is RefundState.INSTRUCTED:
        number = len(case.goodwill) + 1
        case.goodwill.append(Goodwill(number, act.amount_minor or 0, act.refund, act.by, act.occurred_at))
        return
    underway = case.goodwill_underway()
    assert underway is not None
    underway.state, underway.settled_at = act.refund, act.occurred_at


def in_order(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    """One payment at a time, with a reason: whoever sends the command twice does not pay twice."""
    underway = case.goodwill_underway()
    if act.refund is not RefundState.INSTRUCTED:
        if underway is None:
            raise Refused("no_instruction", f"No goodwill is instructed that could be {act.refund}.")
        return
    if case.closed_as is ClosedAs.MERGED:
        raise Refused("merged", "The case was merged into another: give goodwill there.")
    if underway is not None:
        shown = f"{money.text(underway.amount_minor, case.currency)} {case.currency}"
        raise Refused(
            "double_goodwill", f"{shown} is already instructed as goodwill: confirm it or record its failure first."
        )
    if not act.amount_minor or act.amount_minor < 0:
        raise Refused("amount", "Goodwill is an amount above 0.")
    if act.text_digest is None:
        raise Refused("note", "Goodwill needs a note that says why.")


def confirmed_minor(case: Case) -> int:
    """What the buyer surely got beside any refund."""
    return sum(each.amount_minor for each in case.goodwill if each.state is RefundState.CONFIRMED)
