"""A week's open intervals, as people write them."""

from __future__ import annotations

import pytest

from models.errors import Misused
from models.rules.opening_hours import described, hours


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("Mon-Fri 09:00-12:30 13:30-18:00", "Mon-Fri 09:00-12:30 13:30-18:00"),
        ("mon-thu 9:00-18:00 FRIDAY 9:00–16:00", "Mon-Thu 09:00-18:00; Fri 09:00-16:00"),
        ("Sat-Mon 10:00-14:00", "Mon 10:00-14:00; Sat-Sun 10:00-14:00"),
        ("Tue, Thu 22:00-24:00, 00:00-06:00", "Tue 00:00-06:00 22:00-24:00; Thu 00:00-06:00 22:00-24:00"),
        ("Mon 12:00-18:00; Mon 09:00-12:00", "Mon 09:00-18:00"),
    ],
)
def test_hours_are_read_and_described(text: str, meaning: str) -> None:
    assert described(hours(text)) == meaning
    assert hours(meaning) == hours(text)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Mon-Fry 09:00-18:00", "'Mon-Fry' at character 1 is neither"),
        ("Mon-Fri 09:00-12:30 13.30-18.00", "'13.30-18.00' at character 21 is neither"),
        ("09:00-18:00", "'09:00-18:00' at character 1 stands before any day"),
        ("Mon 09:60-18:00", "at character 5 is no time of a day"),
        ("Mon 09:00-24:01", "at character 5 is no time of a day"),
        ("Mon 22:00-06:00", "at character 5 closes before it has opened"),
        ("Mon 09:00-09:00", "at character 5 closes before it has opened"),
        ("Mon-Wed 09:00-12:00 Tue 11:00-13:00", "at character 25 overlaps other hours of Tue"),
        ("Mon-Fri 09:00-12:00 Sat", "end with Sat"),
        ("  ; ", "name no day"),
    ],
)
def test_hours_that_cannot_be_read_name_the_place(text: str, part: str) -> None:
    with pytest.raises(Misused) as fault:
        hours(text)
    assert part in str(fault.value)
