"""When promises are due: the vectors of the domain, and what daylight saving, holidays and pauses do to them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from models.errors import Misused
from models.rules.calendars import Calendar, from_table
from models.rules.due import due
from models.rules.opening_hours import hours
from models.rules.policy import policy
from models.rules.spans import Span
from models.zones import zone_named

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EASTER = frozenset((date(2026, 4, 3), date(2026, 4, 6)))
BERLIN = Calendar("Berlin", zone_named("Europe/Berlin"), hours("Mon-Fri 09:00-12:30 13:30-18:00"), EASTER)


def at(text: str) -> datetime:
    """UTC, unless the text has an offset."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def berlin(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN.zone)


def own(opening: str, zone: str = "Europe/Berlin") -> Calendar:
    return Calendar("own", zone_named(zone), hours(opening))


WEEKEND = Span(berlin("2026-03-27T18:00"), berlin("2026-03-30T09:00"))


@pytest.mark.parametrize("pauses", [(), (WEEKEND,), (WEEKEND, WEEKEND)])
def test_eight_hours_across_the_change_to_summer_time(pauses: tuple[Span, ...]) -> None:
    found = due(berlin("2026-03-27T16:00"), 8 * HOUR, BERLIN, pauses)
    assert (found.due_at, found.counted_seconds) == (at("2026-03-30T14:00"), 28_800)
    assert [(each.from_at, each.to_at, each.why) for each in found.skipped] == [
        (at("2026-03-27T17:00"), at("2026-03-30T07:00"), "closed"),
        (at("2026-03-30T10:30"), at("2026-03-30T11:30"), "closed"),
    ]


@pytest.mark.parametrize("start", ["2026-03-27T15:00", "2026-10-23T15:00", "2024-02-26T15:00"])
def test_daylight_saving_and_leap_days_never_move_a_calendar_clock(start: str) -> None:
    assert due(at(start), 5 * DAY).due_at == at(start) + 5 * DAY
    assert due(berlin(start), 5 * DAY).due_at == berlin(start).astimezone(UTC) + 5 * DAY


def test_five_calendar_days() -> None:
    found = due(at("2026-03-27T15:00"), 5 * DAY)
    assert (found.due_at, found.counted_seconds, found.skipped) == (at("2026-04-01T15:00"), 432_000, ())


def test_a_pause_lengthens_a_calendar_clock_by_what_lies_within_it() -> None:
    start = at("2026-03-27T15:00")
    before = Span(start - DAY, start + HOUR)
    inside = Span(start + 2 * DAY, start + 3 * DAY)
    at_its_end = Span(start + 6 * DAY + HOUR, start + 9 * DAY)
    assert due(start, 5 * DAY, None, [at_its_end, inside, before]).due_at == start + 6 * DAY + HOUR


def test_at_closing_time_a_promise_is_due_then_and_not_the_next_morning() -> None:
    assert due(berlin("2026-03-27T16:00"), 2 * HOUR, BERLIN).due_at == berlin("2026-03-27T18:00")


def test_a_promise_that_starts_while_closed_counts_from_the_opening() -> None:
    found = due(berlin("2026-03-28T03:00"), HOUR, BERLIN)
    assert found.due_at == berlin("2026-03-30T10:00")
    assert [each.why for each in found.skipped] == ["closed"]


def test_nothing_promised_is_due_at_once_even_while_closed() -> None:
    assert due(berlin("2026-03-28T03:00"), timedelta(), BERLIN).due_at == berlin("2026-03-28T03:00")


def test_holidays_are_skipped_as_whole_days_and_a_day_without_hours_is_none() -> None:
    found = due(berlin("2026-04-02T17:00"), 2 * HOUR, BERLIN)
    assert found.due_at == berlin("2026-04-07T10:00")
    assert [(each.from_at, each.why) for each in found.skipped] == [
        (berlin("2026-04-02T18:00"), "closed"),
        (berlin("2026-04-03T00:00"), "holiday"),
        (berlin("2026-04-04T00:00"), "closed"),
        (berlin("2026-04-06T00:00"), "holiday"),
        (berlin("2026-04-07T00:00"), "closed"),
    ]


