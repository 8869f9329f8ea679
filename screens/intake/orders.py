"""The orders of a buyer, to choose one from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from models.queries.orders import OrderRow
from screens import looks, words
from screens.line_view import Line
from screens.safe import fitted
from screens.shared.choices import Choices


class OrderChoices(Choices):
    """One order a line; what is chosen is its name. A name may hold a space, so it is never split."""

    def __init__(self) -> None:
        super().__init__(())

    @property
    def typed_text(self) -> str:
        return self.chosen[0] if self.chosen else ""

    def put(self, text: str) -> None:
        self.chosen = [text] if text in self.values else []
        self._at = self.values.index(text) if self.chosen else 0
        self.refresh()

    def show(self, orders: Sequence[OrderRow]) -> None:
        """Put other orders in place."""
        self.offer([order.name for order in orders], {order.name: _label(order) for order in orders})

    def _columns(self, width: int) -> int:
        return 1


def _label(order: OrderRow) -> str:
    day = f"{order.ordered_at:%Y-%m-%d}" if order.ordered_at else "–"
    buyer = order.buyer_name or order.buyer
    live = f"  live: {', '.join(order.live_cases)}" if order.live_cases else ""
    return f"{fitted(order.ref, 14)} {fitted(day, 10)} {fitted(words.amount(order.paid), 12, right=True)} {buyer}{live}"


def order_lines(order: OrderRow | None, zone: tzinfo) -> list[Line]:
    """What there is to know of the chosen order, on two lines."""
    if order is None:
        return [[("no order is chosen", looks.DIM)], []]
    seller = f"{order.seller_name} ({order.seller})" if order.seller_name else order.seller
    until = words.instant(order.protection_ends_at, zone)
    title = f"  {order.title}" if order.title else ""
    return [
        [(order.name, looks.BOLD), (f"  paid {words.amount(order.paid)}{title}", looks.PLAIN)],
        [(f"seller {seller}, protected until {until}", looks.DIM)],
    ]
