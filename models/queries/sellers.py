"""What is known of sellers when they are told of a case, by which the policy sets their time to answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from models.dataclass import dataclass
from models.prepared import Slot, prepared
from models.queries.among import among
from models.rules.windows import SellerFacts
from models.tables import Dispute, Party, SellerHoliday
from models.vocabulary import Party as Side

KnownSellers = dict[str, tuple[str, str, list[tuple[datetime, datetime]]]]
"""Tier, country and declared holidays, by the seller's ref."""


@dataclass(frozen=True, slots=True)
class DeclaredHoliday:
    from_at: datetime
    to_at: datetime
    declared_at: datetime
    declared_by: str
    is_called_off: bool


def facts_of_case(dispute_id: int, at: datetime) -> SellerFacts:
    """Of the case's seller, for one who is told at `at`. Two selects."""
    seller: Any = Party.select().join(Dispute, on=(Dispute.seller == Party.id)).where(Dispute.id == dispute_id).get()
    return facts_of(seller, at)


def facts_of(seller: Any, at: datetime) -> SellerFacts:
    away = _away([seller.id], at)[seller.id]
    return SellerFacts(seller.tier, seller.country, tuple(away))


def facts_by_ref(refs: Collection[str]) -> KnownSellers:
    """Tier, country and every declared holiday of the sellers that are known, by their refs. Two selects."""
    known = {number: facts for number, *facts in _sellers.rows(refs)}
    away = _away(list(known), None)
    return {ref: (tier, country, away[number]) for number, (ref, tier, country) in known.items()}


@prepared
def _sellers(refs: Slot) -> Any:
    return Party.select(Party.id, Party.ref, Party.tier, Party.country).where(
        (Party.side == Side.SELLER) & among(Party.ref, refs)
    )


def holidays_of(party_id: int) -> tuple[DeclaredHoliday, ...]:
    """The latest first."""
    rows = SellerHoliday.select().where(SellerHoliday.party == party_id).order_by(SellerHoliday.from_at.desc())
    return tuple(
        DeclaredHoliday(row.from_at, row.to_at, row.declared_at, row.declared_by, row.called_off_at is not None)
        for row in rows
    )


def _away(ids: list[int], at: datetime | None) -> defaultdict[int, list[tuple[datetime, datetime]]]:
    """What was declared and not called off, and is not over by `at`."""
    found: defaultdict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    if not ids:
        return found
    which = among(SellerHoliday.party, ids) & SellerHoliday.called_off_at.is_null()
    if at is not None:
        which &= SellerHoliday.to_at > at
    rows: Any = SellerHoliday.select(SellerHoliday.party, SellerHoliday.from_at, SellerHoliday.to_at).where(which)
    for party, start, end in rows.order_by(SellerHoliday.party, SellerHoliday.from_at).tuples():
        found[party].append((start, end))
    return found
