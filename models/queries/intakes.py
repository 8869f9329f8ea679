"""Claims that are half filled in: each is a draft of the agent who began it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from models.actor import Actor
from models.dataclass import dataclass
from models.errors import NotFound
from models.rules.intake import Intake, intake_from
from models.tables import Draft
from models.vocabulary import Role

PLACE = "open:"
"""What the place of such a draft begins with."""


@dataclass(frozen=True, slots=True)
class IntakeRow:
    number: int
    """What `draft submit` and `refuse` name."""
    place: str
    login: str
    intake: Intake
    saved_at: datetime


def intakes(actor: Actor) -> list[IntakeRow]:
    """The actor's own, the newest first; a supervisor's list has everybody's."""
    rows = Draft.select().where(Draft.place.startswith(PLACE)).order_by(Draft.saved_at.desc(), Draft.id.desc())
    return [
        IntakeRow(row.id, row.place, row.login, intake_from(_body(row)), row.saved_at)
        for row in rows
        if _is_theirs(row, actor)
    ]


def draft_of(actor: Actor, number: int) -> IntakeRow | None:
    """The draft of that number, if the actor may see it."""
    return next((row for row in intakes(actor) if row.number == number), None)


def intake(number: int) -> Intake:
    """Raises NotFound."""
    row = Draft.get_or_none((Draft.id == number) & Draft.place.startswith(PLACE))
    if row is None:
        raise NotFound(f"There is no draft {number}: 'disputes draft list' shows yours.")
    return intake_from(_body(row))


def _is_theirs(row: Any, actor: Actor) -> bool:
    return row.login == actor.login or actor.role is Role.SUPERVISOR


def _body(row: Any) -> dict[str, Any]:
    body = json.loads(row.body)
    return body if isinstance(body, dict) else {}
