"""What others do, told from what the list shows: it is read again only where that may have changed."""

from __future__ import annotations

from collections.abc import Set

from models.queries.word_search import searched
from models.rules.act import Verb
from screens.base import ConsoleScreen
from screens.queue.case_list import CaseList
from screens.queue.window import Listing

ELSEWHERE_SECONDS = 1.0
"""Until rows are read again in which nothing that is seen has changed."""
TALK = frozenset((Verb.NOTE, Verb.MESSAGE))
"""Changes nothing that a list shows."""


class HearsOthers(ConsoleScreen):
    """The part of the queue that knows of others' acts."""

    listing: Listing
    cases: CaseList
    is_to_refresh = False
    """In a moment."""

    def refresh_rows(self) -> None:
        raise NotImplementedError

    def shown_cases(self) -> Set[int]:
        return {row.id for row in self.cases.rows}

    def changed_elsewhere(self, verbs: Set[str]) -> None:
        """A case may have come into the view, or have left it beyond what is read; talk only makes words be found."""
        if (verbs - TALK or searched(self.listing.query)) and not self.is_to_refresh:
            self.is_to_refresh = True
            self.set_timer(ELSEWHERE_SECONDS, self._refresh_at_last)

    def _refresh_at_last(self) -> None:
        self.is_to_refresh = False
        self.refresh_rows()
