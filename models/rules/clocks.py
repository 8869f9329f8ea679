"""Promises with an owner, a start, a due instant and a stop."""

from __future__ import annotations

from dataclasses import field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from models.dataclass import dataclass
from models.rules import pauses
from models.rules.pauses import Pause, Why
from models.vocabulary import ClockEnd, ClockKind, Party

if TYPE_CHECKING:
    from models.rules.open_time import OpenTime

DUE_SOON_SHARE = 0.8
DUE_SOON_LEFT = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Kind:
    """What a clock promises, in words that screens and help show."""

    owner: Party | None
    """None: both parties."""
    label: str
    starts: str
    stops: str
    is_talks: bool
    """Ends when a case leaves talks."""


KINDS: dict[ClockKind, Kind] = {
    ClockKind.NOTIFY: Kind(Party.PLATFORM, "tell the seller", "the case opened", "the seller was notified", True),
    ClockKind.SELLER_RESPONSE: Kind(
        Party.SELLER, "seller's answer", "the seller was notified, or the buyer acted", "the seller's next act", True
    ),
    ClockKind.BUYER_REPLY: Kind(Party.BUYER, "buyer's reply", "the seller's offer", "the buyer's next act", True),
    ClockKind.NEGOTIATION_CAP: Kind(None, "end of talks", "the case opened", "the case left talks", True),
    ClockKind.RESOLUTION: Kind(
        Party.PLATFORM, "resolution", "the case opened", "an agreement, a decision or a withdrawal", False
    ),
    ClockKind.REVIEW: Kind(
        Party.PLATFORM, "review", "the case was escalated, or a return went wrong", "a decision or an agreement", False
    ),
    ClockKind.FIRST_TOUCH: Kind(
        Party.PLATFORM, "first touch", "the case was escalated", "somebody claimed it, or had it already", False
    ),
    ClockKind.INFO: Kind(None, "what was asked", "the platform asked a party", "that party's answer", False),
    ClockKind.APPROVAL: Kind(
        Party.PLATFORM, "second person", "a decision was proposed", "it was approved or sent back", False
    ),
    ClockKind.RETURN_SHIP: Kind(
        Party.BUYER, "sending back", "a return was agreed or ruled", "the goods were shipped", False
    ),
    ClockKind.RETURN_CONFIRM: Kind(
        Party.SELLER, "taking back", "the goods were delivered back", "the seller said what has come", False
    ),
    ClockKind.REFUND: Kind(Party.PLATFORM, "refund", "a refund was due, or failed", "it was confirmed", False),
    ClockKind.APPEAL_WINDOW: Kind(None, "time to appeal", "a ruling was issued", "it passes by itself", False),
    ClockKind.APPEAL_REVIEW: Kind(Party.PLATFORM, "hearing", "an appeal was filed", "the appeal was ruled on", False),
}


WINDOWS = frozenset({ClockKind.APPEAL_WINDOW})
"""Promises to nobody: they begin with their end, are never overdue, and nobody is late by them."""


@dataclass(frozen=True, slots=True)
class Terms:
    """A promise of the policy."""

    policy_version: int
    length: timedelta
    """Business hours where they count."""
    rule: str = ""
    """Which of the policy's rules set it, where it is not the one for all."""


