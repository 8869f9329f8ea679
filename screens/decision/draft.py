"""What has been filled in on the decision screen: as a draft in the store, as a ruling, as a command line."""

from __future__ import annotations

from dataclasses import field
from typing import Any

from models.dataclass import dataclass
from models.rules import basis, money
from models.rules.approval import Point, RulingDraft
from models.rules.case import Case
from models.rules.policy import policy
from models.vocabulary import Outcome, Party, Payer
from screens import words

RULINGS = (Outcome.FULL_REFUND, Outcome.PARTIAL_REFUND, Outcome.RETURN_AND_REFUND, Outcome.NO_REFUND)
"""A replacement can only be agreed."""
GRID = ("point", "claimed", "answered", "shown", "found")


@dataclass(slots=True)
class Filled:
    """The fields by name, as text; the grid as rows."""

    texts: dict[str, str] = field(default_factory=dict)
    points: list[dict[str, str]] = field(default_factory=list)

    def kept(self) -> dict[str, Any]:
        """For the draft."""
        return {"texts": self.texts, "points": self.points}

    @property
    def outcome(self) -> Outcome | None:
        word = self.texts.get("outcome", "")
        return Outcome(word) if word else None

    @property
    def payer(self) -> Payer | None:
        """Nobody pays nothing, and an appeal that leaves the ruling leaves its payer."""
        word = self.texts.get("payer", "")
        return None if not word or self.outcome in (None, Outcome.NO_REFUND) else Payer(word)

    def ruling(self, case: Case) -> RulingDraft:
        """Raises Refused where the amount is none."""
        amount = self.texts.get("amount", "").strip()
        note, freight = self.texts.get("note", ""), self.texts.get("freight", "")
        is_partial = self.outcome is Outcome.PARTIAL_REFUND
        return RulingDraft(
            outcome=self.outcome,
            amount_minor=money.minor(amount, case.currency) if amount else None,
            payer=self.payer,
            freight=Party(freight) if freight and self.outcome is Outcome.RETURN_AND_REFUND else None,
            findings=tuple(self.texts.get("findings", "").split()),
            points=tuple(
                Point(**{name: row.get(name, "") for name in GRID} | {"found": row.get("found") or note})
                for row in self.points
                if any(row.values())
            ),
            basis=tuple(self.texts.get("basis", "").split()) if is_partial else (),
            note=note,
            to_buyer=self.texts.get("to_buyer", ""),
            to_seller=self.texts.get("to_seller", ""),
        )

    def command(self) -> list[str]:
        """The words behind the case on the command line."""
        said: list[str] = []
        for option, name in (("--result", "result"), ("--outcome", "outcome"), ("--amount", "amount")):
            if self.texts.get(name):
                said += [option, self.texts[name].strip()]
        if self.payer is not None:
            said += ["--payer", self.payer]
        if self.outcome is Outcome.RETURN_AND_REFUND and self.texts.get("freight"):
            said += ["--freight", self.texts["freight"]]
        said += _each("--finding", self.texts.get("findings", "").split())
        said += _each("--point", [self._point(row) for row in self.points if any(row.values())])
        if self.outcome is Outcome.PARTIAL_REFUND:
            said += _each("--basis", self.texts.get("basis", "").split())
        for option, name in (("--note", "note"), ("--to-buyer", "to_buyer"), ("--to-seller", "to_seller")):
            if self.texts.get(name):
                said += [option, self.texts[name]]
        return said

    def _point(self, row: dict[str, str]) -> str:
        cells = {**row, "found": row.get("found") or self.texts.get("note", "")}
        return "|".join(cells.get(name, "").replace("|", "\\|") for name in GRID)

    def sum_shown(self, case: Case) -> str:
        """What the amount comes to, in a line below its fields. Raises Refused where the basis is none."""
        most = case.most_minor
        whole = f"{money.text(most, case.currency)} {case.currency}"
        if self.outcome is Outcome.NO_REFUND:
            return f"nothing of the refundable {whole}"
        if self.outcome is not Outcome.PARTIAL_REFUND:
            return f"empty is all that is refundable: {whole}"
        lines = basis.lines_from(self.texts.get("basis", "").split(), most, case.currency, policy(case.policy_version))
        if not lines:
            return f"a basis such as value_loss=30% or repair_cost=5.00, of the refundable {whole}"
        parts = " + ".join(f"{words.plain(line.kind)} {money.text(line.amount_minor, case.currency)}" for line in lines)
        total = money.text(basis.total_minor(lines), case.currency)
        return f"{parts} = {total} of {whole}"


def filled_from(kept: dict[str, Any]) -> Filled:
    """A draft, as far as it can be read: a draft is never a reason to fail."""
    texts, points = kept.get("texts"), kept.get("points")
    return Filled(
        {str(name): str(text) for name, text in texts.items()} if isinstance(texts, dict) else {},
        [{name: str(row.get(name, "")) for name in GRID} for row in points if isinstance(row, dict)]
        if isinstance(points, list)
        else [],
    )


def _each(option: str, values: list[str]) -> list[str]:
    return [word for value in values for word in (option, value)]
