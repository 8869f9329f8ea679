"""Values behind a comparison: money, instants, days and durations, each as the range it stands for."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING

from models.dataclass import dataclass
from models.queries.terms import Takes

DURATION = r"(?i)([0-9]{1,5})([mhdw])"
AMOUNT = r"[0-9]{1,13}(\.[0-9]{1,4})?"
DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
INSTANT = r"(?i)[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:?[0-9]{2})?"
SECONDS = {"m": 60, "h": 3600, "d": 86_400, "w": 604_800}

HOW = {
    Takes.AMOUNT: "an amount such as 12.50, or a range such as 10..20",
    Takes.INSTANT: "a day such as 2026-03-01, an instant such as 2026-03-01T09:00:00Z, today, a duration such as 3d, "
    "or a range such as 2026-03-01..2026-03-31",
    Takes.DURATION: "a duration such as 30m, 24h, 3d or 2w",
}


@dataclass(frozen=True, slots=True)
class Span:
    """From `first` to before `end`, in epoch seconds: a day is 86,400 of them mostly, an instant is one."""

    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Duration:
    seconds: int


if TYPE_CHECKING:
    from decimal import Decimal

    Value = Decimal | Span | Duration


class Unreadable(ValueError):
    """The text is no such value; the caller knows where it stands."""


def bounds(text: str) -> tuple[str, str] | None:
    """The two ends of `low..high`, either of which may be missing; None where the text is no range."""
    low, dots, high = text.partition("..")
    return (low, high) if dots and (low or high) else None


def read(text: str, takes: Takes, *, now: datetime, zone: tzinfo = UTC) -> Value:
    """The value in `text`. A day is one of `zone`, as is an instant without an offset. Raises Unreadable."""
    if takes is Takes.AMOUNT:
        if re.fullmatch(AMOUNT, text):
            from decimal import Decimal  # of all words of the language only this one needs it

            return Decimal(text)
    elif match := re.fullmatch(DURATION, text):
        return Duration(int(match[1]) * SECONDS[match[2].lower()])
    elif takes is Takes.INSTANT:
        try:
            return _span(text, now, zone)
        except (ValueError, OverflowError) as error:
            raise Unreadable(text) from error
    raise Unreadable(text)


def _span(text: str, now: datetime, zone: tzinfo) -> Span:
    if text.lower() == "today":
        return _day(now.astimezone(zone).date(), zone)
    if re.fullmatch(DAY, text):
        return _day(date.fromisoformat(text), zone)
    if re.fullmatch(INSTANT, text):
        read_as = datetime.fromisoformat(text.upper().replace("Z", "+00:00"))
        second = int((read_as if read_as.tzinfo else read_as.replace(tzinfo=zone)).timestamp())
        return Span(second, second + 1)
    raise Unreadable(text)


def _day(day: date, zone: tzinfo) -> Span:
    midnight, next_midnight = (
        datetime.combine(each, time(), zone).astimezone(UTC) for each in (day, day + timedelta(days=1))
    )
    return Span(int(midnight.timestamp()), int(next_midnight.timestamp()))
