"""Public holidays by country, and where they differ by its parts, from the maintained library `holidays`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from models.errors import Misused
from models.nearest import nearest


def check_country(code: str) -> None:
    """`DE`, or `DE/BY`: ISO 3166-1, with the part of the country as ISO 3166-2 has it. Raises Misused."""
    from holidays import list_supported_countries  # large, and most calendars need none of it

    country, slash, part = code.partition("/")
    known = list_supported_countries(include_aliases=False)
    if country not in known:
        upper = f"; did you mean {country.upper()}?" if country.upper() in known else "."
        raise Misused(f"The holidays of '{country}' are not known: write a country's two letters, such as DE{upper}")
    if slash and part not in known[country]:
        near = nearest(part, known[country])
        parts = f"did you mean {near}?" if near else f"known are {', '.join(known[country]) or 'none'}."
        raise Misused(f"{country} has no part '{part}' whose holidays are known: {parts}")


@lru_cache(maxsize=1024)
def of_year(code: str, year: int) -> Mapping[date, str]:
    """Days to names, in English wherever the program runs. Raises Misused for a year that the library does not know.

    Days that follow the moon's sighting are the library's estimate until they are declared.
    """
    from holidays import country_holidays

    country, _, part = code.partition("/")
    found = country_holidays(country, subdiv=part or None, years=year, expand=False, language="en_US")
    if not found.start_year <= year <= found.end_year:
        years = f"{found.start_year} to {found.end_year}"
        raise Misused(f"The holidays of {code} are known for {years}, not for {year}: count with an earlier start.")
    return dict(found.items())
