"""What somebody has typed and not yet sent: kept within seconds, given back wherever they come in again.

A draft is no change of a case: it writes no event.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any, TypeVar

from models import clock
from models.actor import Actor
from models.operations.transaction import writing
from models.tables import Draft

Answer = TypeVar("Answer")


def save_draft(actor: Actor, *, place: str, fields: dict[str, Any]) -> None:
    """Keep `fields` for the actor at `place`, such as `note:C12`; the last one wins."""
    now = clock.now()
    with writing():
        Draft.insert(login=actor.login, place=place, body=json.dumps(fields), saved_at=now).on_conflict(
            conflict_target=[Draft.login, Draft.place],
            update={Draft.body: json.dumps(fields), Draft.saved_at: now},
        ).execute()


def sent(
    actor: Actor, change: Callable[[], Answer], drafts: dict[str, dict[str, Any] | None], *, copies_file: bool = False
) -> Answer:
    """Do what the drafts were written for: they are gone with the change, or stay with what was typed last.

    `drafts` has by place what was not saved yet; None where everything was. A change that copies a file first, or takes
    files away behind it, is a transaction of its own, or everybody would wait for that; its drafts go right behind it.
    """
    for place, fields in drafts.items():
        if fields is not None:
            save_draft(actor, place=place, fields=fields)
    with nullcontext() if copies_file else writing():
        answer = change()
        with writing():
            Draft.delete().where((Draft.login == actor.login) & Draft.place.in_(list(drafts))).execute()
        return answer
