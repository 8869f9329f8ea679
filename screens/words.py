"""Values of the domain in an agent's words; short, so that a line of eighty columns holds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo

from models.columns import Money
from models.rules import money
from models.vocabulary import Ball, State

STATES: dict[str, str] = {
    State.DRAFT: "draft",
    State.AWAITING_SELLER: "no answer",
    State.NEGOTIATION: "talks",
    State.IN_REVIEW: "in review",
    State.AWAITING_PARTY: "asked",
    State.PENDING_APPROVAL: "approval",
    State.AWAITING_RETURN: "return",
    State.RESOLVED: "resolved",
    State.IN_APPEAL: "in appeal",
    State.CLOSED: "closed",
}

BALLS: dict[str, str] = {Ball.BUYER: "buyer", Ball.SELLER: "seller", Ball.PLATFORM: "us", Ball.NONE: "nobody"}
"""Who must act next."""


def span(seconds: float) -> str:
    """A length of time in its two largest units: `3d 4h`, `5h 10m`, `12m`; days alone from a hundred on."""
    minutes = int(abs(seconds)) // 60
    days, hours = minutes // 1440, minutes // 60 % 24
    if days >= 100:
        return f"{days}d"
    if days:
        return f"{days}d {hours}h"
    return f"{hours}h {minutes % 60}m" if hours else f"{minutes % 60}m"


def due(due_at: datetime | None, now: datetime) -> str:
    """`3d 4h over` or `5h 10m left`; a dash where nothing is due."""
    if due_at is None:
        return "–"
    left = (due_at - now).total_seconds()
    return f"{span(left)} left" if left >= 0 else f"{span(left)} over"


def instant(at: datetime | None, zone: tzinfo) -> str:
    """An instant in the agent's zone, to the minute."""
    return "–" if at is None else f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def zone_name(at: datetime, zone: tzinfo) -> str:
    """What the clock on the screen is called, such as CET or UTC."""
    return at.astimezone(zone).tzname() or ""


def amount(value: Money | None) -> str:
    """`12.50 USD`; a dash where there is none."""
    return "–" if value is None else f"{money.text(value.amount_minor, value.currency)} {value.currency}"


def sums(minor_by_currency: Mapping[str, int], room: int) -> str:
    """Amounts of several currencies in `room` cells: as many as fit, the others counted."""
    amounts = [amount(Money(minor, currency)) for currency, minor in minor_by_currency.items() if minor]
    shown = ""
    for number, each in enumerate(amounts):
        rest = f"  +{len(amounts) - number} more"
        is_last = number + 1 == len(amounts)
        if shown and len(shown) + len(each) + 2 + (0 if is_last else len(rest)) > room:
            return shown + rest
        shown += ("  " if shown else "") + each
    return shown


def plain(code: str) -> str:
    """A code of a closed list as words: `not_received/in_transit_late` is `not received, in transit late`."""
    return code.replace("/", ", ").replace("_", " ")


def present(logins: Sequence[str]) -> str:
    """Who else has a case open; of many only how many there are."""
    if len(logins) > 2:
        return f"{len(logins)} others are here"
    return f"{' and '.join(logins)} {'is' if len(logins) == 1 else 'are'} here too"
