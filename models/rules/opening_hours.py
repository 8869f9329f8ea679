"""A week's open intervals, as people write them: `Mon-Fri 09:00-12:30 13:30-18:00; Sat 10:00-14:00`."""

from __future__ import annotations

import re
from typing import NamedTuple

from models.errors import Misused

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
EXAMPLE = "Mon-Fri 09:00-12:30 13:30-18:00"

_PART = r"[^\s;,]+"
_DAY_NAMES = "|".join(("mon(?:day)?", "tue(?:sday)?", "wed(?:nesday)?", "thu(?:rsday)?", "fri(?:day)?",
                       "sat(?:urday)?", "sun(?:day)?"))  # fmt: skip
_DAY_RANGE = f"(?i)({_DAY_NAMES})(?:-({_DAY_NAMES}))?"
_TIMES = r"([0-9]{1,2}):([0-9]{2})-([0-9]{1,2}):([0-9]{2})"
_MIDNIGHT = 24 * 60


class Interval(NamedTuple):
    """Open from `opens` to before `closes`, in seconds of the wall clock's day."""

    opens: int
    closes: int


Hours = tuple[tuple[Interval, ...], ...]
"""Seven days from Monday, each with its open intervals in order, none touching the next."""


def hours(text: str) -> Hours:
    """Days, or ranges of days, each group followed by its open intervals; `24:00` is the end of a day.

    Raises Misused, which names what cannot be read and the place where it stands.
    """
    week: list[list[Interval]] = [[] for _ in DAYS]
    group: list[int] = []
    has_times = True
    for match in re.finditer(_PART, text.replace("–", "-")):
        days = _days(match[0])
        if days:
            group = days if has_times else group + days
            has_times = False
        elif group or not re.fullmatch(_TIMES, match[0]):
            _open(week, group, _interval(match[0], match.start()), match)
            has_times = True
        else:
            raise _fault(match[0], match.start(), f"stands before any day: write {EXAMPLE}")
    if not has_times:
        raise Misused(f"The hours end with {DAYS[group[-1]]} and no times behind it: write {EXAMPLE}.")
    if not any(week):
        raise Misused(f"The hours name no day and no time: write {EXAMPLE}.")
    return tuple(_joined(intervals) for intervals in week)


def described(week: Hours) -> str:
    """The hours in the form that is read, days with the same times together."""
    groups: list[tuple[int, int]] = []
    for day in range(len(DAYS)):
        if groups and week[groups[-1][0]] == week[day]:
            groups[-1] = (groups[-1][0], day)
        else:
            groups.append((day, day))
    return "; ".join(
        f"{DAYS[first] if first == last else f'{DAYS[first]}-{DAYS[last]}'} "
        + " ".join(f"{_clock(each.opens)}-{_clock(each.closes)}" for each in week[first])
        for first, last in groups
        if week[first]
    )


def _days(part: str) -> list[int]:
    """The days of `Mon`, `Mon-Fri` or, across the week's end, `Sat-Mon`; empty where the part names none."""
    match = re.fullmatch(_DAY_RANGE, part)
    if match is None:
        return []
    first, last = (DAYS.index((name or match[1])[:3].title()) for name in match.groups())
    return [(first + step) % 7 for step in range((last - first) % 7 + 1)]


def _interval(part: str, place: int) -> Interval:
    match = re.fullmatch(_TIMES, part)
    if match is None:
        raise _fault(part, place, f"is neither a day nor an interval: write {EXAMPLE}")
    from_hour, from_minute, to_hour, to_minute = map(int, match.groups())
    opens, closes = from_hour * 60 + from_minute, to_hour * 60 + to_minute
    if max(from_minute, to_minute) > 59 or closes > _MIDNIGHT or opens >= _MIDNIGHT:
        raise _fault(part, place, "is no time of a day: they go from 00:00 to 24:00")
    if closes <= opens:
        raise _fault(part, place, "closes before it has opened: write a night as two, up to 24:00 and from 00:00")
    return Interval(opens * 60, closes * 60)


def _open(week: list[list[Interval]], days: list[int], interval: Interval, match: re.Match[str]) -> None:
    for day in days:
        if any(each.opens < interval.closes and interval.opens < each.closes for each in week[day]):
            raise _fault(match[0], match.start(), f"overlaps other hours of {DAYS[day]}: write each hour once")
        week[day].append(interval)


def _joined(intervals: list[Interval]) -> tuple[Interval, ...]:
    """In order, and `09:00-12:00 12:00-18:00` as one."""
    joined: list[Interval] = []
    for each in sorted(intervals):
        if joined and joined[-1].closes == each.opens:
            joined[-1] = Interval(joined[-1].opens, each.closes)
        else:
            joined.append(each)
    return tuple(joined)


def _clock(second: int) -> str:
    return f"{second // 3600:02}:{second // 60 % 60:02}"


def _fault(part: str, place: int, what: str) -> Misused:
    said = part if len(part) <= 40 else f"{part[:39]}…"
    return Misused(f"In the hours, '{said}' at character {place + 1} {what}.")
