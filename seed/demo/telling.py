"""How the handwritten stories begin: a claim with what makes it this one, and the rest drawn around it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from models.imported import ImportedCase
from models.vocabulary import Remedy
from seed.demo.case_maker import CaseMaker
from seed.demo.script import Script


class Teller:
    """Begins handwritten stories around `now`, numbered from 1."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.maker = CaseMaker("stories", 300)
        self._number = 0

    def begin(
        self,
        country: str,
        topic: str,
        *,
        days: float = 0,
        hours: float = 0,
        seller: int | None = None,
        good: int | None = None,
        buyer: int | None = None,
        clerk: str = "ines",
        **fields: Any,
    ) -> Script:
        """A claim that was made so long ago; `fields` are those of an `ImportedCase` that matter to the story."""
        self._number += 1
        opened_at = self.ago(days=days, hours=hours + self._number * 11 % 53 / 60)
        facts = self.maker.facts(
            self._number,
            opened_at,
            place=country,
            topic=topic,
            seller=None if seller is None else self.maker.sellers[seller],
            good=good,
            buyer=buyer,
        )
        facts["notified_at"] = min(self.now, opened_at + timedelta(minutes=11 + self._number % 17))
        return Script(ImportedCase(**_fitting(facts, fields)), clerk=clerk)

    def skip(self, numbers: int) -> None:
        """Leave these numbers to others."""
        self._number += numbers

    def ago(self, *, days: float = 0, hours: float = 0) -> datetime:
        return self.now - timedelta(seconds=int((days * 24 + hours) * 3600))


def _fitting(facts: dict[str, Any], fields: dict[str, Any]) -> dict[str, Any]:
    """What is given wins, and what was drawn beside it follows: no request above a given amount."""
    if "amount_minor" in fields or "remedy" in fields:
        amount = fields.get("amount_minor", facts["amount_minor"])
        is_part = fields.get("remedy", facts["remedy"]) is Remedy.PARTIAL_REFUND
        facts |= {"requested_minor": amount * 2 // 5 if is_part else None, "paid_minor": amount}
    return {**facts, **fields}
