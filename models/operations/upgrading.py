"""Bringing the store to the shape that this program knows."""

from __future__ import annotations

from models import clock, migrating
from models.actor import Actor
from models.database import Location, translated
from models.operations import journal, sweeping, word_index
from models.operations.presence import present
from models.operations.transaction import writing
from models.rules.permissions import check_supervisor

MIGRATE = "migrate"


def upgrade(actor: Actor, place: Location) -> tuple[list[str], bool]:
    """What was applied to the open store, and whether its index of words is behind now.

    By its event, programs of the older version that are still inside hear that they have to go. Raises NotAllowed.
    """
    actor = present(actor)
    check_supervisor(actor, MIGRATE)
    with translated(place):
        applied = migrating.migrate(place)
        if applied:
            now = clock.now()
            with writing():
                journal.append(actor, now, [journal.Entry(MIGRATE, now, {"applied": applied})])
        is_behind = word_index.behind() > 0
        sweeping.look_at_new()
    return applied, is_behind
