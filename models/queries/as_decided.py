"""A case as it was known when it was decided, and what is new since: what somebody who hears the appeal reads."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from models.columns import Money
from models.prepared import Slot, prepared
from models.queries.case_parts import AppealView, AsDecided, EventView, EvidenceView, OfferView
from models.rules import effects
from models.rules.act import Act, act_from
from models.rules.case import Case, Offer
from models.rules.copying import copied
from models.tables import Event


def as_decided(
    dispute_id: int, appeals: Sequence[AppealView], events: Sequence[EventView], evidence: Sequence[EvidenceView]
) -> AsDecided | None:
    """None where no appeal waits, or a file told the outcome without its ruling. `events` is the whole timeline.

    One select.
    """
    appeal = next((each for each in appeals if not each.result), None)
    found = _before_ruling(dispute_id, appeal.against) if appeal is not None and appeal.against else None
    if found is None:
        return None
    case, act, recorded_at, known = found
    return AsDecided(
        decision=len(case.rulings) + 1,
        decided_at=act.occurred_at,
        reason=case.reason,
        remedy=case.remedy,
        requested=Money(case.requested_minor, case.currency),
        refundable=Money(case.refundable_minor, case.currency),
        offers=tuple(offer_view(offer, case.currency, act.occurred_at) for offer in case.offers),
        evidence=tuple(piece for piece in evidence if piece.recorded_at <= recorded_at),
        events=tuple(events[:known]),
        new_evidence=tuple(piece for piece in evidence if piece.recorded_at > recorded_at),
        new_events=tuple(events[known + 1 :]),
    )


def offer_view(offer: Offer, currency: str, at: datetime) -> OfferView:
    """The offer as it stands at `at`."""
    return OfferView(
        number=offer.number,
        lane=offer.lane,
        version=offer.version,
        remedy=offer.remedy,
        amount=Money(offer.amount_minor, currency),
        made_at=offer.made_at,
        expires_at=offer.expires_at,
        standing=offer.ended or ("live" if offer.is_live(at) else "expired"),
        accepted_by=tuple(offer.accepted_by),
    )


def _before_ruling(dispute_id: int, number: int) -> tuple[Case, Act, datetime, int] | None:
    """The case just before ruling `number`, the act that ruled, when it was recorded, and its place in the timeline."""
    case: Case | None = None
    for place, act, recorded_at in _acts(dispute_id):
        case = effects.opened(act) if case is None else case
        earlier = copied(case) if act.outcome is not None else None
        effects.apply(case, act, recorded_at)
        if earlier is not None and len(earlier.rulings) < number <= len(case.rulings):
            return earlier, act, recorded_at, place
    return None


def _acts(dispute_id: int) -> Iterator[tuple[int, Act, datetime]]:
    place = 0
    for recorded_at, body in _events.rows(dispute_id):
        acts = json.loads(body).get("acts", ())
        for each in acts:
            yield place, act_from(each), recorded_at
            place += 1
        place += not acts  # an entry of the audit has its own line in the timeline


@prepared
def _events(dispute_id: Slot) -> Any:
    return Event.select(Event.recorded_at, Event.body).where(Event.dispute == dispute_id).order_by(Event.seq)
