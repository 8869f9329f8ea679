"""Serve next: the most urgent case that nobody has, claimed in the same moment it is found."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from models import clock
from models.actor import Actor
from models.errors import Conflict, Refused
from models.operations import journal
from models.operations.assigning import claim
from models.operations.change import Change, get_ready
from models.operations.presence import present
from models.operations.talking import note
from models.operations.transaction import writing
from models.queries import queue
from models.rules.permissions import check_desk

MOST_TRIES = 50
"""On PostgreSQL somebody may claim by name what was found; then it looks again."""


def serve_next(actor: Actor, *, view: str = "unassigned", skip: Sequence[int] = (), why: str = "") -> Change | None:
    """Claim the case of `view` that is due first and not among `skip`; None when there is none.

    Skipping is recorded with its reason.
    """
    if skip:
        _record(actor, skip, why)
    get_ready()
    for _ in range(MOST_TRIES):
        with suppress(Conflict), writing():
            actor = present(actor)
            check_desk(actor, "next")
            case = _first_unclaimed(actor, view, skip)
            return None if case is None else claim(actor, case=case)
    return None


def _first_unclaimed(actor: Actor, view: str, skip: Sequence[int]) -> int | None:
    waiting = queue.narrowed(queue.view_for(actor.login, view), "is:open is:unassigned")
    found = queue.to_claim(waiting, actor_login=actor.login, sort="due", limit=len(skip) + 1)
    return next((case for case in found if case not in skip), None)


def _record(actor: Actor, skip: Sequence[int], why: str) -> None:
    if not why.strip():
        raise Refused("skip", "Skipping a case needs a reason.")
    now = clock.now()
    with writing():
        check_desk(present(actor), "next")
        for case in skip:
            note(actor, case=case, text=why)
        journal.append(actor, now, [journal.Entry("skip", now, {}, case) for case in skip])
