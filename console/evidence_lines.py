"""Evidence for people to read as text."""

from __future__ import annotations

from collections.abc import Iterator

from console.output.values import short_instant
from models.queries.case_parts import CaseFile, EvidenceView
from models.rules.evidence import all_of
from models.text import visible

WIDE = 16


def evidence_lines(file: CaseFile) -> Iterator[str]:
    """What each side lacks, and every piece with what is remarkable of it and who looked at it."""
    for side in file.sufficiency:
        missing = all_of(side.missing)
        yield f"{side.side:<{WIDE}} {'sufficient' if side.is_sufficient else f'missing {missing}'}"
    for piece in file.evidence:
        yield f"{piece.number:<3}{piece.lane}: {piece.kind}, {piece.state}{_remarks(piece)}"
        if piece.note:
            yield f"   note: {visible(piece.note)}"
        for look in piece.looks:
            times = f", {look.times} times" if look.times > 1 else ""
            yield f"   looked at by {visible(look.login)} {short_instant(look.last_at)}{times}"


def _remarks(piece: EvidenceView) -> str:
    parts = [
        f"{piece.file_type} {piece.size_bytes} bytes" if piece.file_type else "",
        "" if piece.is_of_kind else f"not what a {piece.kind} is",
        f"captured {short_instant(piece.captured_at)}" if piece.captured_at else "",
        "older than the shipment" if piece.is_older_than_shipment else "",
        f"the same file as {piece.same_as}" if piece.same_as else "",
        f"the same file is in {' '.join(piece.also_in)}" if piece.also_in else "",
    ]
    title = f"  {visible(piece.title)}" if piece.title else ""
    return "".join(f", {part}" for part in parts if part) + title
