"""Evidence of a case as it is shown: its pieces with what is remarkable of them, and what each side still lacks."""

from __future__ import annotations

from typing import Any

from models.queries.case_parts import EvidenceView, SufficiencyView
from models.queries.history import case_from_events
from models.rules import evidence
from models.tables import Evidence, Order

MOST_OTHERS = 5


def pieces(dispute_id: int, order: Order) -> tuple[EvidenceView, ...]:
    """Every piece, in the order in which it was asked for or handed in. Two selects."""
    rows = list(Evidence.select().where(Evidence.dispute == dispute_id).order_by(Evidence.number))
    others = _others(dispute_id, sorted({row.sha256 for row in rows if row.sha256}))
    return tuple(_view(row, order, others.get(row.sha256 or "", ())) for row in rows)


def sufficiency(dispute_id: int) -> tuple[SufficiencyView, ...]:
    """Of the buyer, then of the seller. One select."""
    return tuple(
        SufficiencyView(side=each.side, is_sufficient=each.is_sufficient, missing=each.names)
        for each in evidence.both(case_from_events(dispute_id))
    )


def _others(dispute_id: int, names: list[str]) -> dict[str, tuple[str, ...]]:
    """By file, the other cases that hold it."""
    rows: Any = (
        Evidence.select(Evidence.sha256, Evidence.dispute)
        .where(Evidence.sha256.in_(names) & (Evidence.dispute != dispute_id))
        .distinct()
        .order_by(Evidence.sha256, Evidence.dispute)
        .limit(MOST_OTHERS * max(1, len(names)))
        .tuples()
    )
    found: dict[str, tuple[str, ...]] = {}
    for sha256, other in rows:
        found[sha256] = (*found.get(sha256, ()), f"C{other}")[:MOST_OTHERS]
    return found


def _view(piece: Evidence, order: Order, also_in: tuple[str, ...]) -> EvidenceView:
    return EvidenceView(
        number=piece.number,
        lane=piece.lane,
        kind=piece.kind,
        state=piece.state,
        title=piece.title,
        note=piece.note,
        sha256=piece.sha256,
        size_bytes=piece.size_bytes,
        file_type=piece.file_type,
        captured_at=piece.captured_at,
        recorded_at=piece.recorded_at,
        recorded_by=piece.recorded_by,
        also_in=also_in,
        is_older_than_shipment=evidence.is_older_than_shipment(
            piece.lane, piece.kind, piece.captured_at, order.shipped_at
        ),
    )
