"""When the desk closes for the day."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from models.rules.calendars import Calendar, from_table
from models.rules.policy import policy
from models.rules.shift import desk_calendar, end_of_shift

BERLIN = from_table(
    "Berlin",
    {
        "zone": "Europe/Berlin",
        "hours": "Mon-Fri 09:00-12:30 13:30-18:00; Sat 22:00-24:00; Sun 00:00-06:00",
        "holidays": ["2026-04-03", "2026-04-06"],
    },
)


def berlin(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.mark.parametrize(
    ("now", "closes"),
    [
        ("2026-03-25T10:00", "2026-03-25T18:00"),  # at work
        ("2026-03-25T13:00", "2026-03-25T18:00"),  # at lunch
        ("2026-03-25T07:00", "2026-03-25T18:00"),  # before it opens
        ("2026-03-25T18:00", "2026-03-26T18:00"),  # closed at this moment
        ("2026-04-02T19:00", "2026-04-05T00:00"),  # the next day is a holiday
        ("2026-04-05T07:00", "2026-04-07T18:00"),
        ("2026-03-28T23:00", "2026-03-29T00:00"),  # a night belongs to two days
        ("2026-03-29T00:00", "2026-03-29T06:00"),  # with the change to summer time in it
    ],
)
def test_the_shift_that_runs_or_comes_next(now: str, closes: str) -> None:
    assert end_of_shift(BERLIN, berlin(now)) == berlin(closes)


def test_the_policy_names_whose_hours_count() -> None:
    calendar = desk_calendar(policy(1))
    assert isinstance(calendar, Calendar) and calendar.name == "desk"


def test_a_desk_that_is_closed_for_ever_has_no_shift() -> None:
    assert end_of_shift(BERLIN, datetime.fromisoformat("2199-12-31T23:00:00+00:00")) is None
