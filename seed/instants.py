"""Instants as files write them, read into aware UTC in whole seconds."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo
from decimal import Decimal

from models.errors import Refused
from seed.nearest import shown

ISO = "iso"
EPOCH = {"epoch": 1, "epoch_ms": 1000}
"""Named formats for seconds and milliseconds since 1970."""

_YEARS = range(1970, 2200)
"""What lies outside is a typing error or a placeholder such as 9999-12-31."""

_TWICE = "an hour that happens twice, read as its first pass"
_NEVER = "an hour that never happens, shifted"

_PLAIN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
"""The form that nearly all have, read in a third of the time."""
_ISO = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:[Tt ]([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:[.,][0-9]+)?(?: ?(Z|z|[+-][0-9]{2}(?::?[0-9]{2})?))?)?"
)


def instant(text: str, zone: tzinfo | None, formats: tuple[str, ...], marks: list[str], column: str) -> datetime:
    """Read `text` by the first of `formats` that fits; `iso` stands for ISO 8601.

    A fraction of a second is dropped. A local time that happens twice is its first pass, one that never happens is
    shifted forward, and either is added to `marks`. Raises Refused: `bad_instant`, or `no_zone` where the text has no
    offset and `zone` is None.
    """
    local = _parsed(text, formats)
    if local.year not in _YEARS:
        raise Refused("bad_instant", f"{shown(text)} is out of range: years are {_YEARS[0]} to {_YEARS[-1]}.")
    if local.tzinfo is UTC:
        return local
    if local.tzinfo is not None:
        return local.astimezone(UTC)
    if zone is None:
        raise Refused("no_zone", f"{shown(text)} has no offset: write one such as +02:00, or name the zone with --tz.")
    aware = local.replace(tzinfo=zone)
    result = aware.astimezone(UTC)
    if aware.utcoffset() != aware.replace(fold=1).utcoffset():
        happens = result.astimezone(zone).replace(tzinfo=None) == local
        marks.append(f"{column}: {_TWICE if happens else _NEVER}")
    return result


def check_format(name: str) -> None:
    """Raises ValueError, saying why, for a format that cannot tell a day."""
    if name == ISO or name in EPOCH:
        return
    probe = datetime(2003, 11, 27, 14, 5, 9, tzinfo=UTC)
    if datetime.strptime(probe.strftime(name), name).date() != probe.date():  # noqa: DTZ007
        raise ValueError("it does not name year, month and day")


def _parsed(text: str, formats: tuple[str, ...]) -> datetime:
    for name in formats:
        try:
            if name != ISO:
                return _by_name(text, name)
            return datetime.fromisoformat(text) if _PLAIN.fullmatch(text) else _by_iso(text)
        except (ValueError, OverflowError):
            continue
    wanted = "like 2026-03-01T09:00:00Z or 2026-03-01" if formats == (ISO,) else f"in the form {' or '.join(formats)}"
    raise Refused("bad_instant", f"{shown(text)} is not an instant: write it {wanted}.")


def _by_iso(text: str) -> datetime:
    match = _ISO.fullmatch(text)
    if match is None:
        raise ValueError(text)
    day, time, offset = match.groups()
    if time is None:
        return datetime.fromisoformat(day)
    if offset is None:
        return datetime.fromisoformat(f"{day}T{time}")
    return datetime.fromisoformat(f"{day}T{time}{offset.upper()}")


def _by_name(text: str, name: str) -> datetime:
    if name not in EPOCH:
        return datetime.strptime(text, name).replace(microsecond=0)  # noqa: DTZ007
    if len(text) > 20:
        raise ValueError(text)
    number = Decimal(text) if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text) else None
    if number is None:
        raise ValueError(text)
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(number / EPOCH[name]))
