"""The line above the list: which view, narrowed by what, how many cases and how much money."""

from __future__ import annotations

from models.columns import Money
from models.queries.queue import Count
from screens import looks, words
from screens.queue.window import Listing
from screens.safe import Span


def heading(listing: Listing, total: Count | None, width: int) -> list[Span]:
    """As many currencies as there is room for, the rest counted."""
    spans: list[Span] = [(" " + listing.view.label, looks.TITLE)]
    if listing.where:
        spans.append((f"  /{listing.where}", looks.KEY))
    if listing.sort:
        spans.append((f"  by {listing.sort}", looks.DIM))
    if total is None:
        return spans
    spans.append((f"  {total.cases} {'case' if total.cases == 1 else 'cases'}", looks.PLAIN))
    used = sum(len(text) for text, _ in spans)
    amounts = [words.amount(Money(minor, currency)) for currency, minor in total.money.items() if minor]
    for number, amount in enumerate(amounts):
        more = f"  +{len(amounts) - number} currencies"
        if used + len(amount) + 2 + (len(more) if number + 1 < len(amounts) else 0) > width:
            spans.append((more, looks.DIM))
            break
        spans.append((f"  {amount}", looks.DIM))
        used += len(amount) + 2
    return spans
