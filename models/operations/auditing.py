"""Taking the chain of events out of the store: as a seal, as rows, or as the packet of one case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from models import clock
from models.actor import Actor
from models.errors import NotAllowed
from models.operations import journal
from models.operations.presence import present
from models.operations.transaction import writing
from models.queries import audit
from models.queries.own_cases import own_cases
from models.queries.packet import Packet, packet_of
from models.rules.seals import Seal
from models.tables import Dispute
from models.vocabulary import Role

READERS = (Role.SUPERVISOR, Role.AUDITOR)


def seal(actor: Actor) -> Seal:
    """The chain as it stands, and behind it the event that says it was sealed."""
    now = clock.now()
    with writing():
        _check_reader(present(actor), "audit seal")
        last, head = audit.head()
        journal.append(actor, now, [journal.Entry("audit seal", now, {"last": last, "head": head})])
    return Seal(1, last, last, head, f"{now:%Y-%m-%dT%H:%M:%SZ}")


def export(
    actor: Actor, *, since: datetime | None = None, until: datetime | None = None
) -> Iterator[tuple[object, ...]]:
    """Every event, as rows of `queries.audit.COLUMNS`; that it was taken out is an event itself."""
    now = clock.now()
    with writing():
        _check_reader(present(actor), "audit export")
        body = {"since": _seconds(since), "until": _seconds(until)}
        journal.append(actor, now, [journal.Entry("audit export", now, body)])
    return audit.exported(since=since, until=until)


def packet(actor: Actor, *, case: int) -> Packet:
    """A case as it can be checked without the store.

    An agent takes out what is assigned to them or was decided by them; NotAllowed for any other. Raises NotFound.
    """
    _check_theirs(present(actor), case)
    return packet_of(case)


def record_packet(actor: Actor, *, case: int, fingerprint: str) -> None:
    """Written before the packet leaves: by its fingerprint the chain says that this one was made here."""
    now = clock.now()
    with writing():
        actor = present(actor)
        _check_theirs(actor, case)
        journal.append(actor, now, [journal.Entry("export", now, {"packet": fingerprint}, case)])


def _check_theirs(actor: Actor, case: int) -> None:
    if actor.role in READERS:
        return
    if not Dispute.select().where((Dispute.id == case) & own_cases(actor)).exists():
        raise NotAllowed(f"C{case} is neither assigned to {actor.login} nor was it decided by them.")


def _check_reader(actor: Actor, what: str) -> None:
    if actor.role not in READERS:
        raise NotAllowed(f"'{what}' needs the role supervisor or auditor; {actor.login} is {actor.role}.")


def _seconds(at: datetime | None) -> int | None:
    return None if at is None else int(at.timestamp())
