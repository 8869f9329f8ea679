"""A claim as an agent fills it in for a buyer, step by step, before it is a case."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from models.dataclass import dataclass

NEEDED = ("order", "reason", "remedy", "amount", "expected", "actual", "tried")
"""What a claim must say before it can be submitted, in the order of the steps."""
LABELS = {"expected": "Expected", "actual": "Received", "tried": "Tried with the seller"}
"""The parts of the claim's text, as a case shows them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A file that the buyer shows; its bytes already lie in the store's folder."""

    kind: str
    title: str
    sha256: str
    file_type: str
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What has been filled in so far, as text; empty where nothing was."""

    order: str = ""
    """The order as `queries.orders.find_order` reads it."""
    reason: str = ""
    remedy: str = ""
    amount: str = ""
    """In major units of the order's currency, as typed."""
    expected: str = ""
    actual: str = ""
    """What came, or that nothing did."""
    tried: str = ""
    """What the buyer has tried with the seller."""
    lines: tuple[int, ...] = ()
    """Disputed lines of the order; none named means all."""
    shown: tuple[Shown, ...] = ()
    overrides: tuple[str, ...] = ()
    """Eligibility rules that a supervisor sets aside."""
    note: str = ""
    """Why rules are set aside."""

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(name for name in NEEDED if not getattr(self, name).strip())

    @property
    def claim(self) -> str:
        """The claim in the buyer's words, a part a paragraph."""
        parts = ((label, getattr(self, name).strip()) for name, label in LABELS.items())
        return "\n".join(f"{label}: {text}" for label, text in parts if text)

    def kept(self) -> dict[str, Any]:
        """For a draft."""
        kept = {each.name: _plain(getattr(self, each.name)) for each in fields(self)}
        return {**kept, "shown": [asdict(piece) for piece in self.shown]}


def intake_from(kept: dict[str, Any]) -> Intake:
    """A draft, as far as it can be read: a draft is never a reason to fail."""
    lists = ("lines", "overrides", "shown")
    texts = {each.name: str(kept.get(each.name) or "") for each in fields(Intake) if each.name not in lists}
    lines = tuple(number for number in _listed(kept.get("lines")) if isinstance(number, int))
    overrides = tuple(map(str, _listed(kept.get("overrides"))))
    shown = tuple(piece for each in _listed(kept.get("shown")) if (piece := _shown(each)) is not None)
    return Intake(**texts, lines=lines, overrides=overrides, shown=shown)


def _shown(kept: Any) -> Shown | None:
    names = {each.name for each in fields(Shown)}
    return Shown(**kept) if isinstance(kept, dict) and set(kept) == names else None


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
