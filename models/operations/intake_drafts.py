"""Claims that are half filled in: kept, added to and forgotten. A draft is no change of a case: it writes no event."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from models import clock
from models.actor import Actor
from models.database import is_sqlite
from models.errors import NotFound, Refused
from models.operations.intake_files import check_room, take_in
from models.operations.presence import present
from models.operations.transaction import writing
from models.queries import eligibility as asking
from models.queries.intakes import PLACE, draft_of
from models.queries.intakes import intake as intake_of
from models.rules import transitions
from models.rules.act import Verb
from models.rules.intake import Intake, Shown
from models.tables import Draft
from models.vocabulary import EvidenceKind


def keep_draft(actor: Actor, *, intake: Intake) -> int:
    """Keep a half-filled claim for later; its number."""
    with writing():
        actor = present(actor)
        transitions.check_role(Verb.OPEN, actor)
        asking.checked(intake)
        row = Draft.create(
            login=actor.login, place=PLACE + secrets.token_hex(4), body=json.dumps(intake.kept()), saved_at=clock.now()
        )
        return int(row.id)


def attach_file(actor: Actor, *, draft: int, kind: EvidenceKind, source: Path | BinaryIO, title: str = "") -> Intake:
    """Add what the buyer shows to a draft; its bytes are in the store's folder before the draft names them.

    Raises NotFound, NotAllowed, and Refused where it is none of the types or too large for the side.
    """
    check_theirs(actor, draft)
    *_, piece = take_in(actor, intake=intake_of(draft), kind=kind, source=source, title=title).shown

    def added(shown: tuple[Shown, ...]) -> tuple[Shown, ...]:
        check_room(shown, piece)
        return (*shown, piece)

    return _change_shown(actor, draft, added)


def detach_file(actor: Actor, *, draft: int, number: int) -> Intake:
    """Take the piece of that number, counted from 1, out of a draft: it was the wrong file, and nobody has seen it."""

    def left(shown: tuple[Shown, ...]) -> tuple[Shown, ...]:
        if not 1 <= number <= len(shown):
            raise Refused("evidence", f"Draft {draft} has no piece {number}: it has {len(shown)}.")
        return shown[: number - 1] + shown[number:]

    return _change_shown(actor, draft, left)


def check_theirs(actor: Actor, number: int) -> None:
    """Raise NotFound unless the draft is there and the actor's own, or the actor is a supervisor."""
    if draft_of(actor, number) is None:
        raise NotFound(f"You have no draft {number}: 'disputes draft list' shows yours.")


def take(actor: Actor, number: int) -> None:
    """The same, within a transaction that ends the draft. On PostgreSQL a second one waits here."""
    query = Draft.select(Draft.id, Draft.login).where(Draft.id == number)
    if (query if is_sqlite() else query.for_update()).first() is None:
        raise NotFound(f"You have no draft {number}: 'disputes draft list' shows yours.")
    check_theirs(actor, number)


def forget(draft: int | None) -> None:
    """A claim that became a case, or never will, leaves no draft."""
    if draft is not None:
        Draft.delete().where(Draft.id == draft).execute()


def _change_shown(actor: Actor, number: int, change: Callable[[tuple[Shown, ...]], tuple[Shown, ...]]) -> Intake:
    with writing():
        actor = present(actor)
        transitions.check_role(Verb.ATTACH, actor)
        take(actor, number)
        row: Any = Draft.get_by_id(number)
        shown = change(intake_of(number).shown)
        body = {**json.loads(row.body), "shown": [asdict(piece) for piece in shown]}
        Draft.update(body=json.dumps(body), saved_at=clock.now()).where(Draft.id == number).execute()
        return intake_of(number)
