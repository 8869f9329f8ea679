"""Coming in by a key, and being turned away: both are written down."""

from __future__ import annotations

from contextlib import suppress

from models import clock
from models.actor import Actor
from models.errors import DeskError, NotAllowed
from models.operations import journal
from models.operations.presence import present
from models.operations.transaction import writing
from models.tables import AgentKey
from models.vocabulary import Role

SIGN_IN = "sign-in"
TURNED_AWAY = "sign-in refused"
REFUSED = "refused"


def sign_in(fingerprint: str, *, session: str, what_for: str, origin: str) -> Actor:
    """Whose key this is, as the store knows them now. `what_for` is one of our words, `origin` where they sit.

    Raises NotAllowed for a key that opens nothing, or nothing any more, and for a disabled agent.
    """
    now = clock.now()
    with writing():
        key = AgentKey.get_or_none(AgentKey.fingerprint == fingerprint)
        if key is None:
            raise NotAllowed("This key opens nothing here: a supervisor gives access with 'disputes agents key'.")
        claimed = Actor(key.agent.login, Role.AUDITOR, session=session, key=fingerprint)
        body = {"key": fingerprint, "for": what_for, "origin_digest": journal.keyed_digest(origin)}
        found: Actor | NotAllowed
        try:
            found = present(claimed)
        except NotAllowed as refusal:
            found = refusal
        verb = SIGN_IN if isinstance(found, Actor) else TURNED_AWAY
        journal.append(claimed, now, [journal.Entry(verb, now, body)])
    if isinstance(found, NotAllowed):
        raise found
    return found


def note_refusal(actor: Actor, refusal: NotAllowed, what: str = "") -> None:
    """Write down that the actor tried what they have no right to. `what` is one of our words, for a refusal without.

    The refusal stands whether or not this can be written.
    """
    now = clock.now()
    body = {"what": refusal.verb or what}
    with suppress(DeskError), writing():
        journal.append(actor, now, [journal.Entry(REFUSED, now, body, refusal.dispute_id)])
