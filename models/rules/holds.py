"""What a supervisor does to promises: holds, later due instants, waivers."""

from __future__ import annotations

from datetime import datetime, timedelta

from models.rules import talks
from models.rules.case import Case, pause_of
from models.vocabulary import ClockKind, Hold


def hold(case: Case, why: Hold, at: datetime) -> None:
    case.hold, case.held_at = why, at
    for clock in case.clocks:
        pause = pause_of(why, clock.kind)
        if clock.is_running and pause is not None:
            clock.pause(pause, max(at, clock.started_at))
    talks.move_cap(case)


def unhold(case: Case, at: datetime) -> None:
    """The clocks run again, each with the time that it had left, and so do offers."""
    if case.hold is not None and case.held_at is not None:
        if pause_of(case.hold, ClockKind.BUYER_REPLY) is not None:
            talks.prolong(case, at - case.held_at, since=case.held_at)
        for clock in case.clocks:
            pause = pause_of(case.hold, clock.kind)
            if clock.is_running and pause is not None:
                clock.resume(pause, at)
        case.hold = case.held_at = None
        talks.move_cap(case)


def extend(case: Case, kind: ClockKind, by: timedelta, at: datetime, recorded_at: datetime) -> None:
    """A later due instant. One that was already missed stays missed, and the same promise begins again beside it."""
    clock = case.running(kind)
    assert clock is not None
    if clock.is_overdue(at):
        due_at, started_at, open_time = clock.extended(by), clock.started_at, clock.open_time
        clock.cut(at)
        again = case.start(kind, started_at, due_at, recorded_at)
        if open_time is not None:
            again.open_time = open_time.reaching(started_at, due_at)
    else:
        clock.extend(by)
    if kind is ClockKind.BUYER_REPLY:
        talks.prolong(case, by)
    talks.move_cap(case)


def waive(case: Case, kind: ClockKind, at: datetime) -> None:
    """The promise is given up. It is neither kept nor broken, and the next decision needs a second person."""
    clock = case.running(kind)
    assert clock is not None
    clock.waive(at)
    if kind is ClockKind.SELLER_RESPONSE:
        talks.give_cap_back(case, at)
    case.has_override = True
