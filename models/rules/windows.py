"""How long a seller has for an answer: by the reason, by who they are, and without the holidays that were declared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from models.dataclass import dataclass
from models.rules.pauses import Pause, Why

_COUNTRY = "[A-Za-z]{2}"


@dataclass(frozen=True, slots=True)
class SellerFacts:
    """What was known of a seller when they were told of the case."""

    tier: str = ""
    """The marketplace's own word, such as `gold`."""
    country: str = ""
    """ISO 3166-1, such as `CN`; what is stored of a party can be any text."""
    away: tuple[tuple[datetime, datetime], ...] = ()
    """Holidays that they had declared: from, to."""

    def told(self) -> dict[str, Any]:
        """As the fields of a notification; what is not known, and what is no code, is left out."""
        return {
            "seller_tier": self.tier or None,
            "seller_country": self.country.upper() if re.fullmatch(_COUNTRY, self.country) else None,
            "seller_away": self.away or None,
        }


@dataclass(frozen=True, slots=True)
class Holiday:
    """Of the policy: no seller of these countries, or none at all, is waited for."""

    name: str
    from_at: datetime
    to_at: datetime
    countries: tuple[str, ...]
    """Empty for all."""

    def holds_for(self, seller: SellerFacts) -> bool:
        return not self.countries or seller.country in self.countries


@dataclass(frozen=True, slots=True)
class Windows:
    """What a policy says beside the one length for all."""

    by_reason: Mapping[str, timedelta]
    """By family, or by family and sub, which goes before."""
    by_tier: Mapping[str, timedelta]
    holidays: tuple[Holiday, ...]

    def first(self, default: timedelta, reason: str, tier: str) -> tuple[timedelta, str]:
        """The window for the first answer and the rule that set it; the longer of two that fit. None set: `default`."""
        found = []
        named = next((each for each in (reason, reason.split("/")[0]) if each in self.by_reason), None)
        if named is not None:
            found.append((self.by_reason[named], f"by reason {named}"))
        if tier in self.by_tier:
            found.append((self.by_tier[tier], f"by tier {tier}"))
        return max(found, key=lambda each: each[0], default=(default, ""))

    def not_counted(self, seller: SellerFacts, start: datetime) -> Iterator[Pause]:
        """The declared holidays that end after `start`, in order."""
        if not self.holidays and not seller.away:
            return
        declared = [(each.from_at, each.to_at) for each in self.holidays if each.holds_for(seller)]
        for from_at, to_at in sorted({*declared, *seller.away}):
            if to_at > start:
                yield Pause(Why.HOLIDAY, from_at, None, to_at)
