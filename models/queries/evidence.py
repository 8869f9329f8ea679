"""Evidence of a case as it is shown: its pieces with what is remarkable of them, and what each side still lacks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from models.prepared import Slot, prepared
from models.queries.among import among
from models.queries.case_parts import EvidenceView, LookView, SufficiencyView
from models.queries.timeline import Entry
from models.rules import evidence
from models.rules.case import Case
from models.tables import Evidence

MOST_OTHERS = 5


def pieces(dispute_id: int, order: Any, told: Sequence[Entry]) -> tuple[EvidenceView, ...]:
    """Every piece, in the order in which it was asked for or handed in; `told` is all that happened. Two selects."""
    rows = _pieces.rows(dispute_id)
    others = _others(dispute_id, sorted({row.sha256 for row in rows if row.sha256}))
    looks = looks_of(told)
    first = {row.sha256: row.number for row in reversed(rows)}
    return tuple(
        _view(row, order, first[row.sha256], others.get(row.sha256 or "", ()), looks.get(row.number, ()))
        for row in rows
    )


def looks_of(told: Sequence[Entry]) -> dict[int, tuple[LookView, ...]]:
    """By piece, who looked at it: the audit holds an entry for each look, which is no act."""
    found: dict[int, dict[str, LookView]] = {}
    for entry in told:
        number = entry.body.get("piece")
        if isinstance(number, int) and not entry.recorded.acts:
            of, login = found.setdefault(number, {}), entry.recorded.actor
            times = of[login].times if login in of else 0
            of[login] = LookView(login, times + 1, entry.occurred_at)
    return {number: tuple(of.values()) for number, of in found.items()}


@prepared
def _pieces(dispute_id: Slot) -> Any:
    return Evidence.select().where(Evidence.dispute == dispute_id).order_by(Evidence.number)


def sufficiency(case: Case) -> tuple[SufficiencyView, ...]:
    """Of the buyer, then of the seller."""
    return tuple(
        SufficiencyView(side=each.side, is_sufficient=each.is_sufficient, missing=each.names)
        for each in evidence.both(case)
    )


def _others(dispute_id: int, names: list[str]) -> dict[str, tuple[str, ...]]:
    """By file, the other cases that hold it."""
    found: dict[str, tuple[str, ...]] = {}
    for sha256, other in _holders.rows(names, dispute_id, MOST_OTHERS * len(names)):
        found[sha256] = (*found.get(sha256, ()), f"C{other}")[:MOST_OTHERS]
    return found


@prepared
def _holders(names: Slot, besides: Slot, most: Slot) -> Any:
    which = among(Evidence.sha256, names) & (Evidence.dispute != besides)
    columns = (Evidence.sha256, Evidence.dispute)
    return Evidence.select(*columns).where(which).distinct().order_by(*columns).limit(most)


def _view(piece: Any, order: Any, first: int, also_in: tuple[str, ...], looks: tuple[LookView, ...]) -> EvidenceView:
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
        same_as=first if piece.sha256 and first != piece.number else None,
        is_of_kind=evidence.can_be(piece.kind, piece.file_type),
        looks=looks,
        is_older_than_shipment=evidence.is_older_than_shipment(
            piece.lane, piece.kind, piece.captured_at, order.shipped_at
        ),
    )
