"""What the buyer should hear before a case is withdrawn, and what supervisors should see of it afterwards."""

from __future__ import annotations

from datetime import datetime, timedelta

from models.dataclass import dataclass
from models.rules.case import Case
from models.vocabulary import State

PROTECTION_ENDS = "protection_ends"
GOODS_ON_THE_WAY = "goods_on_the_way"
PRESSURE = "pressure"
SENTENCES = {
    PROTECTION_ENDS: "Buyer protection ends within 48 hours: a new case may then be too late.",
    GOODS_ON_THE_WAY: "Goods are on their way: nobody knows yet what will arrive.",
    PRESSURE: "The seller asked to close the case within the last 24 hours: ask the buyer why they withdraw.",
}

PROTECTION_SOON = timedelta(hours=48)
PRESSURE_WITHIN = timedelta(hours=24)
ASKING_TO_CLOSE = (
    "close the dispute", "close the case", "close this case", "close your", "close it", "cancel the dispute",
    "cancel the case", "cancel your", "withdraw", "drop the dispute", "drop the case", "remove the dispute",
    "закрыть спор", "закройте спор", "отменить спор", "отмените спор", "cerrar la disputa", "cancelar la disputa",
    "retirar la disputa", "fermer le litige", "annuler le litige", "schließen sie den", "zurückziehen",
    "encerrar a disputa", "cancelar a disputa", "zamknij spór", "zamknąć spór", "关闭纠纷", "取消纠纷", "撤销纠纷",
)  # fmt: skip
"""A plain list, in any case: a message of the seller that holds one of these asks to close. It flags, never decides."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a warning may rest on beside the case itself."""

    protection_ends_at: datetime | None = None
    shipped_at: datetime | None = None
    delivered_at: datetime | None = None
    seller_said: tuple[tuple[datetime, str], ...] = ()
    """The seller's latest messages: when, and what."""


def asks_to_close(text: str) -> bool:
    folded = " ".join(text.casefold().split())
    return any(phrase.casefold() in folded for phrase in ASKING_TO_CLOSE)


def warnings(case: Case, around: Surroundings, at: datetime) -> tuple[str, ...]:
    """The codes of `SENTENCES` that hold at `at`."""
    ends_at = around.protection_ends_at
    ends_soon = ends_at is not None and at <= ends_at <= at + PROTECTION_SOON
    on_the_way = around.shipped_at is not None and around.shipped_at <= at and around.delivered_at is None
    pressed = any(at - PRESSURE_WITHIN <= when <= at and asks_to_close(text) for when, text in around.seller_said)
    found = {
        PROTECTION_ENDS: ends_soon,
        GOODS_ON_THE_WAY: on_the_way or case.state is State.AWAITING_RETURN,
        PRESSURE: pressed,
    }
    return tuple(code for code, holds in found.items() if holds)
