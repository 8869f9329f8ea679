"""A value as each format writes it. None is nothing: empty in text, null in JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from operator import itemgetter
from typing import cast

from models.columns import Column, Kind, Money, Row, Total
from models.rules import money

Converter = Callable[[object], object]


def instant(value: datetime) -> str:
    """`2026-03-01T09:00:00Z`; what is left of the second is dropped, as nowhere in the desk there is any."""
    if value.tzinfo is not UTC:
        value = value.astimezone(UTC)
    return value.isoformat(timespec="seconds")[:-6] + "Z"


def short_instant(value: datetime) -> str:
    """`2026-03-01 09:00Z`, for people."""
    text = instant(value)
    return f"{text[:10]} {text[11:16]}Z"


def duration(seconds: int) -> str:
    """`2d 3h`, `3h 05m`, `4m`, for people; whole minutes, towards zero."""
    sign, minutes = ("-" if seconds < 0 else ""), abs(seconds) // 60
    if minutes >= 24 * 60:
        return f"{sign}{minutes // (24 * 60)}d {minutes // 60 % 24}h"
    if minutes >= 60:
        return f"{sign}{minutes // 60}h {minutes % 60:02}m"
    return f"{sign}{minutes}m"


def amount(value: Money) -> str:
    """`12.50`, with the decimals of its currency."""
    return money.text(value.amount_minor, value.currency)


def flag(value: object) -> str:
    return "true" if value else "false"


def words(value: object) -> str:
    return " ".join(map(str, cast(Iterable[object], value)))


def text_of(kind: Kind, *, foreign: Callable[[str], str], for_people: bool) -> Converter:
    """The converter to text; what may come from outside passes through `foreign`."""
    match kind:
        case Kind.TEXT:
            return lambda value: "" if value is None else foreign(str(value))
        case Kind.WORDS:
            return lambda value: "" if value is None else foreign(words(value))
        case Kind.FLAG:
            return lambda value: "" if value is None else flag(value)
        case Kind.INSTANT:
            shown = short_instant if for_people else instant
            return lambda value: "" if value is None else shown(cast(datetime, value))
        case Kind.MONEY:
            return lambda value: "" if value is None else amount(cast(Money, value))
        case Kind.DURATION if for_people:
            return lambda value: "" if value is None else duration(cast(int, value))
        case Kind.NUMBER | Kind.DURATION:
            return lambda value: "" if value is None else str(value)


def line(total: str | Total) -> str:
    """A number below the rows as a person reads it, such as `refund_amount: 12.50 USD`; a text is itself."""
    if isinstance(total, str):
        return total
    shown = text_of(total.kind, foreign=str, for_people=True)(total.value)
    return f"{total.key}: {shown}" + (f" {total.value.currency}" if isinstance(total.value, Money) else "")


def json_of(kind: Kind) -> Converter:
    """The converter to what JSON knows; most values are that already."""
    match kind:
        case Kind.INSTANT | Kind.MONEY | Kind.WORDS:
            return plain
        case Kind.FLAG:
            return lambda value: None if value is None else bool(value)
        case Kind.TEXT | Kind.NUMBER | Kind.DURATION:
            return lambda value: value


def plain(value: object) -> object:
    """`value` as JSON knows it, whatever is in it: money an object, instants text, tuples lists."""
    match value:
        case Money():
            return {"amount": amount(value), "currency": value.currency}
        case datetime():
            return instant(value)
        case Mapping():
            return {str(key): plain(each) for key, each in value.items()}
        case list() | tuple() | set() | frozenset():
            return [plain(each) for each in value]
        case None | str() | int() | float():
            return value
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def picker(columns: Sequence[Column]) -> Callable[[Row], Sequence[object]]:
    """From a row of either shape to its values in the order of the columns."""
    keys = [column.key for column in columns]
    by_key = itemgetter(*keys) if len(keys) > 1 else lambda row: (row[keys[0]],)
    return lambda row: by_key(row) if isinstance(row, Mapping) else row
