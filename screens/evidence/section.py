"""Evidence on a case's page: whether each side's suffices, and every piece with what is remarkable of it."""

from __future__ import annotations

from datetime import tzinfo

from rich.style import Style

from models.queries.case_parts import CaseFile, EvidenceView
from models.rules.evidence_guards import megabytes
from screens import looks, words
from screens.line_view import Line
from screens.safe import fitted, wrapped

LABEL = 12


def section(file: CaseFile, width: int, zone: tzinfo) -> list[Line]:
    hint = "  V looks at it, E judges it" if file.evidence else "  a takes a file in"
    lines: list[Line] = [[("Evidence", looks.HEADING), (hint, looks.DIM)]]
    for side in file.sufficiency:
        lines += _block(side.side, _lacks(side.missing), width, looks.SOON if side.missing else looks.GOOD)
    for piece in file.evidence:
        shown = f"#{piece.number} {words.plain(piece.kind)}, {piece.state}  {piece.title}"
        lines += _block(piece.lane, shown, width)
        remarks = remarks_on(piece, zone)
        if remarks:
            lines += _block("", remarks, width, looks.DIM)
    return [*lines, []]


def remarks_on(piece: EvidenceView, zone: tzinfo) -> str:
    """Facts about a piece, none of them a verdict."""
    parts = (
        f"{piece.file_type} {megabytes(piece.size_bytes or 0)}" if piece.file_type else "",
        f"captured {words.instant(piece.captured_at, zone)}" if piece.captured_at else "",
        "older than the shipment" if piece.is_older_than_shipment else "",
        f"the same file is in {', '.join(piece.also_in)}" if piece.also_in else "",
        f"note: {piece.note}" if piece.note else "",
    )
    return "; ".join(part for part in parts if part)


def lacks(names: tuple[str, ...]) -> str:
    """`photo item or video item`, by name."""
    return ", ".join(" or ".join(words.plain(kind) for kind in name.split("|")) for name in names)


def _lacks(missing: tuple[str, ...]) -> str:
    return f"missing: {lacks(missing)}" if missing else "sufficient"


def _block(label: str, text: str, width: int, look: Style = looks.PLAIN) -> list[Line]:
    rows = wrapped(text, width - LABEL - 1)
    return [[(fitted("" if number else label, LABEL) + " ", looks.DIM), (row, look)] for number, row in enumerate(rows)]


def lacking_of(recorded: tuple[str, ...]) -> str:
    """What stands with a decision: `buyer lacked photo item or video item`."""
    if not recorded:
        return "both sides' was sufficient"
    sides = [each.partition(":") for each in recorded]
    return "; ".join(f"{side} lacked {lacks((name,))}" for side, _, name in sides)
