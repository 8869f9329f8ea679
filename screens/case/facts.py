"""A case as its screens hold it: what there is to show, and what the rules judge it by."""

from __future__ import annotations

from datetime import tzinfo

from models.dataclass import dataclass
from models.queries.case_file import case_file
from models.queries.case_parts import CaseFile
from models.queries.history import case_from_events
from models.rules.case import Case
from screens import looks, words
from screens.line_view import Line


@dataclass(frozen=True, slots=True)
class CaseFacts:
    file: CaseFile
    case: Case

    @property
    def row_version(self) -> int:
        return self.file.row.row_version


def facts_of(dispute_id: int) -> CaseFacts:
    """Read it from the store. Raises NotFound."""
    return CaseFacts(case_file(dispute_id), case_from_events(dispute_id))


def changes_since(before: CaseFacts, after: CaseFacts, zone: tzinfo) -> list[Line]:
    """What was done to the case in between, a line each."""
    known = max((event.seq for event in before.file.events), default=0)
    return [
        [
            (f"{words.instant(event.recorded_at, zone)}  {event.actor}: ", looks.DIM),
            (" ".join(part for part in (event.words, event.text) if part), looks.PLAIN),
        ]
        for event in after.file.events
        if event.seq > known
    ]
