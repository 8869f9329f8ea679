"""To whom a promise that was broken is booked."""

from __future__ import annotations

from datetime import datetime, timedelta

from models.rules import reach
from models.rules.case import Case
from models.rules.clocks import KINDS, Clock
from models.rules.ledger import Ledger
from models.vocabulary import Ball, ClockKind, Hold, Party

SECOND = timedelta(seconds=1)
PARTY_OF = {Ball.BUYER: Party.BUYER, Ball.SELLER: Party.SELLER, Ball.PLATFORM: Party.PLATFORM}
"""Whose turn of the ledger is whose; nobody's is not here."""


def booked_to(clock: Clock, case: Case, ledger: Ledger, now: datetime) -> Party:
    """A promise of one party is that party's; of what was asked, the asked one's.

    The resolution is promised by the platform and can be lost by anybody: it is booked to whoever had the ball longest,
    time under a legal hold not counted, and to the platform where several had it as long, or where it told the seller
    so late that the promise could not be kept any more. The end of talks is promised by both parties: it is booked to
    who had the ball when it was due.
    """
    if clock.kind is ClockKind.RESOLUTION:
        if reach.was_told_too_late(case, now):
            return Party.PLATFORM
        return max(_PLATFORM_FIRST, key=lambda party: ledger.seconds_of(Ball(party), without=Hold.LEGAL))
    owner = KINDS[clock.kind].owner
    if owner is not None:
        return owner
    if clock.kind is ClockKind.INFO:
        asked = (each.party for each in case.questions if each.asked_at == clock.started_at)
        return next(asked, Party.PLATFORM)
    ball = ledger.ball_at(clock.due_at - SECOND)  # at the instant itself the platform has stepped in
    return Party.PLATFORM if ball is None else PARTY_OF.get(ball, Party.PLATFORM)


_PLATFORM_FIRST = (Party.PLATFORM, Party.SELLER, Party.BUYER)
"""Of equals the first is taken."""
