"""What must hold before the sweep does something: time has made it due."""

from __future__ import annotations

from datetime import datetime

from models.actor import Actor
from models.errors import Refused
from models.rules import duties
from models.rules.act import Act
from models.rules.case import Case
from models.vocabulary import Role


def time_made_due(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    """Holds the sweep to its list. People do the same acts by their own rules."""
    if actor.role is Role.SWEEP and not duties.is_due(case, act, now):
        raise Refused("due", f"Time has not made '{act.verb}' due in this case.")
