"""Who had the ball of stored cases for how long, and to whom their broken promises are booked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from models.dataclass import dataclass
from models.queries.case_parts import LedgerView, ShareView, TurnView
from models.queries.history import events_among, standing_acts
from models.rules.act import Act
from models.rules.attribution import booked_to
from models.rules.case import Case
from models.rules.ledger import Ledger, with_case
from models.rules.reach import OutOfReach, out_of_reach
from models.vocabulary import ClockKind, Party


@dataclass(frozen=True, slots=True)
class Booked:
    """A case as its ledger and its promises are told; instants as of which are the caller's."""

    case: Case
    """Without what other cases of its order give."""
    ledger: Ledger
    blame: dict[int, Party]
    """Of each clock that is or was past due, or can only be, by its number: whom it is booked to."""
    out_of_reach: OutOfReach | None


def booked(acts: Sequence[tuple[Act, datetime]], now: datetime) -> Booked:
    """Of the case that the acts add up to."""
    case, ledger = with_case(acts, now)
    lost = out_of_reach(case, now)
    promise = case.running(ClockKind.RESOLUTION) if lost else None
    broken = [clock for clock in case.clocks if clock.is_breached(now) or clock is promise]
    return Booked(case, ledger, {clock.number: booked_to(clock, case, ledger, now) for clock in broken}, lost)


def booked_of(ids: Sequence[int], now: datetime) -> dict[int, Booked]:
    """Of a batch of cases by their number. One select."""
    told = ((dispute_id, standing_acts(events)) for dispute_id, events in events_among(ids))
    return {dispute_id: booked(acts, now) for dispute_id, acts in told if acts}


def view_of(ledger: Ledger) -> LedgerView:
    """As a screen or `show` reads it."""
    reasons: defaultdict[str, set[str]] = defaultdict(set)
    for turn in ledger.turns:
        if turn.hold is not None:
            reasons[turn.ball].add(turn.hold)
    return LedgerView(
        from_at=ledger.from_at,
        to_at=ledger.to_at,
        is_over=ledger.is_over,
        seconds=ledger.seconds,
        shares=tuple(
            ShareView(each.ball, each.seconds, each.held_seconds, tuple(sorted(reasons[each.ball])))
            for each in ledger.shares
        ),
        turns=tuple(TurnView(each.from_at, each.to_at, each.ball, each.hold) for each in ledger.turns),
    )
