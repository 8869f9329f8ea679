"""A case's story: its claim, and what everybody did afterwards, when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Self

from models.dataclass import dataclass
from models.imported import ImportedCase
from models.operations import assigning, deciding, moving, refunding, talking
from models.rules.approval import RulingDraft
from models.vocabulary import Audience, Party, PartyAct, RefundState
from seed.demo.papers import hand_in
from seed.demo.staff import INES, Desk

Doing = Callable[[Desk, int], object]


@dataclass(frozen=True, slots=True)
class Step:
    """One act; it is written down at `recorded_at`, or as soon as the case is in the store."""

    recorded_at: datetime
    do: Doing


class Script:
    """Told in order: `after` moves the hands of the clock, every other word is something that happens then."""

    def __init__(self, told: ImportedCase, *, clerk: str = INES) -> None:
        self.told = told
        self.clerk = clerk
        """Who writes down what the parties do."""
        self.at = told.opened_at
        self.steps: list[Step] = []
        self._late = timedelta()

    def after(self, *, days: float = 0, hours: float = 0) -> Self:
        self.at = (self.at + timedelta(days=days, hours=hours) + self._unpunctual()).replace(microsecond=0)
        return self

    def go_to(self, instant: datetime) -> Self:
        """Move on to `instant`, or stay where that has passed already."""
        self.at = max(self.at, instant.replace(microsecond=0) - self._unpunctual())
        return self

    def recorded_later(self, *, hours: float) -> Self:
        """What comes next is written down so long after it happened."""
        self._late = timedelta(hours=hours)
        return self

    def seller(self, move: PartyAct, text: str = "", **offered: Any) -> Self:
        return self._respond(Party.SELLER, move, text, offered)

    def buyer(self, move: PartyAct, text: str = "", **offered: Any) -> Self:
        return self._respond(Party.BUYER, move, text, offered)

    def escalate(self, party: Party, cause: str, note: str) -> Self:
        at = self.at
        return self._then(
            lambda desk, case: moving.escalate(
                desk[self.clerk], case=case, party=party, cause=cause, note=note, occurred_at=at
            )
        )

    def withdraw(self, note: str) -> Self:
        at = self.at
        return self._then(lambda desk, case: moving.withdraw(desk[self.clerk], case=case, note=note, occurred_at=at))

    def recode(self, who: str, reason: str, note: str) -> Self:
        return self._then(lambda desk, case: moving.recode(desk[who], case=case, reason=reason, note=note))

    def claim(self, who: str) -> Self:
        return self._then(lambda desk, case: assigning.claim(desk[who], case=case))

    def assign(self, who: str, to: str, note: str) -> Self:
        return self._then(lambda desk, case: assigning.assign(desk[who], case=case, login=desk[to].login, note=note))

    def note(self, who: str, text: str) -> Self:
        return self._then(lambda desk, case: talking.note(desk[who], case=case, text=text))

    def message(self, who: str, audience: Audience, text: str) -> Self:
        return self._then(lambda desk, case: talking.message(desk[who], case=case, audience=audience, text=text))

    def decide(self, who: str, ruling: RulingDraft) -> Self:
        def decide(desk: Desk, case: int) -> None:
            hand_in(desk, self.clerk, case, ruling.outcome)
            desk.hashes[case] = deciding.decide(desk[who], case=case, ruling=ruling).act.hash or ""

        return self._then(decide)

    def approve(self, who: str) -> Self:
        return self._then(lambda desk, case: deciding.approve(desk[who], case=case, hash=desk.hashes[case]))

    def send_back(self, who: str, note: str) -> Self:
        return self._then(lambda desk, case: deciding.send_back(desk[who], case=case, note=note))

    def refund(self, state: RefundState, ref: str = "") -> Self:
        return self._then(lambda desk, case: refunding.refund(desk[self.clerk], case=case, state=state, ref=ref))

    def close(self) -> Self:
        return self._then(lambda desk, case: moving.close(desk[self.clerk], case=case))

    def _unpunctual(self) -> timedelta:
        """People do nothing on the hour."""
        return timedelta(
            minutes=(self.at.minute * 7 + len(self.steps) * 13) % 23, seconds=(self.at.second * 11 + 29) % 60
        )

    def _respond(self, party: Party, move: PartyAct, text: str, offered: dict[str, Any]) -> Self:
        at = self.at
        return self._then(
            lambda desk, case: talking.respond(
                desk[self.clerk], case=case, party=party, move=move, text=text, occurred_at=at, **offered
            )
        )

    def _then(self, do: Doing) -> Self:
        self.steps.append(Step(self.at + self._late, do))
        self._late = timedelta()
        return self
