"""Flags on a party, in all the cases that the party has."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from models.dataclass import dataclass
from models.prepared import Prepared, Slot, prepared
from models.tables import Dispute, Flag, Message
from models.vocabulary import Party

MOST = 200
"""Flags that are shown of a party, the newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyFlag:
    """One flag, as a party's page shows it."""

    dispute_id: int
    case: str
    raised_by: str
    raised_at: datetime
    note: str
    review: str
    """dismissed, noted, warned or suspended; empty while it waits."""
    reviewed_by: str
    reviewed_at: datetime | None


def waiting_cases(party_id: int, side: str) -> tuple[int, ...]:
    """The numbers of the cases in which a flag on the party waits, in order. One select."""
    return tuple(number for (number,) in _waiting[side == Party.BUYER].rows(party_id))


def flagged_elsewhere(dispute_id: int) -> tuple[str, ...]:
    """Flags that wait on the parties of the case in others of theirs, such as `buyer in C7`. Two selects."""
    own = _parties.first(dispute_id)
    found = [(number, side) for side, party in ((Party.BUYER, own.buyer_id), (Party.SELLER, own.seller_id))
             for number in waiting_cases(party, side) if number != dispute_id]  # fmt: skip
    return tuple(f"{side} in C{number}" for number, side in sorted(found))


@prepared
def _parties(dispute_id: Slot) -> Any:
    return Dispute.select(Dispute.buyer, Dispute.seller).where(Dispute.id == dispute_id)


def flags_of(party_id: int, side: str) -> tuple[PartyFlag, ...]:
    """The newest flags on the party, with the words of whoever raised them. One select."""
    said = (
        Message.select(Message.text)
        .where(
            (Message.dispute == Flag.dispute) & (Message.kind == "flag") & (Message.occurred_at == Flag.raised_at)
            & (Message.recorded_by == Flag.raised_by)
        )
        .order_by(Message.id)
        .limit(1)
    )  # fmt: skip
    columns = (Flag.dispute, Flag.raised_by, Flag.raised_at, said, Flag.review, Flag.reviewed_by, Flag.reviewed_at)
    rows: Any = _flags(party_id, side, *columns).order_by(Flag.raised_at.desc(), Flag.id.desc()).limit(MOST)
    return tuple(
        PartyFlag(
            dispute_id=number, case=f"C{number}", raised_by=raised_by, raised_at=raised_at, note=note or "",
            review=review, reviewed_by=reviewed_by, reviewed_at=reviewed_at,
        )
        for number, raised_by, raised_at, note, review, reviewed_by, reviewed_at in rows.tuples()
    )  # fmt: skip


def _flags(party_id: Any, side: str, *columns: Any) -> Any:
    """Flags are few where cases are many: the sum keeps a planner from walking a party's every case for them."""
    theirs = Dispute.buyer if side == Party.BUYER else Dispute.seller
    return Flag.select(*columns).join(Dispute).where((Flag.party == side) & ((theirs + 0) == party_id))


def _waiting_on(side: Party) -> Prepared:
    def write(party_id: Slot) -> Any:
        return _flags(party_id, side, Flag.dispute).where(Flag.reviewed_at.is_null()).order_by(Flag.dispute)

    return prepared(write)


_waiting = {True: _waiting_on(Party.BUYER), False: _waiting_on(Party.SELLER)}
"""By whether it is the buyer's."""
