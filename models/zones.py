"""Time zones by their IANA names."""

from __future__ import annotations

import re
from datetime import UTC, tzinfo

from models.errors import Misused
from models.nearest import nearest

_NOT_OURS = r"(right|posix)/.*|localtime|posixrules|Factory"
"""Names that another machine reads otherwise, or that count leap seconds, which no instant of ours does."""


def zone_named(name: str) -> tzinfo:
    """Raises Misused, which proposes the nearest, for a name that is no IANA time zone."""
    if name == "UTC":
        return UTC  # without the tables of zones, which take longer to load than a calendar to count
    from zoneinfo import ZoneInfo, available_timezones

    try:
        if not re.fullmatch(_NOT_OURS, name):
            return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # OSError: a folder of zones, such as `America`
        pass
    # Only now, as listing them all walks the disk.
    known = {each.casefold(): each for each in available_timezones() if not re.fullmatch(_NOT_OURS, each)}
    near = nearest(name, known)
    hint = f"; did you mean {known[near]}?" if near else "."
    said = name if len(name) <= 60 else f"{name[:59]}…"
    raise Misused(f"{said!r} is no time zone: use a name such as Europe/Berlin{hint}")