@dataclass(slots=True)
class Clock:
    """One promise of one case. A clock that has stopped is never edited again."""

    number: int
    """Counts the clocks of a case from 1."""
    kind: ClockKind
    started_at: datetime
    due_at: datetime
    is_given: bool
    """The due instant came from the source and won over the policy."""
    entered_at: datetime
    """When the clock first stood in our store: what was recorded later cannot have been late to us before that."""
    stopped_at: datetime | None = None
    end: ClockEnd | None = None
    pauses: list[Pause] = field(default_factory=list)
    promised_at: datetime | None = None
    """The due instant without its pauses, where `due_at` has moved away from it."""
    open_time: OpenTime | None = None
    """What was promised, of a clock that counts only the open hours of a calendar."""
    holidays: list[Pause] = field(default_factory=list)
    """Known from the start, and in `due_at`: time that does not count, although nothing stands still."""
    terms: Terms | None = None
    """What the policy promised; None where somebody, or the source, gave the instant."""

    @property
    def is_running(self) -> bool:
        """Has not ended; a paused clock runs too."""
        return self.end is None

    @property
    def is_held(self) -> bool:
        """Stands still, and nobody knows until when: it has no due instant to go by, only the one it had."""
        return bool(self.pauses) and self.is_running and any(pause.until is None for pause in self.lasting)

    @property
    def lasting(self) -> list[Pause]:
        """The pauses that nobody has ended and that still give time back."""
        return [pause for pause in self.pauses if pause.ended_at is None and pause.started_at < self.due_at]

    def is_paused(self, at: datetime) -> bool:
        """Stands still at `at`. A clock that was late before has nothing left to pause."""
        return self.is_running and any(pause.stands_at(at) for pause in self.lasting)

    def is_overdue(self, at: datetime) -> bool:
        """Strictly past due: an act at the due instant itself is in time."""
        return self.is_running and at > self.due_at and not self.is_held

    def pause(self, why: Why, at: datetime, *, at_most: timedelta | None = None) -> None:
        """Stand still from `at`; `at_most` is what parties may be waited for in all."""
        until = None if at_most is None else at + pauses.allowance_left(self.pauses, at_most)
        self.pauses.append(Pause(why, at, until))
        self.reckon()

    def resume(self, why: Why, at: datetime) -> None:
        """Run again from `at`, where a pause of this kind lasts."""
        for pause in self.pauses:
            if pause.why is why and pause.ended_at is None:
                end = at if pause.until is None else min(at, pause.until)
                pause.ended_at = max(pause.started_at, end)
        self.reckon()

    def extended(self, by: timedelta) -> datetime:
        """The due instant of one that was missed, so much later."""
        return self.due_at + by if self.open_time is None else replace(self.open_time, length=by).due_at(self.due_at)

    def extend(self, by: timedelta) -> None:
        """Promise it so much later; in business hours by so many of them."""
        if self.open_time is not None:
            self.open_time = self.open_time.longer(by)
        else:
            self.promised_at = self.promise + by
        self.reckon()

    def bring_forward(self, due_at: datetime) -> None:
        """Promise it no later than `due_at`."""
        if due_at < self.due_at:
            self.promised_at = self.promise - (self.due_at - due_at)
            self.reckon()

    @property
    def promise(self) -> datetime:
        """The due instant without its pauses."""
        if self.open_time is not None:
            return self.open_time.due_at(self.started_at)
        return self.promised_at or self.due_at

    @property
    def length(self) -> timedelta:
        """How much time was promised: business hours where they count, else all of it."""
        return self.open_time.length if self.open_time is not None else self.promise - self.started_at

    def with_pauses(self, promised_at: datetime) -> datetime:
        """What `promised_at` comes to with this clock's pauses, where every second counts."""
        not_counted = self.not_counted
        return pauses.moved(promised_at, self.started_at, not_counted) if not_counted else promised_at

    @property
    def not_counted(self) -> list[Pause]:
        return [*self.pauses, *self.holidays]

    def reckon(self) -> None:
        """Work out when it is due from what was promised and what does not count."""
        if self.open_time is not None:
            self.due_at = self.open_time.due_at(self.started_at, self.not_counted)
        else:
            self.promised_at = self.promise
            self.due_at = self.with_pauses(self.promised_at)

    def is_breached(self, at: datetime) -> bool:
        """Was ever past due, whatever came after; a cancelled or waived promise was not broken."""
        if self.end is None:
            return self.is_overdue(at)
        return self.end in (ClockEnd.MISSED, ClockEnd.MET_LATE_RECORDED)

    def stop(self, occurred_at: datetime, recorded_at: datetime) -> None:
        """The promised act happened. In time but written down after the breach, it clears the breach and hides none."""
        self._run_again(occurred_at)
        self.stopped_at = occurred_at
        if occurred_at > self.due_at:
            self.end = ClockEnd.MISSED
        elif self.entered_at <= self.due_at < recorded_at:
            self.end = ClockEnd.MET_LATE_RECORDED
        else:
            self.end = ClockEnd.MET

    def cut(self, at: datetime) -> None:
        """Nobody waits for the promise any longer: it is missed if it was late by then, else cancelled."""
        self._run_again(at)
        self.stopped_at = at
        self.end = ClockEnd.MISSED if at > self.due_at else ClockEnd.CANCELLED

    def miss(self, at: datetime) -> None:
        """Nobody waits any longer, because the time is up; `at` can be the due instant itself."""
        self._run_again(at)
        self.stopped_at = at
        self.end = ClockEnd.MISSED

    def waive(self, at: datetime) -> None:
        """The promise is given up with a reason; it counts in a column of its own."""
        self._run_again(at)
        self.stopped_at = at
        self.end = ClockEnd.WAIVED

    def _run_again(self, at: datetime) -> None:
        """Whatever ends a paused clock closes its pauses first."""
        if self.pauses:
            for why in {pause.why for pause in self.pauses if pause.ended_at is None}:
                self.resume(why, at)

    def standing(self, at: datetime) -> str:
        """The state in one word: how it ended, or running, due_soon, paused, breached."""
        if self.kind in WINDOWS:
            return "running" if at <= self.due_at else ClockEnd.MET.value
        if self.end is not None:
            return self.end.value
        if self.is_paused(at):
            return "paused"
        if at > self.due_at:
            return "breached"
        left = self.due_at - at
        elapsed = (at - self.started_at).total_seconds()
        whole = (self.due_at - self.started_at).total_seconds()
        is_soon = left <= DUE_SOON_LEFT or (whole > 0 and elapsed >= DUE_SOON_SHARE * whole)
        return "due_soon" if is_soon else "running"
