"""Contact data of a case's parties: shown to who works the case, for a reason that is written down first."""

from __future__ import annotations

from typing import Any

from models import clock
from models.actor import Actor
from models.dataclass import dataclass
from models.errors import NotFound, Refused
from models.operations import journal
from models.operations.presence import present
from models.operations.transaction import writing
from models.rules.permissions import check_desk
from models.tables import Contact, Dispute, Party


@dataclass(frozen=True, slots=True)
class ContactView:
    side: str
    ref: str
    name: str
    email: str
    phone: str
    address: str


def reveal(actor: Actor, *, case: int, note: str) -> tuple[ContactView, ...]:
    """The buyer and the seller with mail, phone and address, empty where none is known. The look is an event."""
    now = clock.now()
    with writing():
        actor = present(actor)
        check_desk(actor, "reveal")
        if not note.strip():
            raise Refused("note", "'reveal' needs a note that says why.")
        own: Any = Dispute.get_or_none(Dispute.id == case)
        if own is None:
            raise NotFound(f"There is no case C{case}.")
        ids = [own.buyer_id, own.seller_id]
        body = {"parties": ids, "text_digest": journal.keyed_digest(note)}
        journal.append(actor, now, [journal.Entry("reveal", now, body, case)])
        parties: dict[int, Any] = {row.id: row for row in Party.select().where(Party.id.in_(ids))}
        rows: Any = Contact.select().where(Contact.party.in_(ids))
        contacts = {row.party_id: row for row in rows}
    return tuple(_view(parties[number], contacts.get(number)) for number in ids)


def _view(party: Any, contact: Any) -> ContactView:
    found = (contact.email, contact.phone, contact.address) if contact else ("", "", "")
    return ContactView(party.side, party.ref, party.name, *found)
