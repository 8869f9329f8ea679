"""What has been filled in on the intake screen: as a claim, as a draft, as a command line."""

from __future__ import annotations

import shlex
from typing import Any

from models.rules.intake import Intake
from models.rules.money import text as money_text

TEXTS = ("remedy", "amount", "expected", "actual", "tried", "note")


def intake_of(texts: dict[str, str]) -> Intake:
    """From the fields by name. What is no number among the lines is left out: the rules would not know it either."""
    lines = texts["lines"].replace(",", " ").split()
    told: dict[str, Any] = {name: texts.get(name, "") for name in TEXTS}
    return Intake(
        order=texts["order"],
        reason=f"{texts['family']}/{texts['sub']}" if texts["family"] and texts["sub"] else "",
        lines=tuple(int(word) for word in lines if word.isascii() and word.isdigit() and len(word) < 10),
        overrides=tuple(texts.get("overrides", "").split()),
        **told,
    )


def texts_of(intake: Intake) -> dict[str, str]:
    """Back to the fields."""
    texts = {name: str(getattr(intake, name)) for name in (*TEXTS, "order")}
    family, _, sub = intake.reason.partition("/")
    texts |= {"family": family, "sub": sub}
    return {**texts, "lines": " ".join(map(str, intake.lines)), "overrides": " ".join(intake.overrides)}


def kept_of(intake: Intake, buyer: str) -> dict[str, Any] | None:
    """For the draft; None while nothing is filled in."""
    kept = intake.kept()
    return {**kept, "buyer": buyer} if buyer.strip() or any(kept.values()) else None


def command_of(intake: Intake) -> str:
    """What does the same on the command line; of a file only its title is left, which is its name unless told."""
    said = ["disputes", "open"]
    for name in ("order", "reason", "remedy", "amount", "expected", "actual", "tried", "note"):
        if value := str(getattr(intake, name)).strip():
            said += [f"--{name}", value]
    said += [word for line in intake.lines for word in ("--line", str(line))]
    said += [word for piece in intake.shown for word in ("--evidence", f"{piece.kind}={piece.title}")]
    said += [word for rule in intake.overrides for word in ("--override", rule)]
    return shlex.join(said)


def amount_shown(minor: int | None, currency: str) -> str:
    return "–" if minor is None else f"{money_text(minor, currency)} {currency}"
