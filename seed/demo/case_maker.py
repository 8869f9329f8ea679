"""Makes one claim with its order, its buyer and its seller: the facts that stand before anybody answers."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import accumulate
from random import Random
from typing import Any

from models.vocabulary import Remedy
from seed.demo.markets import Market, market, markets
from seed.demo.sellers import Seller, sellers
from seed.demo.topics import BY_KEY, TOPICS, Topic

WAITED_DAYS = (12, 14, 16, 18, 25)
"""Numbers that take the same form of "days" in every language of ours."""
_HOURS = tuple(hour for hour, weight in enumerate(
    (2, 1, 1, 1, 1, 1, 2, 3, 5, 6, 6, 6, 7, 7, 6, 6, 7, 8, 9, 11, 12, 11, 8, 4)
) for _ in range(weight))  # fmt: skip
"""When buyers write, by their own clock: little at night, most in the evening."""


class CaseMaker:
    """A stream of claims that depends on its seed alone."""

    def __init__(self, seed: str, cases: int) -> None:
        self.random = Random(seed)  # noqa: S311 - it must come out the same again
        self.cases = cases
        self.sellers = sellers(cases)
        self.unreliable = tuple(each for each in self.sellers if each.missed >= 0.18)
        self._markets = markets()
        self._market_weights = tuple(accumulate(each.weight for each in self._markets))
        self._topic_weights = tuple(accumulate(each.weight for each in TOPICS))
        self._buyers = max(70, cases // 8)

    def market(self) -> Market:
        return self.random.choices(self._markets, cum_weights=self._market_weights)[0]

    def topic(self) -> Topic:
        return self.random.choices(TOPICS, cum_weights=self._topic_weights)[0]

    def seller(self) -> Seller:
        """The first sellers of the list sell most."""
        return self.sellers[int(len(self.sellers) * self.random.random() ** 1.7)]

    def in_their_day(self, day: datetime, place: Market) -> datetime:
        """An instant of `day` (its midnight, UTC) at which buyers of the market write."""
        hour = _HOURS[int(self.random.random() * len(_HOURS))]
        seconds = ((hour - place.utc) % 24) * 3600 + int(self.random.random() * 3600)
        return day + timedelta(seconds=seconds)

    def facts(
        self,
        number: int,
        opened_at: datetime,
        *,
        place: Market | str | None = None,
        topic: Topic | str | None = None,
        seller: Seller | None = None,
        good: int | None = None,
        buyer: int | None = None,
    ) -> dict[str, Any]:
        """Fields of an `ImportedCase`, without what came after the claim. Whatever is not given is drawn."""
        roll = self.random.random
        place = market(place) if isinstance(place, str) else place or self.market()
        topic = BY_KEY[topic] if isinstance(topic, str) else topic or self.topic()
        seller = seller or self.seller()
        item = topic.goods[int(roll() * len(topic.goods))] if good is None else good
        buyer = int(roll() ** 1.3 * self._buyers) if buyer is None else buyer
        words = place.language
        amount = place.amount(item, 1.0 + 0.25 * (roll() + roll() - 1))
        remedy = topic.remedies[int(roll() * len(topic.remedies))]
        days = WAITED_DAYS[int(roll() * len(WAITED_DAYS))]
        texts = words.claims[topic.key]
        text = texts[int(roll() * len(texts))]
        contact = f"{place.country.lower()}{10_406 + buyer * 17}"
        return {
            "source": place.source,
            "ref": f"D-{1_000_000 + number}",
            "order_ref": f"{8_100_000_000 + number * 7_919 + int(roll() * 4_000)}",
            "opened_at": opened_at,
            "buyer_ref": f"b{contact}",
            "seller_ref": seller.ref,
            "reason": topic.reasons[int(roll() * len(topic.reasons))],
            "needs_triage": topic.key == "part",
            "amount_minor": amount,
            "currency": place.currency,
            "remedy": remedy,
            "requested_minor": _part(amount, place.step, roll()) if remedy is Remedy.PARTIAL_REFUND else None,
            "paid_minor": amount + (0 if roll() < 0.7 else place.amount(1, 1.0)),
            **self._way(opened_at, days, topic.is_delivered),
            "carrier": place.carriers[int(roll() * len(place.carriers))],
            "tracking_no": f"{place.country}{int(roll() * 1e9):09d}{words.code.upper()}",
            "buyer_name": words.name(buyer),
            "seller_name": seller.name,
            "buyer_country": place.country,
            "buyer_email": f"{contact}@mail.example",
            "buyer_phone": f"{place.phone}{int(roll() * 9000) + 1000}",
            "ship_address": place.cities[buyer % len(place.cities)].replace("{n}", str(buyer % 140 + 1)),
            "language": words.code,
            "item_title": words.goods[item],
            "description": text.replace("{item}", words.goods[item]).replace("{days}", str(days)),
        }

    def _way(self, opened_at: datetime, days: int, is_delivered: bool) -> dict[str, datetime | None]:
        """The parcel's instants: what is late was promised `days` before the claim, the rest has arrived."""
        roll = self.random.random
        if is_delivered:
            delivered_at = opened_at - timedelta(hours=int(6 + roll() * 130), seconds=int(roll() * 3600))
            shipped_at = delivered_at - timedelta(seconds=int((4 + roll() * 14) * 86_400))
            promised_by = delivered_at + timedelta(days=int(roll() * 6) - 1)
        else:
            delivered_at, promised_by = None, opened_at - timedelta(days=days)
            shipped_at = promised_by - timedelta(seconds=int((9 + roll() * 12) * 86_400))
        return {
            "ordered_at": shipped_at - timedelta(seconds=int((0.3 + roll() * 2) * 86_400)),
            "shipped_at": shipped_at,
            "promised_by": promised_by,
            "delivered_at": delivered_at,
            "completed_at": delivered_at,
            "protection_ends_at": (delivered_at or promised_by) + timedelta(days=15 if delivered_at else 45),
        }


def _part(amount: int, step: int, roll: float) -> int:
    """A round part of an amount: a fifth to three fifths of it, never all and never nothing."""
    unit = max(1, step // 2)
    return min(amount - 1, max(1, round(amount * (0.2 + 0.4 * roll) / unit) * unit))
