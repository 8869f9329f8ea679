"""What proves a decision without the store: the case's own events, and what they are to be read with."""

from __future__ import annotations

from typing import Any

from models.dataclass import dataclass
from models.queries import audit
from models.queries.case_file import case_file
from models.queries.case_parts import CaseFile
from models.tables import Outgoing


@dataclass(frozen=True, slots=True)
class Packet:
    dispute_id: int
    file: CaseFile
    events: tuple[dict[str, object], ...]
    """As they are stored, by the names of `rules.chain.LINKED` and `hash`."""
    letters: tuple[dict[str, object], ...]
    """Everything that was written to the parties."""
    last_seq: int
    head: str
    """Of the whole chain when the packet was made."""


def packet_of(dispute_id: int) -> Packet:
    """Raises NotFound."""
    file = case_file(dispute_id)
    last_seq, head = audit.head()
    rows: Any = Outgoing.select().where(Outgoing.dispute == dispute_id).order_by(Outgoing.id)
    letters = (
        {
            "number": row.id,
            "to": row.audience,
            "language": row.language,
            "template": row.template,
            "text": row.text,
            "made_at": row.made_at,
            "made_by": row.made_by,
            "sent_at": row.sent_at,
        }
        for row in rows
    )
    return Packet(dispute_id, file, tuple(audit.stored_of(dispute_id)), tuple(letters), last_seq, head)
