"""How the store stands at a moment, for a session that stays."""

from __future__ import annotations

from models.actor import Actor
from models.database import current
from models.dataclass import dataclass
from models.errors import NotAllowed, Outdated
from models.migrating import check_version
from models.operations.presence import present
from models.queries.freshness import Mark, mark
from models.queries.visits import visitors


@dataclass(frozen=True, slots=True)
class Look:
    """How the store stands at a moment, for the session of one person."""

    mark: Mark
    actor: Actor | NotAllowed | Outdated
    """Who they are by now, or why they have to go."""
    visitors: dict[int, tuple[str, ...]]
    """Who else has which case open."""


def look(actor: Actor, before: Look | None) -> Look:
    """How it stands now; nothing is asked for that cannot have changed since `before`."""
    now = mark(before.mark if before else None)
    if before is None or before.visitors or before.mark.commits != now.commits:  # who goes silently says nothing
        others = visitors(actor.session)
    else:
        others = before.visitors
    if before is not None and before.mark.event == now.event:
        return Look(now, actor, others)
    try:
        check_version(current())
        return Look(now, present(actor), others)
    except (NotAllowed, Outdated) as refusal:
        return Look(now, refusal, others)
