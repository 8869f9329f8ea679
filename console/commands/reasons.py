"""`why`: a due instant explained line by line."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING

from console.arguments import add_case, add_output, one_of
from console.command import Command
from console.output.values import instant
from console.output.write import Format, write
from console.session import Session
from models.columns import Column, Kind
from models.durations import hours
from models.vocabulary import ClockKind

if TYPE_CHECKING:
    from models.rules.reasons_of_due import Reasons

_COLUMNS = (
    Column("clock"),
    Column("number", Kind.NUMBER),
    Column("what"),
    Column("by"),
    Column("adds", Kind.DURATION),
    Column("at", Kind.INSTANT),
)
_EXPIRES = "approval_expires"
_OTHERS = ("may_escalate", "auto_escalate", _EXPIRES)
"""As in `rules.reasons_of_escalation` and `rules.reasons_of_expiry`, which help need not load."""
_FOR_PEOPLE = (*_COLUMNS[:4], Column("adds", Kind.NUMBER), Column("at"))


def why(session: Session, given: Namespace) -> int:
    from models.queries.named_case import find
    from models.queries.reasons import reasons_of

    session.actor()
    found = reasons_of(find(given.case), given.clock)
    is_for_people = given.format in (Format.TABLE, Format.MARKDOWN)

    def rows() -> Iterator[list[object]]:
        for each in found:
            for line in each.lines:
                seconds = int(line.adds.total_seconds())
                exact = (hours(seconds), instant(line.at)) if is_for_people else (seconds, line.at)
                yield [each.kind, each.number, line.what, line.by, *exact]

    write(
        rows(),
        _FOR_PEOPLE if is_for_people else _COLUMNS,
        format=given.format,
        out=given.out,
        title="What adds up to each due instant; hours:minutes:seconds",
        totals=[_sum(each) for each in found],
        is_raw=given.raw,
    )
    return 0


def _sum(each: Reasons) -> str:
    if each.number == 0:
        return f"{each.kind}: {instant(each.due_at)}"
    return f"{each.kind} ({each.number}) is due {instant(each.due_at)}"


def _kind(text: str) -> StrEnum:
    """A clock, or what else has an instant of its own."""
    from models.rules.reasons_of_escalation import Escalation
    from models.rules.reasons_of_expiry import Expiry

    if text == _EXPIRES:
        return Expiry(text)
    if text in _OTHERS:
        return Escalation(text)
    return one_of(ClockKind)(text)


def _arguments(parser: ArgumentParser) -> None:
    add_case(parser)
    parser.add_argument(
        "clock",
        nargs="?",
        type=_kind,
        metavar="CLOCK",
        help=f"else those that run; {', '.join((*ClockKind, *_OTHERS))}",
    )
    add_output(parser)


COMMANDS = {"why": Command("disputes why C12 seller_response", why, _arguments)}
