"""Reading what people write on the command line into values of the domain."""

from __future__ import annotations

import os
import sys
from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from models import clock
from models.errors import Misused
from models.nearest import nearest

Word = TypeVar("Word", bound=StrEnum)
MOST_TEXT = 100_000
"""Signs of a text from standard input; nobody reads a longer note."""


def instant(text: str, zone: tzinfo = UTC) -> datetime:
    """`2026-03-01T09:00:00Z`, with another offset, or a day, which is its midnight; without an offset as in `zone`."""
    return span(text, zone)[0]


def span(text: str, zone: tzinfo = UTC) -> tuple[datetime, datetime]:
    """The first and the last second that the text stands for: a day is all of it, an instant itself."""
    from models.queries.terms import Takes
    from models.queries.values import Span, Unreadable, read

    try:
        found = read(text, Takes.INSTANT, now=clock.now(), zone=zone)
    except Unreadable:
        found = None
    if not isinstance(found, Span):
        raise ArgumentTypeError(f"'{text}' is no instant: write 2026-03-01T09:00:00Z or a day such as 2026-03-01")
    return datetime.fromtimestamp(found.first, UTC), datetime.fromtimestamp(found.end - 1, UTC)


def duration(text: str) -> timedelta:
    """`30m`, `24h`, `3d` or `2w`."""
    from models.queries.terms import Takes
    from models.queries.values import Duration, Unreadable, read

    try:
        found = read(text, Takes.DURATION, now=clock.now())
    except Unreadable:
        found = None
    if not isinstance(found, Duration):
        raise ArgumentTypeError(f"'{text}' is no duration: write 30m, 24h, 3d or 2w")
    return timedelta(seconds=found.seconds)


def ahead(text: str) -> datetime:
    """An instant to come: a day, an instant, or a duration from now."""
    try:
        return clock.now() + duration(text)
    except ArgumentTypeError:
        return instant(text)


def one_of(words: type[Word]) -> Callable[[str], Word]:
    """A word of a closed list; the error proposes the nearest."""

    def read(text: str) -> Word:
        try:
            return words(text)
        except ValueError:
            near = nearest(text, list(words))
            hint = f"did you mean {near}?" if near else f"it is one of {', '.join(words)}."
            raise ArgumentTypeError(f"'{text}' is not known: {hint}") from None

    return read


def given_text(text: str) -> str:
    """A text, or `-` for standard input. Raises Misused for what is no text, or too much of it."""
    if text != "-":
        return text
    try:
        read = sys.stdin.read(MOST_TEXT + 1)
    except UnicodeDecodeError:
        raise Misused("The text on standard input is not UTF-8: nothing was done.") from None
    if len(read) > MOST_TEXT:
        raise Misused(f"The text on standard input is longer than {MOST_TEXT} signs.")
    if "\0" in read:
        raise Misused("The text on standard input holds a NUL character: nothing was done.")
    return read.strip()


NAMES_OF_FILES = ("file", "rejects", "map", "key")
"""Arguments that may hold any bytes, as the names of files do."""
NAMES_OF_TARGETS = ("rejects",)
"""Of those, where `-` is standard output."""


def check_readable(given: dict[str, Any]) -> None:
    """Raises Misused for a text that is not UTF-8, which no store could keep, and for `-` in two places."""
    texts = [(name, text) for name, value in given.items() for text in _texts(value)]
    for name, text in texts:
        if name not in NAMES_OF_FILES and not _is_text(text):
            raise Misused(f"{name} is not UTF-8: '{text}'.")
    if sum(text == "-" and name not in NAMES_OF_TARGETS for name, text in texts) > 1:
        raise Misused("Standard input can be read once: '-' stands in two places.")


def check_spares_store(url: str, given: dict[str, Any]) -> None:
    """Raises Misused where `--out` or `--rejects` names the store: one slip must not cost it."""
    targets = [Path(given[name]) for name in ("out", "rejects") if given.get(name)]
    if not targets:
        return
    from models.database import location

    store = location(url).path
    # By name and number only: to open the store's file and close it again would drop this process's locks.
    for target in targets:
        if store is not None and store.exists() and os.path.exists(target) and store.samefile(target):
            raise Misused(f"{target} is the store itself: name another file to write to.")


def _texts(value: object) -> list[str]:
    found = value if isinstance(value, list) else [value]
    return [each for each in found if isinstance(each, str)]


def _is_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def add_output(parser: ArgumentParser, *, is_below: bool = False, is_report: bool = False) -> None:
    """`--format`, `--out` and `--raw`, alike on every command that prints rows; a report has two formats more.

    `is_below` is for a parser below one that has them already: what stood before its word is not forgotten there.
    """
    from console.output.write import OF_ROWS, Format

    formats = tuple(Format) if is_report else OF_ROWS

    def read(text: str) -> Format:
        found = one_of(Format)(text)
        if found not in formats:
            raise ArgumentTypeError(f"'{text}' is for reports: here it is one of {', '.join(formats)}.")
        return found

    def unless(default: object) -> object:
        return SUPPRESS if is_below else default

    add = parser.add_argument
    add("--format", type=read, default=unless(Format.TABLE), help=", ".join(formats))
    add("--out", type=Path, default=unless(None), metavar="FILE", help="write there, whole or not at all")
    add("--raw", action="store_true", default=unless(False), help="text without the guard against formulas")


def add_case(parser: ArgumentParser) -> None:
    parser.add_argument("case", metavar="CASE", help="our code, such as C12, or source:ref")


def add_occurred(parser: ArgumentParser) -> None:
    parser.add_argument("--occurred-at", type=instant, metavar="INSTANT", help="when it happened, if earlier than now")


def count_of_cases(text: str) -> int:
    """A whole number from 1 to five million."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 1_000_000:
        raise ArgumentTypeError(f"'{text}' is no number of cases: write 1 to 1000000")
    return int(text)


def limit(text: str) -> int:
    """How many rows at most: 0 or more."""
    if not text.isascii() or not text.isdigit():
        raise ArgumentTypeError(f"'{text}' is no number of rows")
    return int(text)
