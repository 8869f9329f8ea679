"""What can be noted of a seller alone: a tier, and when they are away."""

from __future__ import annotations

from argparse import ArgumentTypeError, Namespace
from datetime import datetime, timedelta
from typing import NamedTuple

from console.arguments import ahead, span
from console.commands.done import shown
from models.actor import Actor
from models.errors import Misused
from models.operations import sellers


class Until(NamedTuple):
    """A day is its midnight where something ends then, and all of it where it is the last one."""

    first: datetime
    last: datetime


def until(text: str) -> Until:
    first = ahead(text)
    try:
        return Until(first, span(text)[1])
    except ArgumentTypeError:  # a duration from now
        return Until(first, first)


def _tier(actor: Actor, number: int, given: Namespace) -> str:
    if given.value is None:
        raise Misused("'party tier' needs the tier, such as gold; none takes it away.")
    tier = "" if given.value == "none" else given.value
    sellers.change_tier(actor, party=number, tier=tier)
    return f"is {tier} now." if tier else "has no tier now."


def _holiday(actor: Actor, number: int, given: Namespace) -> str:
    if given.since is None or (given.until is None and not given.call_off):
        raise Misused("'party holiday' needs --from D, and --until D or --call-off.")
    from_at = given.since[0]
    if given.call_off:
        sellers.call_off_holiday(actor, party=number, from_at=from_at)
        return f"called off the holiday from {shown(from_at)}. Answers that are owed keep their due instants."
    to_at = given.until.last + timedelta(seconds=1)
    sellers.declare_holiday(actor, party=number, from_at=from_at, to_at=to_at)
    return (
        f"is away from {shown(from_at)} to {shown(to_at)}; cases that they are told of from now on do not count that."
    )


OF_SELLERS = {"tier": _tier, "holiday": _holiday}
"""By the word behind the party."""
