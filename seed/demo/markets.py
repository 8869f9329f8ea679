"""Where buyers live and what they write, read once from the files beside this one."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from models.dataclass import dataclass
from models.rules import money
from seed.demo.goods import PRICES_USD

_HERE = Path(__file__).parent
_FAMILY_FIRST = {"ja": " ", "zh": "", "ko": ""}
"""What stands between a family name and the given name behind it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """Names, titles and sentences of one language."""

    code: str
    given: tuple[str, ...]
    family: tuple[str, ...]
    goods: tuple[str, ...]
    claims: dict[str, list[str]]
    seller: dict[str, list[str]]
    """By the seller's move: wait, offer, reject, accept."""
    buyer: dict[str, list[str]]
    """By the buyer's move: request, decline, reply, accept."""
    received: str
    """Our own word to a buyer whose case is being looked at."""

    def name(self, number: int) -> str:
        """The name of the buyer with this number; it is always the same."""
        given = self.given[number % len(self.given)]
        family = self.family[(number // len(self.given) + number) % len(self.family)]
        between = _FAMILY_FIRST.get(self.code)
        return f"{given} {family}" if between is None else f"{family}{between}{given}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Market:
    """A country with its money, its carriers and its hours."""

    country: str
    language: Language
    currency: str
    weight: int
    rate: float
    """Major units for one US dollar, roughly."""
    step: int
    """What prices are rounded to, in minor units."""
    off: int
    """What is taken off a rounded price, in minor units: 9.99."""
    utc: int
    """Hours by which the day there begins before ours."""
    source: str
    phone: str
    carriers: tuple[str, ...]
    cities: tuple[str, ...]
    prices: tuple[float, ...]
    """What each of the goods costs on average, in minor units."""

    def amount(self, good: int, factor: float) -> int:
        """A believable price in minor units: the good's, times `factor`."""
        return max(self.step, round(self.prices[good] * factor / self.step) * self.step) - self.off

    def shown(self, minor: int) -> str:
        """An amount as people write it in a message."""
        return f"{money.text(minor, self.currency)} {self.currency}"


@cache
def markets() -> tuple[Market, ...]:
    """Every market, in the order of the file."""
    table = tomllib.loads((_HERE / "markets.toml").read_text(encoding="utf-8"))
    return tuple(_market(values) for values in table["market"])


@cache
def market(country: str) -> Market:
    """The market of a country."""
    return next(each for each in markets() if each.country == country)


def _market(values: dict[str, Any]) -> Market:
    place = {
        **values,
        "language": _language(values["language"]),
        "carriers": tuple(values["carriers"]),
        "cities": tuple(values["cities"]),
    }
    unit = 10 ** money.exponent(values["currency"]) * values["rate"]
    return Market(**place, prices=tuple(price * unit for price in PRICES_USD))


@cache
def _language(code: str) -> Language:
    words = tomllib.loads((_HERE / "languages" / f"{code}.toml").read_text(encoding="utf-8"))
    return Language(
        code=code,
        given=tuple(words["given"]),
        family=tuple(words["family"]),
        goods=tuple(words["goods"]),
        claims=words["claims"],
        seller=words["seller"],
        buyer=words["buyer"],
        received=words["desk"]["received"],
    )
