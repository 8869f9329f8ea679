"""Promises with an owner, a start, a due instant and a stop."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from models.vocabulary import ClockEnd, ClockKind, Party

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
    ClockKind.NOTIFY: Kind(Party.PLATFORM, "tell the seller", "the case opened", "the seller was notified", False),
    ClockKind.SELLER_RESPONSE: Kind(
        Party.SELLER, "seller's answer", "the seller was notified, or the buyer acted", "the seller's next act", True
    ),
    ClockKind.BUYER_REPLY: Kind(Party.BUYER, "buyer's reply", "the seller's offer", "the buyer's next act", True),
    ClockKind.NEGOTIATION_CAP: Kind(None, "end of talks", "the case opened", "the case left talks", True),
    ClockKind.RESOLUTION: Kind(
        Party.PLATFORM, "resolution", "the case opened", "an agreement, a decision or a withdrawal", False
    ),
    ClockKind.REVIEW: Kind(Party.PLATFORM, "review", "the case was escalated", "a decision or an agreement", False),
}


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

    @property
    def is_running(self) -> bool:
        return self.end is None

    def is_overdue(self, at: datetime) -> bool:
        """Strictly past due: an act at the due instant itself is in time."""
        return self.is_running and at > self.due_at

    def is_breached(self, at: datetime) -> bool:
        """Was ever past due, whatever came after; a cancelled or waived promise was not broken."""
        if self.end is None:
            return at > self.due_at
        return self.end in (ClockEnd.MISSED, ClockEnd.MET_LATE_RECORDED)

    def stop(self, occurred_at: datetime, recorded_at: datetime) -> None:
        """The promised act happened. In time but written down after the breach, it clears the breach and hides none."""
        self.stopped_at = occurred_at
        if occurred_at > self.due_at:
            self.end = ClockEnd.MISSED
        elif self.entered_at <= self.due_at < recorded_at:
            self.end = ClockEnd.MET_LATE_RECORDED
        else:
            self.end = ClockEnd.MET

    def cut(self, at: datetime) -> None:
        """Nobody waits for the promise any longer: it is missed if it was late by then, else cancelled."""
        self.stopped_at = at
        self.end = ClockEnd.MISSED if at > self.due_at else ClockEnd.CANCELLED

    def standing(self, at: datetime) -> str:
        """The state in one word: how it ended, or running, due_soon, breached."""
        if self.end is not None:
            return self.end.value
        if at > self.due_at:
            return "breached"
        left = self.due_at - at
        elapsed = (at - self.started_at).total_seconds()
        whole = (self.due_at - self.started_at).total_seconds()
        is_soon = left <= DUE_SOON_LEFT or (whole > 0 and elapsed >= DUE_SOON_SHARE * whole)
        return "due_soon" if is_soon else "running"
