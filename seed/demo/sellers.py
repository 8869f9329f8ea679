"""Who sells, and how reliably each of them answers."""

from __future__ import annotations

from functools import cache
from itertools import islice, product

from models.dataclass import dataclass

_NAMES = (
    "Lantern Bay Electronics", "Golden Carp Trading", "Nordwind Küchenbedarf", "Ateliê Maré", "Silver Heron Outdoor",
    "木棉花小店", "Quickstep Sports Outlet", "Casa Jacarandá", "Blue Anvil Tools", "Maison Coquelicot",
    "星河数码专营店",
    "Kestrel Audio", "Bursa Home Textiles", "Tienda Ñandú", "Happy Panda Gadgets", "Glasbläserei Finkenau",
    "Polar Bear Kids", "Лавка «Кедр»", "さくら雑貨", "Sunny Ridge Direct", "Atlas Phone Parts", "Hanbit Living",
    "Ruby & Moss Jewellery", "E-Mart Plaza 88", "Cordoba Leather Works", "Tidewater Drones", "متجر الواحة",
    "Pracownia Bursztyn", "Urban Yak Bags", "Zenith Watch Outlet", "Willow Kitchenware", "BestDeal Warehouse 7",
    "Northgate Cycles", "Studio Vela", "Copper Kettle Coffee", "Little Fjord Nursery",
)  # fmt: skip
_MISSED = (0.02, 0.55, 0.05, 0.10, 0.04, 0.18, 0.12, 0.08, 0.03, 0.06, 0.22, 0.05)
"""Share of answers that come late or never, by a seller's place in the list."""
_WORDS = (
    ("Amber", "Bright", "Cedar", "Delta", "Ember", "Fern", "Granite", "Harbor", "Iris", "Jade", "Koi", "Lotus", "Maple",
     "Nova", "Onyx", "Pine", "Quartz", "River", "Slate", "Topaz"),
    ("Star", "Leaf", "Hill", "Gate", "Wave", "Stone", "Field", "Crane", "Bridge", "Crest", "Moon", "Port", "Spring",
     "Cloud", "Fox"),
    ("Trading", "Outlet", "Home", "Digital", "Sports", "Living", "Fashion", "Tools", "Garden", "Kids", "Audio", "Bags"),
)  # fmt: skip

GOLDEN_CARP, HAPPY_PANDA, E_MART, BEST_DEAL = 1, 14, 23, 31
LANTERN_BAY, KESTREL, TIDEWATER, ZENITH, COPPER_KETTLE, WILLOW, NORDWIND = 0, 11, 25, 29, 34, 30, 2
_NEVER_ANSWER = {GOLDEN_CARP: 0.55, HAPPY_PANDA: 0.4, E_MART: 0.6, BEST_DEAL: 0.45}


@dataclass(frozen=True, slots=True)
class Seller:
    ref: str
    name: str
    missed: float
    """Share of answers that come late or never."""


@cache
def sellers(cases: int) -> tuple[Seller, ...]:
    """The sellers of a store with so many cases: a few dozen that everybody knows, and the many behind them."""
    count = len(_NAMES) + min(cases // 80, 3600)
    names = (*_NAMES, *(" ".join(words) for words in islice(product(*_WORDS), count - len(_NAMES))))
    return tuple(
        Seller(f"s{40_000 + number * 7919 % 57_000}", name, _NEVER_ANSWER.get(number, _MISSED[number % len(_MISSED)]))
        for number, name in enumerate(names)
    )
