"""What a supervisor does about a party that is not honest, with reasons and an end. It decides no case."""

from __future__ import annotations

from datetime import datetime

from models import clock
from models.actor import Actor
from models.database import is_sqlite
from models.errors import NotAllowed, Refused
from models.operations import journal
from models.operations.change import check_storable
from models.operations.presence import present
from models.operations.transaction import writing
from models.queries.parties import steps
from models.rules.party_record import Taken, check_suspension
from models.rules.policy import policy
from models.tables import Measure, Party
from models.vocabulary import Role


def warn(actor: Actor, *, party: int, note: str) -> None:
    """A warning; within the policy's time it is ground for a suspension."""
    _take(actor, party, Taken.WARNING, note, None, is_grave=False)


def suspend(actor: Actor, *, party: int, until: datetime, note: str, is_grave: bool = False) -> None:
    """New cases of the party are refused at intake until then. `is_grave`: a grave forgery needs no warning before."""
    _take(actor, party, Taken.SUSPENSION, note, until, is_grave=is_grave)


def _take(actor: Actor, party: int, kind: Taken, note: str, until: datetime | None, *, is_grave: bool) -> None:
    now = clock.now()
    with writing():
        actor = present(actor)
        if actor.role is not Role.SUPERVISOR:
            raise NotAllowed(f"A {kind} is a supervisor's to give; {actor.login} is {actor.role}.")
        if not note.strip():
            raise Refused("note", f"A {kind} needs a note that says why.")
        check_storable(note)
        if not is_sqlite():
            Party.select(Party.id).where(Party.id == party).for_update().execute()
        if until is not None:
            check_suspension(steps(party), until, now, policy(), is_grave=is_grave)
        Measure.create(
            party=party, kind=kind, until_at=until, is_grave=is_grave, note=note, made_at=now, made_by=actor.login
        )
        body = {"party": party, "text_digest": journal.keyed_digest(note)}
        if until is not None:
            body |= {"until": int(until.timestamp()), "is_grave": is_grave}
        verb = "party warn" if kind is Taken.WARNING else "party suspend"
        journal.append(actor, now, [journal.Entry(verb, now, body)])
