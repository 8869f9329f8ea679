"""What a query means, worked out case by case from the rules and never from the store: slow, and hard to get wrong."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from operator import eq, ge, gt, le, lt
from typing import Any as Anything

from models.folding import folded
from models.queries.standpoint import Standpoint
from models.queries.tree import All, Any, Compares, Has, Node, Not, Text
from models.rules import money
from models.rules.clocks import WINDOWS, Clock
from models.rules.policy import policy
from models.vocabulary import OPEN_STATES, ClockEnd, State
from tests.queries.cases import Made

SIGNS: dict[str, Callable[[Anything, Anything], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge, "=": eq}


def finds(node: Node, made: Made, point: Standpoint) -> bool:
    """Whether the query finds the case."""
    if point.is_given and made.case.opened_at > point.at:
        return False
    return holds(node, made, point)


def holds(node: Node, made: Made, point: Standpoint) -> bool:
    match node:
        case All(parts):
            return all(holds(part, made, point) for part in parts)
        case Any(parts):
            return any(holds(part, made, point) for part in parts)
        case Not(part):
            return not holds(part, made, point)
        case Text(text):
            return contains_words(text, made, point)
        case Has("is", value):
            return is_so(value, made, point)
        case Has(name, value):
            return has(name, value, made, point)
        case Compares(name, "=", value) if ".." in value:
            low, high = value.split("..")
            ends = ((">=", low), ("<=", high))
            return all(compared(name, sign, end, made, point) for sign, end in ends if end)
        case Compares(name, sign, value):
            return compared(name, sign, value, made, point)


def running(made: Made, point: Standpoint) -> list[Clock]:
    if not point.is_given:
        return [clock for clock in made.case.clocks if clock.is_running]
    return [
        clock
        for clock in made.case.clocks
        if clock.started_at <= point.at and (clock.stopped_at is None or clock.stopped_at > point.at)
    ]


def overdue(made: Made, point: Standpoint) -> list[Clock]:
    return [clock for clock in counting(made, point) if clock.due_at < point.at]


def counting(made: Made, point: Standpoint) -> list[Clock]:
    """Those that have a due instant to go by."""
    return [clock for clock in running(made, point) if not clock.is_held]


def is_so(word: str, made: Made, point: Standpoint) -> bool:
    case, at = made.case, point.at
    match word:
        case "overdue":
            return bool(overdue(made, point))
        case "due_soon":
            return any(
                clock.due_at >= at
                and not clock.is_paused(at)
                and (clock.due_at - at <= timedelta(hours=24) or at - clock.started_at >= 0.8 * whole(clock))
                for clock in running(made, point)
            )
        case "open":
            return is_open(made, point)
        case "closed":
            return happened(case.closed_at, point) if point.is_given else case.state is State.CLOSED
        case "breached":
            return any(broken(clock, point) for clock in case.clocks)
        case "escalated":
            return happened(case.escalated_at, point)
        case "unassigned":
            return not case.assignee
        case "mine":
            return case.assignee == point.login
        case "triage":
            return case.needs_triage
        case "held":
            return case.hold is not None
        case "flagged":
            return any(flag.review is None for flag in case.flags)
        case "watched":
            return any(each.login == point.login and each.stopped_at is None for each in case.watches)
        case "reminder_due":
            mine = [each for each in case.reminders if each.login == point.login and each.done_at is None]
            return any(each.due_at <= at for each in mine)
        case "high_value":
            line = policy(1).high_value_minor(case.currency)
            return line is None or case.amount_minor >= line
        case "refund_due":
            return case.outcome is not None and case.refund_minor > case.confirmed_minor and not is_open(made, point)
    raise AssertionError(f"no meaning for is:{word}")


def whole(clock: Clock) -> timedelta:
    return clock.due_at - clock.started_at


def broken(clock: Clock, point: Standpoint) -> bool:
    if not point.is_given:
        return clock.is_breached(point.at)
    if clock.started_at > point.at or clock.due_at >= point.at or clock.is_held:
        return False
    is_late = clock.stopped_at is None or clock.stopped_at > clock.due_at
    return is_late or clock.end is ClockEnd.MET_LATE_RECORDED


def is_open(made: Made, point: Standpoint) -> bool:
    case = made.case
    return not happened(case.ended_at, point) if point.is_given else case.state in OPEN_STATES


def happened(at: datetime | None, point: Standpoint) -> bool:
    return at is not None and (at <= point.at or not point.is_given)


def has(name: str, value: str, made: Made, point: Standpoint) -> bool:
    case, told = made.case, made.told
    match name:
        case "state" if point.is_given:
            has_ended, has_closed = happened(case.ended_at, point), happened(case.closed_at, point)
            return has_closed if value == State.CLOSED else has_ended and not has_closed
        case "state":
            return case.state == value
        case "reason":
            return value in (case.reason, case.reason.split("/")[0])
        case "ball":
            return case.ball == value
        case "outcome":
            return happened(case.decided_at, point) and case.outcome == value
        case "clock" if value in WINDOWS:
            return any(each.kind == value and each.started_at <= point.at <= each.due_at for each in case.clocks)
        case "clock":
            return any(clock.kind == value for clock in running(made, point))
        case "overdue":
            return any(clock.kind == value for clock in overdue(made, point))
        case "ref":
            return same(told.ref, value)
        case "order":
            return same(told.order_ref, value)
        case "source":
            return same(told.source, value)
        case "owner":
            return (
                not case.assignee
                if same(value, "none")
                else same(case.assignee, value if value != "me" else point.login)
            )
        case "seller":
            return same(told.seller_ref, value) or folded(value) in folded(told.seller_name)
        case "buyer":
            return same(told.buyer_ref, value) or folded(value) in folded(told.buyer_name)
    raise AssertionError(f"no meaning for {name}:")


def same(one: str, other: str) -> bool:
    return folded(one) == folded(other)


def contains_words(text: str, made: Made, point: Standpoint) -> bool:
    """Of the past: what the case contains today, if it was there by then."""
    told = made.told
    always = [told.description, told.item_title, told.buyer_name, told.seller_name]
    rested_on: list[datetime | None] = [ruling.proposed_at for ruling in made.case.rulings]
    dated = [*made.messages, *((told.decision_note, at) for at in rested_on or [made.case.decided_at])]
    said = [*always, *(each for each, at in dated if at is not None)]
    by_then = [*always, *(each for each, at in dated if happened(at, point))]
    is_there = any(says(each, text) for each in said)
    return is_there and (not point.is_given or any(folded(text) in folded(each) for each in by_then))


def says(text: str, phrase: str) -> bool:
    """The words of the phrase stand side by side in the text; the last, from three letters on, may be a beginning."""
    words, wanted = spelled(text), spelled(phrase)
    *whole, last = wanted
    return any(
        words[at : at + len(whole)] == whole
        and at + len(whole) < len(words)
        and (words[at + len(whole)] == last or (len(last) >= 3 and words[at + len(whole)].startswith(last)))
        for at in range(len(words))
    )


def spelled(text: str) -> list[str]:
    """Words of letters and digits; a Chinese or Japanese sign is a word."""
    return re.findall(r"[\u3040-\u30ff\u4e00-\u9fff]|[^\W_\u3040-\u30ff\u4e00-\u9fff]+", folded(text))


def compared(name: str, sign: str, value: str, made: Made, point: Standpoint) -> bool:
    case, at = made.case, point.at
    if name == "amount":
        return SIGNS[sign](Decimal(money.text(case.amount_minor, case.currency)), Decimal(value))
    if name == "overdue_by":
        late = [at - clock.due_at for clock in overdue(made, point)]
        return bool(late) and SIGNS[sign](max(late), duration(value))
    instant = instant_of(name, made, point)
    if instant is None:
        return False
    if value[-1] in "mhdw":
        ahead = instant - at if name == "due" else at - instant
        return SIGNS[sign](ahead, duration(value))
    if "t" in value.lower() and value != "today":
        return SIGNS[sign](instant, datetime.fromisoformat(value.upper()))
    day = at.date() if value == "today" else datetime.fromisoformat(value).date()
    return SIGNS[sign](instant.date(), day)


def instant_of(name: str, made: Made, point: Standpoint) -> datetime | None:
    if name == "opened":
        return made.case.opened_at
    if name == "due":
        return min((clock.due_at for clock in counting(made, point)), default=None)
    return made.case.decided_at if happened(made.case.decided_at, point) else None


def duration(text: str) -> timedelta:
    unit = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}[text[-1]]
    return timedelta(**{unit: int(text[:-1])})
