"""Being on a case, so that others see it; and no longer."""

from __future__ import annotations

from models.actor import Actor
from models.operations.presence import present
from models.operations.transaction import writing
from models.queries.freshness import tell_others
from models.queries.visits import STALE_SECONDS, store_time
from models.tables import Visit


def visit(actor: Actor, *, case: int, is_deciding: bool = False) -> None:
    """The actor's session has the case open; said again before `STALE_SECONDS` are over, it goes on."""
    with writing():
        present(actor)
        now = store_time()
        Visit.delete().where((Visit.session == actor.session) | (Visit.seen_at < now - STALE_SECONDS)).execute()
        Visit.create(session=actor.session, login=actor.login, dispute=case, is_deciding=is_deciding, seen_at=now)
        tell_others()


def leave(actor: Actor) -> None:
    """The actor's session has no case open."""
    with writing():
        Visit.delete().where(Visit.session == actor.session).execute()
        tell_others()
