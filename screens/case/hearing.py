"""Appeals on a case's page: first the case as it was known when it was decided, then what is new, then who appealed."""

from __future__ import annotations

from datetime import tzinfo

from models.queries.case_parts import AsDecided, CaseFile, EvidenceView
from screens import looks, words
from screens.line_view import Line
from screens.safe import wrapped


def hearing_of(file: CaseFile, width: int, zone: tzinfo) -> list[Line]:
    """What whoever hears an appeal reads before anything else; nothing while none is heard."""
    then = file.as_decided
    if then is None:
        return []
    head = f"As it was known when decision {then.decision} was made"
    lines: list[Line] = [[(head, looks.HEADING), (f"  {words.instant(then.decided_at, zone)}", looks.DIM)]]
    lines += [[(row, looks.PLAIN)] for text in _known(then) for row in wrapped(text, width)]
    lines += [[], [("New since then", looks.HEADING)]]
    for piece in then.new_evidence:
        lines += [[(row, looks.BOLD)] for row in wrapped(_piece(piece), width)]
    for event in then.new_events:
        said = " ".join(part for part in (event.verb, event.words.replace("_", " "), event.text) if part)
        rows = wrapped(f"{words.instant(event.occurred_at, zone)}  {event.actor}: {said}", width)
        lines += [[(row, looks.PLAIN)] for row in rows]
    return [*lines, []]


def appeals_of(file: CaseFile, zone: tzinfo) -> list[Line]:
    """Who appealed on which ground, and what became of it; else until when it can be done."""
    lines: list[Line] = [
        [
            (f"Appeal {each.number}: {each.party}, {words.plain(each.ground)}", looks.HEADING),
            (f"  {words.instant(each.filed_at, zone)}, {each.result or 'is heard'}", looks.DIM),
        ]
        for each in file.appeals
    ]
    if file.appeal_until is not None:
        lines.append([(f"An appeal is possible until {words.instant(file.appeal_until, zone)}.", looks.DIM)])
    return [*lines, []] if lines else []


def _known(then: AsDecided) -> list[str]:
    claim = f"{words.plain(then.reason)}: {words.plain(then.remedy)} of {words.amount(then.requested)} asked"
    offers = [
        f"offer #{each.number} {each.lane}: {words.plain(each.remedy)} {words.amount(each.amount)}, {each.standing}"
        for each in then.offers
    ]
    evidence = [_piece(piece) for piece in then.evidence] or ["no evidence was shown"]
    return [f"{claim}, {words.amount(then.refundable)} could be refunded", *offers, *evidence]


def _piece(piece: EvidenceView) -> str:
    title = f" {piece.title}" if piece.title else ""
    return f"{piece.lane} #{piece.number} {words.plain(piece.kind)}, {piece.state}{title}"
