"""What a policy says of sellers' time to answer, beside the one length for all."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from models.errors import DeskError
from models.rules.offsets import END_YEAR, FIRST_YEAR
from models.rules.policy_reader import Reader, shown, unknown
from models.rules.windows import Holiday, Windows
from models.vocabulary import REASON_CODES, REASONS
from models.zones import zone_named

TIER = r"[a-z0-9_-]{1,40}"
"""A marketplace's own word for a kind of seller."""
COUNTRY = r"[A-Z]{2}"


def windows(read: Reader, ends: tuple[str, str]) -> Windows:
    """How long the seller has for the first answer, where it is not the same for all; and declared holidays."""
    by_reason, by_tier = {}, {}
    for reason, length in read.section("seller_response.by_reason", is_optional=True).items():
        path = f"seller_response.by_reason.{reason}"
        if reason not in (*REASONS, *REASON_CODES):
            read.fault(path, unknown(reason, (*REASONS, *REASON_CODES)))
        by_reason[reason] = read.length(path, length, *ends)
    for tier, length in read.section("seller_response.by_tier", is_optional=True).items():
        path = f"seller_response.by_tier.{tier}"
        if not re.fullmatch(TIER, tier):
            read.fault(path, f"{shown(tier)} is no tier: write it in small letters, digits, - and _")
        by_tier[tier] = read.length(path, length, *ends)
    rows = enumerate(read.rows("seller_response.holidays", is_optional=True))
    return Windows(by_reason, by_tier, tuple(_holiday(read, f"seller_response.holidays[{n}]", row) for n, row in rows))


def _holiday(read: Reader, path: str, row: dict[str, Any]) -> Holiday:
    """From the midnight that `from` begins with to the one that `until` ends with, by the clock of `zone`."""
    read.keys(path, row, ("name", "from", "until", "zone", "countries"))
    zone, countries = _zone(read, f"{path}.zone", row.get("zone", "UTC")), row.get("countries", [])
    first, last = (_day(read, f"{path}.{name}", row.get(name)) for name in ("from", "until"))
    if last < first:
        read.fault(f"{path}.until", f"{last} lies before {first}")
    if not isinstance(countries, list) or not all(
        isinstance(each, str) and re.fullmatch(COUNTRY, each) for each in countries
    ):
        read.fault(f"{path}.countries", f'{shown(countries)} is no list of countries: write ["CN"]')
        countries = []
    begins, ends = (datetime.combine(day, time(), zone).astimezone(UTC) for day in (first, last + timedelta(days=1)))
    return Holiday(str(row.get("name", "")), begins, ends, tuple(countries))


def _zone(read: Reader, path: str, name: object) -> tzinfo:
    try:
        return zone_named(str(name))
    except DeskError as error:
        read.fault(path, str(error).rstrip("."))
        return UTC


def _day(read: Reader, path: str, found: object) -> date:
    """A day as TOML has it, or as text, of a year that instants have."""
    try:
        day = found if type(found) is date else date.fromisoformat(str(found))
    except ValueError:
        day = date.min
    if FIRST_YEAR <= day.year < END_YEAR:
        return day
    read.fault(path, "is missing" if found is None else f"{shown(found)} is no day: write it as 2026-02-16")
    return date(FIRST_YEAR, 1, 2)
