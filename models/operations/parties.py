"""What a supervisor does about a party that is not honest, with reasons and an end. It decides no case.

Whatever is done answers the flags on the party that wait, in all their cases.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from models import clock
from models.actor import Actor
from models.database import is_sqlite
from models.errors import Refused
from models.operations import journal, notices
from models.operations.change import Change, Words, carry_out, check_storable
from models.operations.presence import present
from models.operations.transaction import writing
from models.queries.flags import waiting_cases
from models.queries.parties import steps
from models.queries.policies import in_force
from models.rules.act import Act, Verb
from models.rules.party_record import REVIEWS, Taken, check_suspension
from models.rules.permissions import check_supervisor
from models.tables import Dispute, Measure, Party
from models.vocabulary import FlagReview
from models.vocabulary import Party as Side

NAMES = {Taken.NOTE: "party note", Taken.WARNING: "party warn", Taken.SUSPENSION: "party suspend"}
"""Of the events."""
TOLD_BY = {Taken.WARNING: "party_warned", Taken.SUSPENSION: "party_suspended"}
"""The templates in which a party hears of it; a note is among ourselves."""


def note(actor: Actor, *, party: int, note: str) -> tuple[int, ...]:
    """Something that the desk should know of a party. Returns the cases in which it answered a flag, as all do."""
    return _take(actor, party, Taken.NOTE, note, None)


def warn(actor: Actor, *, party: int, note: str, text: str = "") -> tuple[int, ...]:
    """A warning; within the policy's time it is ground for a suspension. The party is told, in the words of `text`."""
    return _take(actor, party, Taken.WARNING, note, None, text=text)


def suspend(
    actor: Actor, *, party: int, until: datetime, note: str, text: str = "", is_grave: bool = False
) -> tuple[int, ...]:
    """New cases of the party are refused at intake until then, and they are told.

    `is_grave`: a grave forgery needs no warning before.
    """
    return _take(actor, party, Taken.SUSPENSION, note, until, text=text, is_grave=is_grave)


def unflag(actor: Actor, *, case: int, party: Side, note: str) -> Change:
    """Dismiss the flag that waits on a party of the case: it calls for no second person any more."""
    act = Act(verb=Verb.UNFLAG, occurred_at=clock.now(), party=party, flag_review=FlagReview.DISMISSED)
    return carry_out(actor, case, act, words=Words(note))


def _take(
    actor: Actor, party: int, kind: Taken, note: str, until: datetime | None, *, text: str = "", is_grave: bool = False
) -> tuple[int, ...]:
    now = clock.now()
    with writing():
        actor = present(actor)
        check_supervisor(actor, NAMES[kind])
        if not note.strip():
            raise Refused("note", f"A {kind} needs a note that says why.")
        check_storable(note + text)
        side, flagged = _hold(party)
        if until is not None:
            check_suspension(steps(party), until, now, in_force(), is_grave=is_grave)
        Measure.create(
            party=party, kind=kind, until_at=until, is_grave=is_grave, note=note, made_at=now, made_by=actor.login
        )
        if kind in TOLD_BY:
            notices.measured(party, TOLD_BY[kind], text, until, actor.login, now)
        for case in flagged:
            act = Act(verb=Verb.UNFLAG, occurred_at=now, party=side, flag_review=REVIEWS[kind])
            carry_out(actor, case, act, words=Words(note))
        body: dict[str, object] = {"party": party, "text_digest": journal.keyed_digest(note)}
        if until is not None:
            body |= {"until": int(until.timestamp()), "is_grave": is_grave}
        journal.append(actor, now, [journal.Entry(NAMES[kind], now, body)])
        return flagged


def _hold(party: int) -> tuple[Side, tuple[int, ...]]:
    """The party's side and the cases with a flag on them; on PostgreSQL all are locked before the chain is."""
    rows: Any = Party.select(Party.id, Party.side).where(Party.id == party)
    side = Side((rows if is_sqlite() else rows.for_update()).get().side)
    flagged = waiting_cases(party, side)
    if flagged and not is_sqlite():
        Dispute.select(Dispute.id).where(Dispute.id.in_(flagged)).order_by(Dispute.id).for_update().execute()
        flagged = waiting_cases(party, side)  # others may have looked at one meanwhile
    return side, flagged
