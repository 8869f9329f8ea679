"""The fast due instant against one that looks at the wall clock at every tick, on random desks, pauses and zones."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from models.errors import Misused
from models.rules.calendars import Calendar
from models.rules.clocks import Clock
from models.rules.due import Due, due
from models.rules.open_time import OpenTime
from models.rules.opening_hours import hours
from models.rules.pauses import Pause, Why, moved
from models.rules.spans import Span
from models.vocabulary import ClockEnd, ClockKind
from tests.rules.tick_by_tick import Desk, slow_due

Question = tuple[datetime, int, Desk | None, list[tuple[int, int]]]
"""Start, seconds promised, a desk or all time, pauses from one epoch second to another."""

CHANGES = {
    # Instants, in UTC, at which something happens to the zone's clocks.
    "Europe/Berlin": ("2026-03-29T01:00", "2026-10-25T01:00"),
    "America/New_York": ("2026-03-08T07:00", "2026-11-01T06:00"),
    "Australia/Lord_Howe": ("2026-04-04T15:00", "2026-10-03T15:30"),  # half an hour
    "Antarctica/Troll": ("2026-03-29T01:00", "2026-10-25T01:00"),  # two hours
    "America/Santiago": ("2026-04-05T03:00", "2026-09-06T04:00"),  # at midnight: a day without its first hour
    "Africa/Cairo": ("2026-04-23T22:00", "2026-10-29T21:00"),
    "Africa/Casablanca": ("2026-02-15T02:00", "2026-03-22T02:00"),  # for Ramadan
    "Pacific/Apia": ("2011-12-30T10:00", "2012-03-31T14:00"),  # 30 December 2011 was left out
    "Pacific/Chatham": ("2026-04-04T14:00", "2026-09-26T14:00"),  # 45 minutes off
    "Asia/Kathmandu": ("2024-02-29T00:00",),
    "UTC": ("2024-02-29T00:00", "2100-02-28T00:00"),
}


@st.composite
def questions(draw: st.DrawFn, tick: int, span: int) -> Question:
    """Everything on a tick, within `span` seconds around the day on which a zone's clocks change, or February ends."""
    zone = draw(st.sampled_from(list(CHANGES)))
    at = int(datetime.fromisoformat(draw(st.sampled_from(CHANGES[zone]))).replace(tzinfo=UTC).timestamp())
    start = at + draw(st.integers(-span // tick // 2, span // tick // 4)) * tick
    minutes = max(tick // 60, 1)
    day = st.lists(st.integers(0, 1440 // minutes), max_size=4, unique=True).map(sorted)
    week = draw(st.lists(day, min_size=7, max_size=7)) if draw(st.integers(0, 9)) else None
    target = draw(st.integers(0, span // tick // 3)) * tick
    edges = st.integers(-span // tick // 4, span // tick)
    pauses = draw(st.lists(st.tuples(edges, edges).map(sorted), max_size=5))
    spans = [(start + begins * tick, start + ends * tick) for begins, ends in pauses]
    if week is None:
        return datetime.fromtimestamp(start, UTC), target, None, spans
    opening = tuple(
        tuple((a * minutes, b * minutes) for a, b in zip(cuts[::2], cuts[1::2], strict=False)) for cuts in week
    )
    assume(any(opening))
    today = datetime.fromtimestamp(start, ZoneInfo(zone)).date()
    free = frozenset(
        today + timedelta(days=off) for off in draw(st.sets(st.integers(-1, span // 86_400 + 1), max_size=3))
    )
    return datetime.fromtimestamp(start, UTC), target, Desk(zone, opening, free), spans


def fast_due(start: datetime, target: int, desk: Desk | None, spans: list[tuple[int, int]]) -> Due:
    pauses = [Span(datetime.fromtimestamp(a, UTC), datetime.fromtimestamp(b, UTC)) for a, b in spans]
    return due(start, timedelta(seconds=target), calendar_of(desk) if desk else None, pauses)


def calendar_of(desk: Desk) -> Calendar:
    return Calendar("x", ZoneInfo(desk.zone), hours(desk.text), desk.holidays)


def check(question: Question, tick: int, span: int) -> None:
    start = question[0]
    until = int(start.timestamp()) + span
    slow = slow_due(*question, tick=tick, until=until)
    if slow is None:  # later than anybody wants to wait for: the fast one must say so too
        with suppress(Misused):
            assert fast_due(*question).due_at > datetime.fromtimestamp(until, UTC) - timedelta(seconds=tick)
        return
    fast = fast_due(*question)
    assert fast.due_at == slow[0]
    assert [(int(e.from_at.timestamp()), int(e.to_at.timestamp()), e.why) for e in fast.skipped] == slow[1]
    assert fast.counted_seconds == question[1]


QUARTER, WEEKS = 900, 14 * 86_400
MINUTE, DAYS = 60, 2 * 86_400
SECOND, HOURS = 1, 3 * 3600

many = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


@given(questions(QUARTER, WEEKS))
@settings(many, max_examples=1200)
def test_quarter_hour_by_quarter_hour_over_two_weeks(
    question: Question,
) -> None:
    check(question, QUARTER, WEEKS)


@given(questions(MINUTE, DAYS))
@settings(many, max_examples=300)
def test_minute_by_minute_over_two_days(question: Question) -> None:
    check(question, MINUTE, DAYS)


@given(questions(SECOND, HOURS))
@settings(many, max_examples=100)
def test_second_by_second_over_three_hours(question: Question) -> None:
    check(question, SECOND, HOURS)


@given(questions(QUARTER, WEEKS), st.randoms(use_true_random=False))
@settings(many, max_examples=200)
def test_pauses_only_lengthen_whatever_their_order_and_however_often_they_are_told(
    question: Question, random: Random
) -> None:
    start, target, desk, spans = question
    found = fast_due(start, target, desk, spans)
    again = [*spans, *spans]
    random.shuffle(again)
    assert fast_due(start, target, desk, again) == found
    for without in range(len(spans)):
        assert fast_due(start, target, desk, spans[:without] + spans[without + 1 :]).due_at <= found.due_at
    skipped = sum((each.to_at - each.from_at for each in found.skipped), timedelta())
    assert start + timedelta(seconds=found.counted_seconds) + skipped == found.due_at
    steps = list(found.steps())
    assert all(before[1] == after[0] for before, after in pairwise(steps))
    assert sum((b - a for a, b, why in steps if why is None), timedelta()) == timedelta(seconds=target)


@given(questions(SECOND, 2 * DAYS), st.sampled_from(list(CHANGES)))
@settings(many, max_examples=100)
def test_a_desk_that_never_closes_is_as_good_as_no_calendar(question: Question, zone: str) -> None:
    start, target, _, spans = question
    around_the_clock = Desk(zone, (((0, 1440),),) * 7, frozenset())
    assert fast_due(start, target, around_the_clock, spans) == fast_due(start, target, None, spans)


@given(questions(SECOND, 2 * DAYS))
@settings(many, max_examples=200)
def test_a_case_moves_its_calendar_clocks_to_the_same_instant(question: Question) -> None:
    start, target, _, spans = question
    held = [Pause(Why.LEGAL, datetime.fromtimestamp(a, UTC), None, datetime.fromtimestamp(b, UTC)) for a, b in spans]
    moved_to = moved(start + timedelta(seconds=target), start, held)
    assert moved_to == fast_due(start, target, None, spans).due_at


@given(questions(QUARTER, WEEKS), st.randoms(use_true_random=False))
@settings(many, max_examples=200)
def test_a_case_moves_its_business_clocks_to_the_same_instant(question: Question, random: Random) -> None:
    start, target, desk, spans = question
    assume(desk is not None)
    assert desk is not None
    promised = OpenTime(calendar_of(desk), timedelta(seconds=target))
    clock = Clock(1, ClockKind.APPROVAL, start, promised.due_at(start), False, start, open_time=promised)
    random.shuffle(spans)
    for begins, ends in spans:
        before = clock.due_at
        clock.pause(Why.LEGAL, datetime.fromtimestamp(begins, UTC))
        assert clock.due_at == before, "nobody knows yet until when"
        clock.resume(Why.LEGAL, datetime.fromtimestamp(ends, UTC))
        assert clock.due_at >= before, "a pause may only lengthen"
    assert clock.due_at == fast_due(start, target, desk, spans).due_at
    clock.stop(clock.due_at, clock.due_at)
    assert (clock.due_at, clock.end) == (fast_due(start, target, desk, spans).due_at, ClockEnd.MET)
