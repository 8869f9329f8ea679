"""How a partial ruling's amount is made up: lines that add up, or the ruling does not stand."""

from __future__ import annotations

import re
from collections.abc import Iterable

from models.dataclass import dataclass
from models.errors import Refused
from models.nearest import nearest
from models.rules import money
from models.rules.policy import Policy
from models.vocabulary import Basis

_PERCENT = r"([0-9]{1,3}) ?%"


@dataclass(frozen=True, slots=True)
class Line:
    """One ground, with the amount that it gives the buyer; a shared fault takes away."""

    kind: Basis
    percent: int | None
    amount_minor: int

    def __str__(self) -> str:
        size = f"{self.percent}%" if self.percent is not None else str(self.amount_minor)
        return f"{self.kind}={size}"


def share(amount_minor: int, percent: int) -> int:
    """`percent` of an amount, rounded half up to the minor unit, for the buyer."""
    return (amount_minor * percent * 2 + 100) // 200


def lines_from(texts: Iterable[str], refundable_minor: int, currency: str, rules: Policy) -> tuple[Line, ...]:
    """Read `KIND=AMOUNT` and `KIND=N%`; a percentage is one of what is refundable. Raises Refused (`basis`).

    A shared fault is applied last: what the other lines give, or all that is refundable where there are none, is cut
    by its percentage.
    """
    read = [_read(text, currency, rules) for text in texts]
    grounds = [
        Line(kind, percent, share(refundable_minor, percent) if percent is not None else amount)
        for kind, percent, amount in read
        if kind is not Basis.SHARED_FAULT
    ]
    total = sum(line.amount_minor for line in grounds) if grounds else refundable_minor
    least = share(total, 100 - rules.shared_fault_percent_at_most)
    for kind, percent, amount in read:
        if kind is Basis.SHARED_FAULT:
            rest = share(total, 100 - percent) if percent is not None else total - amount
            if rest < least:
                raise Refused("basis", f"A shared fault takes at most {rules.shared_fault_percent_at_most}% in all.")
            base = Line(Basis.VALUE_LOSS, 100, refundable_minor)
            grounds = [*(grounds or [base]), Line(kind, percent, rest - total)]
            total = rest
    return tuple(grounds)


def total_minor(lines: Iterable[Line]) -> int:
    """What the lines add up to."""
    return sum(line.amount_minor for line in lines)


def _read(text: str, currency: str, rules: Policy) -> tuple[Basis, int | None, int]:
    word, equals, size = (part.strip() for part in text.partition("="))
    if word not in set(Basis):
        near = nearest(word, list(Basis))
        hint = f" Did you mean {near}?" if near else ""
        raise Refused("basis", f"'{word}' is no basis; they are {', '.join(Basis)}.{hint}")
    if not equals or not size:
        raise Refused("basis", f"Write the basis as {word}=12.50 or {word}=30%.")
    kind, match = Basis(word), re.fullmatch(_PERCENT, size)
    if match is None:
        return kind, None, money.minor(size, currency)
    percent = int(match[1])
    if kind is Basis.VALUE_LOSS and percent not in rules.value_loss_percents:
        steps = ", ".join(f"{step}%" for step in rules.value_loss_percents)
        raise Refused("basis", f"A loss of value is one of {steps}, not {percent}%.")
    if kind is Basis.SHARED_FAULT and percent > rules.shared_fault_percent_at_most:
        raise Refused("basis", f"A shared fault takes at most {rules.shared_fault_percent_at_most}%, not {percent}%.")
    if percent > 100:
        raise Refused("basis", f"{percent}% is more than the whole.")
    return kind, percent, 0
