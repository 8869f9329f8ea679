"""Evidence on a case's page: whether each side's suffices, and every piece with what is remarkable of it."""

from __future__ import annotations

from datetime import tzinfo

from rich.style import Style

from models.queries.case_parts import CaseFile, EvidenceView
from models.rules.evidence import all_of
from models.rules.evidence_guards import megabytes
from models.vocabulary import EvidenceKind, EvidenceState, State
from screens import looks, words
from screens.line_view import Line
from screens.safe import fitted, wrapped

LABEL = 12
INDENT = 3
"""Of what is said about a piece, below it."""


def section(file: CaseFile, width: int, zone: tzinfo) -> list[Line]:
    """Side by side of the dispute: what it still lacks, then what it has shown or was asked for."""
    keys = "a takes a file in" + (", V looks at it, E judges it" if any(each.sha256 for each in file.evidence) else "")
    can_ask = file.row.state == State.IN_REVIEW
    lines: list[Line] = [[("Evidence", looks.HEADING), (f"  {keys}", looks.DIM)]]
    for side in file.sufficiency:
        shown = _lacks(side.missing) + ("; I asks for it" if side.missing and can_ask else "")
        lines += _block(side.side, shown, width, looks.SOON if side.missing else looks.GOOD)
        lines += [line for piece in file.evidence if piece.lane == side.side for line in _piece(piece, width, zone)]
    sides = {side.side for side in file.sufficiency}
    ours = [piece for piece in file.evidence if piece.lane not in sides]
    if ours:
        lines += _block(ours[0].lane, "from us", width, looks.DIM)
        lines += [line for piece in ours for line in _piece(piece, width, zone)]
    return [*lines, []]


def _piece(piece: EvidenceView, width: int, zone: tzinfo) -> list[Line]:
    is_out = piece.state in (EvidenceState.REJECTED, EvidenceState.SUPERSEDED)
    shown = f"#{piece.number} {words.plain(piece.kind)}, {piece.state}  {piece.title}"
    lines = _block("", shown, width, looks.DIM if is_out else looks.PLAIN)
    remarks = "; ".join(part for part in (remarks_on(piece, zone), looks_at(piece, zone)) if part)
    rows = wrapped(remarks, width - LABEL - 1 - INDENT) if remarks else []
    return [*lines, *([(" " * (LABEL + 1 + INDENT), looks.DIM), (row, looks.DIM)] for row in rows)]


def remarks_on(piece: EvidenceView, zone: tzinfo) -> str:
    """Facts about a piece, none of them a verdict."""
    parts = (
        f"{piece.file_type} {megabytes(piece.size_bytes or 0)}" if piece.file_type else "",
        "" if piece.is_of_kind else f"not a {_form(piece.kind)}",
        f"captured {words.instant(piece.captured_at, zone)}" if piece.captured_at else "",
        "older than the shipment" if piece.is_older_than_shipment else "",
        f"the same file as #{piece.same_as}" if piece.same_as else "",
        f"the same file is in {', '.join(piece.also_in)}" if piece.also_in else "",
        f"note: {piece.note}" if piece.note else "",
    )
    return "; ".join(part for part in parts if part)


def _form(kind: str) -> str:
    return "film" if kind == EvidenceKind.VIDEO_ITEM else "picture"


def looks_at(piece: EvidenceView, zone: tzinfo) -> str:
    """Who looked at the file; empty where there is none yet."""
    if piece.sha256 is None:
        return ""
    each = [
        f"{look.login} {words.instant(look.last_at, zone)}" + (f" ({look.times} times)" if look.times > 1 else "")
        for look in piece.looks
    ]
    return f"looked at by {', '.join(each)}" if each else "nobody has looked at it yet"


def lacks(names: tuple[str, ...]) -> str:
    """`photo item or video item`, by name."""
    return words.plain(all_of(names))


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
