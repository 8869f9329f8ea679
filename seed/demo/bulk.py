"""Cases by the thousand, for a store as large as wanted: rows of a file, drawn one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from models.imported import ImportedCase
from models.vocabulary import Outcome, PartyAct, Payer, Remedy
from seed.demo.case_maker import CaseMaker
from seed.demo.sellers import Seller
from seed.demo.staff import INES, MARGIT, TOMASZ

LONGEST = timedelta(days=19)
"""From the opening of a case of the history to its end, at most."""
_DAY = 86_400
_RULED_BY = (INES, INES, TOMASZ, TOMASZ, MARGIT, "K. Ostrander", "P. Achebe")
"""The last two have left; their names stand in old files only."""
_FULL_NOTES = (
    "No proof of delivery after two requests.",
    "Defect shown on video, seller's objection does not touch it.",
    "Seller silent, buyer's photos speak for themselves.",
    "Trace lost after the export hub.",
)
_PART_NOTES = (
    "Usable but worth less; part of the price.",
    "Pieces missing, the rest in order.",
    "Both sides have a point.",
)
_NONE_NOTES = (
    "Signed delivery note matches the order.",
    "Photos show the item of the listing.",
    "Claim came after the parcel.",
)
_AGREED_NOTES = ("", "", "Settled between the parties.", "Seller accepted by phone.")


def history(seed: str, count: int, first_number: int, since: datetime, until: datetime) -> Iterator[ImportedCase]:
    """`count` closed cases, opened evenly from `since` on and closed before `until`, in the order of their opening."""
    maker = CaseMaker(f"{seed} {count}", count)
    roll = maker.random.random
    step = (until - LONGEST - since).total_seconds() / max(1, count)
    for number in range(count):
        place = maker.market()
        day = since + timedelta(seconds=step * number)
        opened_at = maker.in_their_day(day.replace(hour=0, minute=0, second=0, microsecond=0), place)
        seller = maker.seller()
        facts = maker.facts(first_number + number, opened_at, place=place, seller=seller)
        facts |= _closed(facts, seller, roll(), roll(), roll(), roll())
        yield ImportedCase(**facts)


def present(seed: str, count: int, first_number: int, now: datetime) -> Iterator[ImportedCase]:
    """`count` open cases, the youngest last."""
    maker = CaseMaker(f"{seed} {count}", count)
    roll = maker.random.random
    for number in range(count):
        place, seller = maker.market(), maker.seller()
        age = (1 - number / count) * 11 * _DAY + 900 + roll() * 3600
        opened_at = now - timedelta(seconds=int(age))
        facts = maker.facts(first_number + number, opened_at, place=place, seller=seller)
        facts |= _open(facts, seller, age, roll(), roll())
        yield ImportedCase(**facts)


def _closed(
    facts: dict[str, Any], seller: Seller, way: float, late: float, speed: float, side: float
) -> dict[str, Any]:
    """How it went: agreed, withdrawn or ruled on; slow sellers answer after their five days, or never."""
    opened_at, is_late = facts["opened_at"], late < seller.missed
    answered_at = opened_at + timedelta(seconds=int(_DAY * (5 + 3 * speed if is_late else 0.1 + 4.7 * speed * speed)))
    if way < 0.46:
        return _agreed(facts, answered_at, side)
    if way < 0.6:
        return {
            "outcome": Outcome.WITHDRAWN,
            "decided_at": opened_at + timedelta(seconds=int(_DAY * (0.5 + 6 * speed))),
        }
    answer: dict[str, Any] = {} if is_late and side < 0.7 else {
        "response": PartyAct.REJECT if side < 0.75 else PartyAct.REPLY, "responded_at": answered_at
    }  # fmt: skip
    escalated_at = max(answered_at, opened_at + timedelta(days=5)) + timedelta(seconds=int(_DAY * speed))
    decided_at = escalated_at + timedelta(seconds=int(_DAY * (0.2 + 7 * late * speed + 2 * side)))
    return {**answer, **_ruled(facts, side), "escalated_at": escalated_at, "decided_at": decided_at}


def _agreed(facts: dict[str, Any], answered_at: datetime, side: float) -> dict[str, Any]:
    remedy, note = facts["remedy"], _AGREED_NOTES[int(side * 4)]
    outcome = Outcome(remedy.value)
    amount = facts["requested_minor"] if remedy is Remedy.PARTIAL_REFUND else facts["amount_minor"]
    return {
        "response": PartyAct.ACCEPT,
        "responded_at": answered_at,
        "outcome": outcome,
        "refund_minor": 0 if remedy is Remedy.REPLACEMENT else amount,
        "payer": Payer.SELLER,
        "decided_at": answered_at,
        "decision_note": note,
    }


def _ruled(facts: dict[str, Any], side: float) -> dict[str, Any]:
    amount = facts["amount_minor"]
    maker = _RULED_BY[int(side * 97) % len(_RULED_BY)]
    if side < 0.55:
        return {
            "outcome": Outcome.FULL_REFUND, "refund_minor": amount, "decided_by": maker,
            "payer": Payer.PLATFORM if side < 0.03 else Payer.SELLER, "decision_note": _FULL_NOTES[int(side * 89) % 4],
        }  # fmt: skip
    if side < 0.75 and amount > 10:
        return {
            "outcome": Outcome.PARTIAL_REFUND, "refund_minor": amount * (2 + int(side * 83) % 4) // 10,
            "decided_by": maker, "payer": Payer.SELLER, "decision_note": _PART_NOTES[int(side * 89) % 3],
        }  # fmt: skip
    note = _NONE_NOTES[int(side * 89) % 3]
    return {"outcome": Outcome.NO_REFUND, "refund_minor": 0, "decided_by": maker, "decision_note": note}


def _open(facts: dict[str, Any], seller: Seller, age: float, way: float, speed: float) -> dict[str, Any]:
    """Where a case of that age stands: with the seller, in talks, or with us."""
    opened_at = facts["opened_at"]
    if age < 7 * _DAY and way < (0.35 + seller.missed if age > 5 * _DAY else 0.6):
        return {}
    answered_at = opened_at + timedelta(seconds=int(min(age * 0.9, 4.8 * _DAY) * (0.2 + 0.8 * speed)))
    if age < 6 * _DAY or way > 0.9:
        return {"response": PartyAct.REPLY if speed < 0.6 else PartyAct.REJECT, "responded_at": answered_at}
    escalated_at = opened_at + timedelta(seconds=int(5 * _DAY + min(age - 5 * _DAY, 2 * _DAY) * speed))
    answer = {} if way < 0.5 else {"response": PartyAct.REJECT, "responded_at": answered_at}
    return {**answer, "escalated_at": escalated_at, "assignee": (INES, TOMASZ, "", "")[int(speed * 4)]}
