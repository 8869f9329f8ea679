"""What stands where no case does."""

from __future__ import annotations

from screens.queue.window import Listing

EMPTY = {
    "home": "No seller is late with an answer. ':all' shows every case.",
    "mine": "You have no open case. 'n' serves the next one.",
    "approvals": "No decision waits for a second person.",
}
NOTHING_FOUND = "No case answers the query. '/' changes it, esc takes it away."
NOTHING_FOUND_HERE = "None in this view. '/' changes it, esc drops it; ':all QUERY' asks all cases."
NOTHING = "Nothing is here at the moment."


def why_empty(listing: Listing) -> str:
    """In one line of 78 cells, with what can be done."""
    if listing.where:
        return NOTHING_FOUND_HERE if listing.view.text else NOTHING_FOUND
    return EMPTY.get(listing.view.name, NOTHING)