def test_a_country_brings_its_holidays_by_name_and_its_parts_their_own() -> None:
    table = {"zone": "Europe/Berlin", "hours": "Mon-Sun 00:00-24:00"}
    bavaria, berlin_city = (from_table("x", {**table, "country": code}) for code in ("DE/BY", "DE/BE"))
    epiphany = date(2026, 1, 6)
    assert (bavaria.holiday(epiphany), berlin_city.holiday(epiphany)) == ("holiday: Epiphany", None)
    assert due(berlin("2026-04-02T23:00"), 2 * HOUR, bavaria).skipped[0].why == "holiday: Good Friday"


@pytest.mark.parametrize(
    ("start", "target", "opening", "expected"),
    [
        # 02:00 to 03:00 is skipped on 29 March 2026 and shown twice on 25 October.
        ("2026-03-29T00:00+01:00", HOUR, "Sun 02:00-03:00", "2026-04-05T03:00+02:00"),
        ("2026-03-29T00:00+01:00", HOUR, "Sun 01:30-03:30", "2026-03-29T03:30+02:00"),
        ("2026-10-25T00:00+02:00", HOUR, "Sun 02:00-02:30", "2026-10-25T02:30+01:00"),
        ("2026-10-25T00:00+02:00", 2 * HOUR, "Sun 02:00-03:00", "2026-10-25T03:00+01:00"),
        ("2026-10-25T00:00+02:00", 25 * HOUR, "Sun 00:00-24:00", "2026-10-26T00:00+01:00"),
        ("2026-03-29T00:00+01:00", 23 * HOUR, "Sun 00:00-24:00", "2026-03-30T00:00+02:00"),
    ],
)
def test_hours_count_as_often_as_the_wall_clock_shows_them(
    start: str, target: timedelta, opening: str, expected: str
) -> None:
    assert due(at(start), target, own(opening)).due_at == at(expected)


def test_a_day_that_a_zone_left_out_was_not_open() -> None:
    apia = own("Fri 09:00-17:00; Sat 09:00-17:00", "Pacific/Apia")  # Friday 30 December 2011 never came
    assert due(at("2011-12-29T12:00-10:00"), HOUR, apia).due_at == at("2011-12-31T10:00+14:00")


def test_the_policy_has_the_desks_calendar() -> None:
    desk = policy(1).calendar("desk")
    assert str(desk) == "Mon-Fri 09:00-18:00, UTC, no holidays"
    assert due(at("2026-04-03T17:00"), 8 * HOUR, desk).due_at == at("2026-04-06T16:00")


@pytest.mark.parametrize(
    ("table", "part"),
    [
        ({"zone": "Europe/Berln"}, "did you mean Europe/Berlin?"),
        ({"zone": "europe/berlin"}, "did you mean Europe/Berlin?"),
        ({"zone": "right/Europe/Berlin"}, "no time zone"),
        ({"zone": "localtime"}, "no time zone"),
        ({"holidays": ["03.04.2026"]}, "'03.04.2026' is no day"),
        ({"country": "de"}, "did you mean DE?"),
        ({"country": "DE/by"}, "did you mean BY?"),
        ({"hour": "Mon 09:00-18:00"}, "has a key 'hour'"),
        ({"hours": 9}, "needs a zone and hours"),
    ],
)
def test_a_calendar_that_cannot_be_read_says_why(table: dict[str, object], part: str) -> None:
    with pytest.raises(Misused) as fault:
        from_table("x", {"zone": "UTC", "hours": "Mon 09:00-18:00", **table})
    assert part in str(fault.value)


def test_what_would_be_due_beyond_all_years_is_refused() -> None:
    with pytest.raises(Misused, match="due after 2199"):
        due(at("2026-01-01"), 200 * 365 * DAY)
    with pytest.raises(Misused, match="known for"):
        due(
            at("2099-12-31"), 9000 * HOUR, from_table("x", {"zone": "UTC", "hours": "Mon 09:00-18:00", "country": "DE"})
        )
    with pytest.raises(Misused, match="zero seconds"):
        due(at("2026-01-01"), -HOUR)


def test_a_pause_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(Misused, match="2026-03-28T00:00:00Z to 2026-03-27T00:00:00Z"):
        Span(at("2026-03-28"), at("2026-03-27"))
