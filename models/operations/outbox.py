"""What whatever sends our messages reports back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from models import clock
from models.actor import Actor
from models.errors import Conflict, NotFound
from models.operations import journal
from models.operations.presence import present
from models.operations.transaction import writing
from models.rules.permissions import check_desk
from models.tables import Outgoing


def mark_sent(actor: Actor, *, numbers: Sequence[int]) -> tuple[int, ...]:
    """These texts were sent; the numbers of those that nobody had marked yet.

    One that the actor has marked before is passed over: they say it again because the first answer was lost. One that
    somebody else has marked is a Conflict, and then none is marked.
    """
    wanted = list(dict.fromkeys(numbers))
    now = clock.now()
    with writing():
        actor = present(actor)
        check_desk(actor, "outbox sent")
        rows: dict[int, Any] = {}
        for start in range(0, len(wanted), 500):
            rows |= {row.id: row for row in Outgoing.select().where(Outgoing.id.in_(wanted[start : start + 500]))}
        wanted = [number for number in wanted if _is_new(number, rows.get(number), actor)]
        for number in wanted:
            waits = (Outgoing.id == number) & Outgoing.sent_at.is_null()
            if Outgoing.update(sent_at=now, sent_by=actor.login).where(waits).execute() != 1:
                raise Conflict(f"Text {number} was marked as sent just now by somebody else; nothing was written.")
        entries = [
            journal.Entry("outbox sent", now, {"outgoing": number}, rows[number].dispute_id) for number in wanted
        ]
        if entries:
            journal.append(actor, now, entries)
        return tuple(wanted)


def _is_new(number: int, row: Any, actor: Actor) -> bool:
    if row is None:
        raise NotFound(f"There is no text {number}: 'disputes outbox' lists what waits.")
    if row.sent_at is not None and row.sent_by != actor.login:
        raise Conflict(
            f"Text {number} was marked as sent by {row.sent_by} at {row.sent_at:%Y-%m-%dT%H:%M:%SZ}; "
            "nothing was written.",
            who=row.sent_by,
        )
    return row.sent_at is None
