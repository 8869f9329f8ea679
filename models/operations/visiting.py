"""Being on a case, so that others see it; and no longer."""

from __future__ import annotations

from typing import Any

from models.actor import Actor
from models.operations.presence import present
from models.operations.transaction import writing
from models.prepared import Slot, insert, prepared
from models.queries.freshness import tell_others
from models.queries.visits import STALE_SECONDS, store_time
from models.tables import Visit


def visit(actor: Actor, *, case: int, is_deciding: bool = False) -> None:
    """The actor's session has the case open; said again before `STALE_SECONDS` are over, it goes on."""
    with writing():
        present(actor)
        now = store_time()
        _forget.run(actor.session, now - STALE_SECONDS)
        row = {"session": actor.session, "login": actor.login, "dispute": case, "is_deciding": is_deciding}
        insert(Visit, {**row, "seen_at": now})
        tell_others()


@prepared
def _forget(session: Slot, before: Slot) -> Any:
    return Visit.delete().where((Visit.session == session) | (Visit.seen_at < before))


def leave(actor: Actor) -> None:
    """The actor's session has no case open."""
    with writing():
        Visit.delete().where(Visit.session == actor.session).execute()
        tell_others()
