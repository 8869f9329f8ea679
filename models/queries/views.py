"""The views that ship: each a query with an order."""

from __future__ import annotations

from functools import cache

from models.dataclass import dataclass
from models.queries.language import parse
from models.queries.sorting import RANK
from models.queries.tree import Query
from models.queries.word_search import searched


@dataclass(frozen=True, slots=True)
class View:
    name: str
    label: str
    text: str
    sort: str
    """A key of `sorting.SORTS`, with `-` in front for descending."""
    is_saved: bool = False
    is_shared: bool = False
    """Of a saved view: the whole desk's."""

    @property
    def query(self) -> Query:
        return _parsed(self.text)


_SHIPPED = (
    View("home", "Overdue seller responses", "overdue:seller_response", "seller_due"),
    View("mine", "Mine", "is:open is:mine", "due"),
    View("unassigned", "Unassigned", "is:open is:unassigned", "due"),
    View("in-review", "In review", "state:in_review", "due"),
    View("due-today", "Due today", "is:open due=today", "due"),
    View("approvals", "Waiting for approval", "state:pending_approval", "due"),
    View("refunds", "Refunds to confirm", "is:refund_due", "decided"),
    View("appeals", "Appeals", "state:in_appeal", "due"),
    View("triage", "Triage", "is:open is:triage", "opened"),
    View("flags", "Flags to review", "is:flagged", "opened"),
    View("reminders", "Reminders", "is:reminder_due", "due"),
    View("all", "All cases", "", "-opened"),
)

VIEWS: dict[str, View] = {view.name: view for view in _SHIPPED}


def order_of(view: View, query: Query) -> str:
    """The view's own order; of all cases those that contain some words by how well they answer."""
    return RANK if not view.text and searched(query) else view.sort


def narrowed(view: View, where: str) -> Query:
    """The cases of the view that `where` finds too. Raises QueryFault."""
    query = parse(where)
    if query.root is None or not view.text:
        return query if query.root is not None else view.query
    return parse(f"{view.text} ({where})")


@cache
def _parsed(text: str) -> Query:
    return parse(text)
