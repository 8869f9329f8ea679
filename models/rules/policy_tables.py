"""The parts of a policy whose names are the writer's own: calendars, lines of high value, the matrix of evidence."""

from __future__ import annotations

from typing import Any

from models.errors import DeskError
from models.rules import money
from models.rules.clocks import KINDS
from models.rules.policy import Files, Need
from models.rules.policy_reader import OF, Reader, listed, shown, unknown
from models.vocabulary import REASON_CODES, REASONS, ClockKind, EvidenceKind, FileType, Party

CAN_COUNT_OPEN_HOURS = tuple(
    kind for kind in ClockKind if KINDS[kind].owner is Party.PLATFORM and kind is not ClockKind.RESOLUTION
)
"""Of the desk's own promises all but the one to both parties, which files bring and merged cases share."""
ONLY = ("above_high_value", "if_paid_is_said")
"""Conditions of a need."""
MEGABYTE = 1_000_000


def clock_calendars(read: Reader) -> dict[ClockKind, str]:
    """Which clocks count open hours, and whose."""
    names = read.section("calendars")
    found: dict[ClockKind, str] = {}
    for kind in ClockKind:
        path = f"clocks.{kind}"
        text = read.optional(path) if read.is_strict else read.value(path)
        if not isinstance(text, str) or OF not in text:
            continue
        name = text.partition(OF)[2].strip()
        if kind not in CAN_COUNT_OPEN_HOURS:
            read.fault(path, f"counts every second; open hours are for {listed(CAN_COUNT_OPEN_HOURS)}")
        elif name not in names:
            read.fault(path, f"no such calendar: {unknown(name, names)}")
        found[kind] = name
    return found


def calendars(read: Reader) -> dict[str, dict[str, Any]]:
    found = read.section("calendars")
    for name, table in found.items():
        path = f"calendars.{name}"
        if not isinstance(table, dict):
            read.fault(path, f"{shown(table)} is no calendar: write zone and hours below [{path}]")
        elif read.is_strict:
            from models.rules.calendars import from_table

            try:
                from_table(name, table)
            except DeskError as error:
                read.fault(path, str(error).rstrip("."))
    return found


def high_value(read: Reader) -> dict[str, str]:
    found: dict[str, str] = {}
    for currency, line in read.section("high_value").items():
        path = f"high_value.{currency}"
        try:
            if isinstance(line, bool) or not isinstance(line, str | int):
                raise TypeError
            if money.minor(str(line), currency) <= 0:
                read.fault(path, "a line is above 0; leave the currency out for none")
        except TypeError:
            read.fault(path, f'{shown(line)} is no amount: write it as "200"')
        except DeskError as error:
            read.fault(path, str(error).rstrip("."))
        found[currency] = str(line)
    return found


def needs(read: Reader) -> tuple[Need, ...]:
    found = []
    for number, row in enumerate(read.rows("evidence.needs")):
        path = f"evidence.needs[{number}]"
        read.keys(path, row, ("reason", "side", "one_of", "only"))
        reason, only = row.get("reason"), row.get("only", [])
        if reason not in (*REASONS, *REASON_CODES):
            said = "is missing" if reason is None else unknown(str(reason), (*REASONS, *REASON_CODES))
            read.fault(f"{path}.reason", said)
        side = read.word(f"{path}.side", row.get("side"), Party)
        kinds = read.words(f"{path}.one_of", row.get("one_of"), EvidenceKind)
        if not isinstance(only, list) or not all(each in ONLY for each in only):
            read.fault(f"{path}.only", f"{shown(only)} is no list of {listed(ONLY)}")
            only = []
        if side is Party.PLATFORM:
            read.fault(f"{path}.side", "evidence is needed of the buyer or the seller")
        found.append(Need(str(reason), side or Party.BUYER, kinds, **{f"is_{name}": True for name in only}))
    return tuple(found)


def files(read: Reader) -> Files:
    types = read.value("evidence.files.types")
    of_file = read.number("evidence.files.file_bytes_at_most", 1000, 1000 * MEGABYTE)
    of_side = read.number("evidence.files.side_bytes_at_most", 1000, 10_000 * MEGABYTE)
    if of_file > of_side:
        read.fault("evidence.files.file_bytes_at_most", f"{of_file} is more than a whole side may have, {of_side}")
    return Files(read.words("evidence.files.types", types, FileType), of_file, of_side)
