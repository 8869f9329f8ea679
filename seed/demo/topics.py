"""What buyers complain of, how often, about which goods, and what they ask for."""

from __future__ import annotations

from models.dataclass import dataclass
from models.vocabulary import UNSPECIFIED, Remedy
from seed.demo import goods

FULL, PARTIAL = Remedy.FULL_REFUND, Remedy.PARTIAL_REFUND
RETURN, REPLACEMENT = Remedy.RETURN_AND_REFUND, Remedy.REPLACEMENT


@dataclass(frozen=True, slots=True)
class Topic:
    """A kind of claim; `key` finds its text in a language's `claims`."""

    key: str
    weight: int
    reasons: tuple[str, ...]
    goods: tuple[int, ...]
    remedies: tuple[Remedy, ...]
    """A remedy that stands twice is asked for twice as often."""
    is_delivered: bool = True
    """The carrier reports a delivery."""


TOPICS = (
    Topic(
        "late",
        30,
        ("not_received/in_transit_late", "not_received/lost", "not_received/no_tracking"),
        goods.ALL,
        (FULL,),
        is_delivered=False,
    ),
    Topic("delivered", 8, ("not_received/marked_delivered",), goods.ALL, (FULL,)),
    Topic(
        "wrong",
        17,
        ("not_as_described/wrong_item", "not_as_described/spec_mismatch"),
        goods.ALL,
        (RETURN, PARTIAL, FULL, REPLACEMENT),
    ),
    Topic(
        "incomplete",
        8,
        ("not_as_described/missing_parts", "not_as_described/missing_quantity"),
        goods.IN_PARTS,
        (PARTIAL, PARTIAL, FULL, REPLACEMENT),
    ),
    Topic(
        "faulty",
        13,
        ("quality/defective_on_arrival", "quality/failed_in_use"),
        goods.ELECTRIC,
        (RETURN, FULL, PARTIAL, REPLACEMENT),
    ),
    Topic("poor", 8, ("quality/poor_quality",), goods.PLAIN, (PARTIAL, RETURN, FULL)),
    Topic("damaged", 8, ("damaged/package_damaged", "damaged/item_damaged"), goods.FRAGILE, (FULL,)),
    Topic(
        "refund",
        4,
        ("credit_not_processed/promised_refund", "credit_not_processed/return_not_refunded"),
        goods.ALL,
        (FULL,),
    ),
    Topic("payment", 2, ("payment/wrong_amount",), goods.ALL, (PARTIAL,)),
    Topic("part", 2, (UNSPECIFIED,), goods.ALL, (PARTIAL,)),
)
"""The last needs triage: a part of the money is a remedy and no reason."""

BY_KEY = {topic.key: topic for topic in TOPICS}
