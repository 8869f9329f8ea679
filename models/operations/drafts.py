"""What somebody has typed and not yet sent: kept within seconds, given back wherever they come in again.

A draft is no change of a case: it writes no event.
"""

from __future__ import annotations

import json
from typing import Any

from models import clock
from models.actor import Actor
from models.operations.transaction import writing
from models.tables import Draft


def save_draft(actor: Actor, *, place: str, fields: dict[str, Any]) -> None:
    """Keep `fields` for the actor at `place`, such as `note:C12`; the last one wins."""
    now = clock.now()
    with writing():
        Draft.insert(login=actor.login, place=place, body=json.dumps(fields), saved_at=now).on_conflict(
            conflict_target=[Draft.login, Draft.place],
            update={Draft.body: json.dumps(fields), Draft.saved_at: now},
        ).execute()


def drop_draft(actor: Actor, *, place: str) -> None:
    """Forget what was sent."""
    with writing():
        Draft.delete().where((Draft.login == actor.login) & (Draft.place == place)).execute()
