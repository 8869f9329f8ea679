"""What a new decision's grid begins with: the one point that every case has, from what is known of it."""

from __future__ import annotations

from models.queries.case_parts import CaseFile
from screens import words
from screens.case.facts import CaseFacts

MOST_CHARACTERS = 200


def first_point(facts: CaseFacts) -> dict[str, str]:
    """The reason, what the buyer asks, what the seller answered last, and what was shown; the agent writes the rest."""
    file = facts.file
    return {
        "point": words.plain(file.row.reason),
        "claimed": _claimed(file),
        "answered": _answered(file),
        "shown": ", ".join(f"{piece.lane} #{piece.number} {words.plain(piece.kind)}" for piece in file.evidence),
        "found": "",
    }


def _claimed(file: CaseFile) -> str:
    if not file.claims:
        return ""
    claim = file.claims[-1]
    asked = f"{words.plain(claim.remedy)} of {words.amount(claim.requested)}"
    return f"{asked}: {_cut(claim.translation or claim.text)}" if claim.text else asked


def _answered(file: CaseFile) -> str:
    answers = [event for event in file.events if event.verb == "respond" and event.party == "seller"]
    if not answers:
        return "nothing"
    last = answers[-1]
    return f"{last.words}: {_cut(last.translation or last.text)}" if last.text else last.words


def _cut(text: str) -> str:
    """The beginning of a long text, at the end of a word."""
    if len(text) <= MOST_CHARACTERS:
        return text
    head = text[:MOST_CHARACTERS]
    return (head.rsplit(maxsplit=1)[0] if " " in head else head) + " …"
