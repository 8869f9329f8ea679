"""A business calendar: when a desk is open, by the wall clock of its time zone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, tzinfo
from typing import NamedTuple

from models.dataclass import dataclass
from models.errors import Misused
from models.rules import public_holidays
from models.rules.offsets import DAY, segments
from models.rules.opening_hours import Hours, described, hours
from models.zones import zone_named

CLOSED = "closed"
HOLIDAY = "holiday"

_EPOCH = date(1970, 1, 1).toordinal()


class Stretch(NamedTuple):
    """From `start` to before `end`, epoch seconds; `why` it does not count, None where the desk is open."""

    start: int
    end: int
    why: str | None


@dataclass(frozen=True, slots=True)
class Calendar:
    """Open at an instant if the wall clock of `zone` reads an open time of that day and the day is no holiday.

    So an open hour that the clocks skip does not exist, and one that they show twice is counted twice.
    """

    name: str
    zone: tzinfo
    hours: Hours
    holidays: frozenset[date] = frozenset()
    """Days of `zone`, beside those of the country."""
    country: str = ""
    """`DE` or `DE/BY`; empty where only the listed holidays hold."""

    def stretches(self, start: int) -> Iterator[Stretch]:
        """All time from `start` on, without gaps. Neighbours may say the same. Ends with the last year of `offsets`."""
        for segment in segments(self.zone, start):
            day = (segment.start + segment.offset) // DAY
            while (midnight := day * DAY - segment.offset) < segment.end:
                for begins, ends, why in self._pieces(day):
                    first, end = max(midnight + begins, segment.start), min(midnight + ends, segment.end)
                    if first < end:
                        yield Stretch(first, end, why)
                day += 1

    def holiday(self, day: date) -> str | None:
        """Why a day is one, with its name where the country gives it; None where it is none."""
        name = public_holidays.of_year(self.country, day.year).get(day) if self.country else None
        if name is not None:
            return f"{HOLIDAY}: {name}"
        return HOLIDAY if day in self.holidays else None

    def __str__(self) -> str:
        free = [*([f"holidays of {self.country}"] if self.country else []), *map(str, sorted(self.holidays))]
        return f"{described(self.hours)}, {self.zone}, {'closed on ' + ', '.join(free) if free else 'no holidays'}"

    def _pieces(self, day: int) -> Iterator[tuple[int, int, str | None]]:
        """One day of the wall clock, counted from 1970, in seconds of it. A day without hours is no holiday."""
        opening = self.hours[(day + 3) % 7]  # 1970 began on a Thursday
        if opening and (why := self.holiday(date.fromordinal(day + _EPOCH))):
            yield 0, DAY, why
            return
        at = 0
        for opens, closes in opening:
            if at < opens:
                yield at, opens, CLOSED
            yield opens, closes, None
            at = closes
        if at < DAY:
            yield at, DAY, CLOSED


_KEYS = ("zone", "hours", "holidays", "country")


def from_table(name: str, table: Mapping[str, object]) -> Calendar:
    """A calendar of a policy file: `zone`, `hours`, a list `holidays` of days, a `country`. Raises Misused."""
    if unknown := sorted(table.keys() - set(_KEYS)):
        raise Misused(f"Calendar '{name}' has a key '{unknown[0]}': it can have {', '.join(_KEYS)}.")
    zone, opening, free = table.get("zone"), table.get("hours"), table.get("holidays", [])
    country = table.get("country", "")
    if not (isinstance(zone, str) and isinstance(opening, str)):
        raise Misused(f"Calendar '{name}' needs a zone and hours, as texts.")
    if not (isinstance(country, str) and isinstance(free, list)):
        raise Misused(f"Calendar '{name}' has a country that is no text, or holidays that are no list.")
    if country:
        public_holidays.check_country(country)
    return Calendar(name, zone_named(zone), hours(opening), frozenset(map(day_of, free)), country)


def day_of(value: object) -> date:
    """A day as TOML has it, or as text. Raises Misused."""
    try:
        return value if type(value) is date else date.fromisoformat(str(value))
    except ValueError:
        raise Misused(f"'{str(value)[:40]}' is no day: write it as 2026-04-03.") from None
