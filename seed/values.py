"""How a value of a file becomes one of ours. A reader raises Refused with the rule's name; blanks never reach it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import field
from datetime import datetime, tzinfo
from decimal import Decimal
from enum import StrEnum
from typing import Final

from models.dataclass import dataclass
from models.errors import Refused
from models.rules import money
from models.rules.policy_windows import TIER
from models.vocabulary import PartyAct
from seed.instants import ISO, instant
from seed.nearest import did_you_mean, shown
from seed.reasons import ReadReason, reason


@dataclass(slots=True)
class Reading:
    """What reading one value needs to know of its file and its row."""

    zone: tzinfo | None = None
    dates: tuple[str, ...] = (ISO,)
    currency: str = ""
    """Of the row at hand; read before its amounts."""
    marks: list[str] = field(default_factory=list)
    """Of the row at hand."""


Reader = Callable[[object, Reading, str], object]
"""The value, what is known around it, and the name of its column."""


class _Promise(StrEnum):
    NOTHING = "none"


NOTHING_PROMISED: Final = _Promise.NOTHING
"""A due instant that the file says there never was."""


class Answer(StrEnum):
    """What a file calls the seller's answer."""

    ACCEPT = PartyAct.ACCEPT.value
    OFFER = PartyAct.OFFER.value
    REJECT = PartyAct.REJECT.value
    REPLY = PartyAct.REPLY.value
    AUTOMATIC = "automatic"
    """A machine's: it counts as none."""


def is_blank(value: object) -> bool:
    """Blanks stand for nothing, whatever the column; so do null and empty lists of JSON."""
    if value.__class__ is str:
        return not value or value.isspace()
    return value is None or value == [] or value == {}


def plain(value: object) -> str:
    """A value as text without blanks around it; numbers as they were written. Refuses lists and objects (`no_text`)."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return f"{value:f}" if abs(value.adjusted()) < 30 else str(value)
    raise Refused("no_text", f"{shown(value)} is a list or an object where one value is wanted.")


def text(most: int) -> Reader:
    """A reference, name or word of at most `most` characters."""

    def read(value: object, reading: Reading, column: str) -> str:
        found = value.strip() if value.__class__ is str else plain(value)
        if len(found) > most:
            raise Refused("field_too_long", f"{column} has {len(found)} characters; it has at most {most}.")
        return found

    return read


def prose(value: object, reading: Reading, column: str) -> str:
    """What somebody wrote, exactly as they did."""
    return value if isinstance(value, str) else plain(value)


def source(value: object, reading: Reading, column: str) -> str:
    return source_name(plain(value))


def source_name(name: str) -> str:
    """Cases are named `source:ref`, so that the name itself has no colon. Raises Refused (`unknown_value`)."""
    if ":" in name or len(name) > 100:
        raise Refused("unknown_value", f"{shown(name)} cannot name a source: at most 100 characters, and no colon.")
    return name


def when(value: object, reading: Reading, column: str) -> datetime:
    text = value.strip() if value.__class__ is str else plain(value)
    return instant(text, reading.zone, reading.dates, reading.marks, column)


def due(value: object, reading: Reading, column: str) -> datetime | _Promise:
    """An instant, or NOTHING_PROMISED for `none`."""
    found = plain(value)
    if found.lower() == "none":
        return NOTHING_PROMISED
    return instant(found, reading.zone, reading.dates, reading.marks, column)


def currency(value: object, reading: Reading, column: str) -> str:
    code = plain(value).upper()
    money.exponent(code)
    return code


def amount(value: object, reading: Reading, column: str) -> int:
    """Minor units of the row's currency; a money object has to be in that currency."""
    if isinstance(value, dict):
        number, code = _parts(value)
        if code.upper() != reading.currency:
            raise Refused("wrong_currency", f"{column} is in {shown(code)} and the case in {reading.currency}.")
        value = number
    return money.minor(plain(value), reading.currency)


def currency_within(value: object) -> str | None:
    """The currency that a money object names."""
    return _parts(value)[1] if isinstance(value, dict) else None


def _parts(value: dict[str, object]) -> tuple[object, str]:
    number = value.get("amount", value.get("value"))
    code = value.get("currency", value.get("currency_code"))
    if is_blank(number) or not isinstance(code, str):
        raise Refused("bad_amount", f"{shown(value)} is no amount: it needs an amount and a currency.")
    return number, code.strip()


def one_of(words: type[StrEnum], only: tuple[str, ...] = ()) -> Reader:
    """A word of a closed list, in any case, with blanks or dashes for `_`."""
    known: dict[str, StrEnum] = {each.value: each for each in words if not only or each.value in only}

    def read(value: object, reading: Reading, column: str) -> StrEnum:
        written = plain(value)
        found = known.get(written) or known.get(written.lower().replace(" ", "_").replace("-", "_"))
        if found is None:
            hint = did_you_mean(written, known) or f"; it is one of {', '.join(known)}."
            raise Refused("unknown_value", f"{shown(written)} is no {column} of ours{hint}")
        return found

    return read


def why(value: object, reading: Reading, column: str) -> ReadReason:
    return reason(plain(value))


def tier(value: object, reading: Reading, column: str) -> str:
    """A word in small letters, whatever the file's case. Raises Refused (`unknown_value`)."""
    word = plain(value).strip().lower()
    if not re.fullmatch(TIER, word):
        raise Refused("unknown_value", f"{shown(word)} is no tier: it is one word of letters, digits, - and _.")
    return word


def tags(value: object, reading: Reading, column: str) -> tuple[str, ...]:
    """Words parted by blanks, commas or semicolons, or a list of words; each once, in their order."""
    parts = [plain(each) for each in value] if isinstance(value, list) else [plain(value)]
    words = [word for part in parts for word in part.replace(",", " ").replace(";", " ").split()]
    return tuple(dict.fromkeys(words))
