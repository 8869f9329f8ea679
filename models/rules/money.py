"""Money is an integer of minor units with an ISO 4217 code; how many decimals a code has comes from ISO's own list."""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from models.errors import Refused
from models.nearest import nearest

MOST_MINOR = 10**13
"""No single amount is larger; a million of them still add up within SQLite's 64 bits."""

_ENTRY = r"<Ccy>([A-Z]{3})</Ccy>\s*<CcyNbr>[0-9]+</CcyNbr>\s*<CcyMnrUnts>([0-9])</CcyMnrUnts>"
"""A currency with amounts in ISO's list one."""
_PLAIN = r"([0-9]+)(?:\.([0-9]+))?"


@cache
def exponents() -> dict[str, int]:
    """Decimals by currency code; funds, metals and test codes, which have no minor unit, are left out.

    Read from the file that the library brings: the library itself makes an object of all that stands in it, which
    takes longer than a command has. A test holds the two together.
    """
    found = find_spec("iso4217")
    assert found is not None and found.origin is not None, "a dependency of ours"
    table = Path(found.origin).with_name("table.xml")
    entries = re.findall(_ENTRY, table.read_text(encoding="utf-8")) if table.exists() else []
    return {code: int(decimals) for code, decimals in entries} or _of_library()


def _of_library() -> dict[str, int]:
    """The slow way, for a later version that keeps its file otherwise."""
    from iso4217 import Currency

    return {str(each.code): int(each.exponent) for each in Currency if each.exponent is not None}


def exponent(currency: str) -> int:
    """How many decimals `currency` has: USD 2, JPY 0, KWD 3. Raises Refused (`unknown_currency`)."""
    found = exponents().get(currency)
    if found is None:
        raise Refused("unknown_currency", _unknown(currency))
    return found


def minor(text: str, currency: str) -> int:
    """The amount written in `text`, such as `12.50`, in minor units.

    A point, no sign, no thousands separator, no more decimals than the currency has. Raises Refused with the rule
    `unknown_currency`, `bad_amount` or `too_many_decimals`.
    """
    decimals = exponent(currency)
    match = re.fullmatch(_PLAIN, text)
    if match is None:
        raise Refused(
            "bad_amount", f"{_shown(text)} is not an amount: write it like 1250 or 12.50, without separators."
        )
    whole, fraction = match[1], match[2] or ""
    if len(fraction) > decimals:
        allowed = f"{decimals} decimals" if decimals else "no decimals"
        raise Refused("too_many_decimals", f"{_shown(text)} has more decimals than {currency}, which has {allowed}.")
    if len(whole.lstrip("0")) > 14 or (value := int(whole + fraction.ljust(decimals, "0"))) > MOST_MINOR:
        raise Refused(
            "bad_amount", f"{_shown(text)} {currency} is larger than the desk takes ({MOST_MINOR} minor units)."
        )
    return value


def text(minor: int, currency: str) -> str:
    """The amount as people and files read it: `text(1250, "USD")` is `12.50`. Raises Refused (`unknown_currency`)."""
    decimals = exponent(currency)
    sign, digits = ("-" if minor < 0 else ""), str(abs(minor)).rjust(decimals + 1, "0")
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}" if decimals else sign + digits


def _unknown(currency: str) -> str:
    near = nearest(currency, exponents())
    hint = f"; did you mean {near}?" if near else ": use an ISO 4217 code such as USD."
    return f"{_shown(currency)} is not a currency with amounts{hint}"


def _shown(value: str) -> str:
    return repr(value if len(value) <= 40 else value[:39] + "…")
