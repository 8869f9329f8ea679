"""Orders, as an intake looks for them: by their own reference, or by whose they are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from models.columns import Money
from models.dataclass import dataclass
from models.errors import Misused, NotFound
from models.folding import folded
from models.queries import word_match
from models.tables import Dispute, Line, Order, Party
from models.vocabulary import OPEN_STATES
from models.vocabulary import Party as Side

MOST = 50
"""Orders that are shown of a buyer; the newest first."""
MOST_BUYERS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRow:
    id: int
    name: str
    """`source:ref`, which `find_order` reads; with `@seller` behind it where two sellers share the number."""
    source: str
    ref: str
    buyer: str
    buyer_name: str
    seller: str
    seller_name: str
    currency: str
    paid: Money | None
    ordered_at: datetime | None
    completed_at: datetime | None
    protection_ends_at: datetime | None
    live_cases: tuple[str, ...]
    title: str
    """Of its first line."""


def find_order(text: str) -> int:
    """The number of the order that `text` names: `ref`, `source:ref`, or either with `@seller` behind it.

    Raises NotFound, and Misused where the name fits several.
    """
    found = list(_named(text.strip()))
    if not found:
        raise NotFound(f"No order {text.strip()[:60]!r} is known: look for it by its buyer.")
    if len(found) > 1:
        names = ", ".join(name for _, name in found[:5])
        raise Misused(f"{text.strip()[:60]!r} is several orders: name one of {names}.")
    return found[0][0]


def orders_matching(text: str) -> list[OrderRow]:
    """Orders whose reference is `text`, and those of buyers with that reference or a name that has it; newest first."""
    text = text.strip()
    if not text or "\x00" in text:
        return []
    ids = [number for number, _ in _named(text)]
    ids += _ids(Order.select(Order.id).where(Order.buyer.in_(_buyers(text))).order_by(*_NEWEST).limit(MOST))
    return _rows(list(dict.fromkeys(ids))[:MOST])


def order_row(order_id: int) -> OrderRow:
    """Raises NotFound."""
    found = _rows([order_id])
    if not found:
        raise NotFound("This order is not known.")
    return found[0]


_NEWEST = (Order.ordered_at.desc(nulls="LAST"), Order.id.desc())


def _named(text: str) -> Iterator[tuple[int, str]]:
    """Every order that `text` could mean. A reference may hold the signs that separate; the whole text goes first."""
    if "\x00" in text:
        return
    rest, at, seller = text.rpartition("@")
    for ref, of_seller in ((text, ""), *(((rest, seller),) if at else ())):
        source, colon, short = ref.partition(":")
        is_named: Any = Order.ref == ref
        if colon:
            is_named = is_named | ((Order.source == source) & (Order.ref == short))
        query: Any = Order.select(Order.id, Order.source, Order.ref, Party.ref).join(Party, on=Order.seller)
        query = query.where(is_named & (Party.ref == of_seller) if of_seller else is_named).order_by(Order.id)
        rows = list(query.tuples())
        if rows:
            yield from ((number, f"{source}:{own}@{seller}") for number, source, own, seller in rows)
            return


def _buyers(text: str) -> list[int]:
    exact: Any = Party.select(Party.id).where((Party.side == Side.BUYER) & (Party.ref == text))
    ids = _ids(exact)
    if len(folded(text)) > 1:
        part = (Party.side == Side.BUYER) & word_match.contains_folded(Party.name_folded, text)
        ids += _ids(Party.select(Party.id).where(part).order_by(Party.id).limit(MOST_BUYERS))
    return ids


def _ids(query: Any) -> list[int]:
    return [int(number) for (number,) in query.tuples()]


def _rows(ids: list[int]) -> list[OrderRow]:
    """Four selects, in the order of `ids`."""
    orders: dict[int, Any] = {each.id: each for each in Order.select().where(Order.id.in_(ids))}
    parties = {
        each.id: each
        for each in Party.select().where(
            Party.id.in_([number for each in orders.values() for number in (each.buyer_id, each.seller_id)])
        )
    }
    titles: Any = Line.select(Line.order, Line.title).where(Line.order.in_(ids) & (Line.number == 1)).tuples()
    title_of = dict(titles)
    live: dict[int, list[str]] = {}
    disputes: Any = Dispute.select(Dispute.order, Dispute.id).where(
        Dispute.order.in_(ids) & Dispute.state.in_([*OPEN_STATES])
    )
    for order_id, dispute_id in disputes.order_by(Dispute.id).tuples():
        live.setdefault(order_id, []).append(f"C{dispute_id}")
    shared = _shared(list(orders.values()))
    return [
        _row(orders[number], parties, title_of.get(number, ""), tuple(live.get(number, ())), number in shared)
        for number in ids
        if number in orders
    ]


def _shared(orders: list[Any]) -> set[int]:
    """Those whose number another seller's order has too."""
    named: Any = Order.select(Order.id, Order.source, Order.ref).where(Order.ref.in_([each.ref for each in orders]))
    by_name: dict[tuple[str, str], set[int]] = {}
    for number, source, ref in named.tuples():
        by_name.setdefault((source, ref), set()).add(number)
    return {each.id for each in orders if len(by_name[(each.source, each.ref)]) > 1}


def _row(order: Any, parties: dict[int, Any], title: str, live: tuple[str, ...], is_shared: bool) -> OrderRow:
    buyer, seller = parties[order.buyer_id], parties[order.seller_id]
    name = f"{order.source}:{order.ref}"
    return OrderRow(
        id=order.id,
        name=f"{name}@{seller.ref}" if is_shared else name,
        source=order.source,
        ref=order.ref,
        buyer=buyer.ref,
        buyer_name=buyer.name,
        seller=seller.ref,
        seller_name=seller.name,
        currency=order.currency,
        paid=None if order.paid_minor is None else Money(order.paid_minor, order.currency),
        ordered_at=order.ordered_at,
        completed_at=order.completed_at,
        protection_ends_at=order.protection_ends_at,
        live_cases=live,
        title=title,
    )
