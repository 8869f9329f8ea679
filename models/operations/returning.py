"""Goods on their way back to the seller."""

from __future__ import annotations

from datetime import datetime

from models import clock
from models.actor import Actor
from models.operations.change import Change, Words, carry_out
from models.rules.act import Act, Verb
from models.vocabulary import Party, ReturnStep

NOBODYS = frozenset({ReturnStep.DELIVERED, ReturnStep.FAILED})
"""A carrier says so, and neither party."""


def record_return(
    actor: Actor,
    *,
    case: int,
    step: ReturnStep,
    note: str = "",
    occurred_at: datetime | None = None,
    seen_version: int | None = None,
) -> Change:
    """What became of the goods: on their way, there, taken back, or one of the five ways in which that goes wrong."""
    party = None if step in NOBODYS else Party.BUYER if step is ReturnStep.SHIPPED else Party.SELLER
    act = Act(verb=Verb.RETURN, occurred_at=occurred_at or clock.now(), step=step, party=party)
    return carry_out(actor, case, act, words=Words(note), seen_version=seen_version)
