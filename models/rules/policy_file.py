"""Reading a policy's TOML: every key with its range. What cannot be taken is told with its line and what would be."""

from __future__ import annotations

import re
import tomllib
from datetime import timedelta

from models.errors import Misused
from models.rules.policy import SHIPPED_FILE, Policy
from models.rules.policy_reader import Reader, span
from models.rules.policy_tables import calendars, clock_calendars, files, high_value, needs
from models.rules.policy_windows import windows
from models.vocabulary import ClockKind

LONGEST = 200_000
"""Signs of a policy; nobody reads a longer one."""
FAULTS_SHOWN = 5

RANGES: dict[ClockKind, tuple[str, str]] = {
    ClockKind.NOTIFY: ("1h", "7d"),
    ClockKind.SELLER_RESPONSE: ("3d", "7d"),
    ClockKind.BUYER_REPLY: ("1d", "14d"),
    ClockKind.NEGOTIATION_CAP: ("3d", "60d"),
    ClockKind.RESOLUTION: ("3d", "120d"),
    ClockKind.REVIEW: ("1d", "60d"),
    ClockKind.FIRST_TOUCH: ("1h", "240h"),
    ClockKind.INFO: ("1d", "30d"),
    ClockKind.APPROVAL: ("1h", "240h"),
    ClockKind.RETURN_SHIP: ("1d", "60d"),
    ClockKind.RETURN_CONFIRM: ("1d", "60d"),
    ClockKind.REFUND: ("1h", "60d"),
    ClockKind.APPEAL_WINDOW: ("1d", "365d"),
    ClockKind.APPEAL_REVIEW: ("1d", "60d"),
}
"""What each promise may last, at least and at most."""


def new(text: str, version: int) -> Policy:
    """A policy that somebody wrote. Raises Misused, which names each fault with its line, key and range."""
    if len(text) > LONGEST:
        raise Misused(f"A policy has at most {LONGEST} signs; this one has {len(text)}.")
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Misused(f"The policy is no TOML: {_place_first(str(error))}.") from None
    reader = Reader(table, {}, text)
    found = _read(reader, version)
    if reader.faults:
        more = len(reader.faults) - FAULTS_SHOWN
        said = "; ".join(str(fault) for fault in reader.faults[:FAULTS_SHOWN])
        raise Misused(f"The policy cannot be taken: {said}{f'; and {more} more' if more > 0 else ''}.")
    return found


def stored(text: str, version: int) -> Policy:
    """A policy of the store: taken as it is, whatever ranges hold today; what it lacks is as in the shipped one."""
    shipped = SHIPPED_FILE.read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return _read(Reader(table, table if text == shipped else tomllib.loads(shipped), text), version)


def _read(read: Reader, version: int) -> Policy:
    clocks = {kind: read.duration(f"clocks.{kind}", *ends, of_calendar=True) for kind, ends in RANGES.items()}
    found = Policy(
        version=version,
        clocks=clocks,
        windows=windows(read, RANGES[ClockKind.SELLER_RESPONSE]),
        calendar_of=clock_calendars(read),
        calendars=calendars(read),
        approval_expires=read.duration("clocks.approval_expires", "1h", "480h"),
        seller_response_again=read.duration("clocks.seller_response_again", "1d", "7d"),
        review_pauses_at_most=read.duration("clocks.review_pauses_at_most", "0h", "30d"),
        may_escalate_after=read.duration("talks.may_escalate_after", "3d", "30d"),
        auto_escalate_after=read.duration("talks.auto_escalate_after", "3d", "30d"),
        seller_has_at_least=read.duration("talks.seller_has_at_least", "3d", "7d"),
        offer_lives=read.duration("talks.offer_lives", "1d", "30d"),
        opens_after_completion=read.duration("intake.opens_after_completion", "0d", "365d"),
        notifies_at_opening=read.flag("intake.notifies_at_opening"),
        suspension_at_least=read.duration("parties.suspension_at_least", "1d", "365d"),
        suspension_at_most=read.duration("parties.suspension_at_most", "1d", "730d"),
        warning_counts=read.duration("parties.warning_counts", "1d", "1095d"),
        same_buyer_decisions=read.number("ruling.same_buyer_decisions", 1, 100),
        same_buyer_within=read.duration("ruling.same_buyer_within", "1d", "365d"),
        value_loss_percents=read.numbers("ruling.value_loss_percents", 1, 100),
        shared_fault_percent_at_most=read.number("ruling.shared_fault_percent_at_most", 0, 100),
        high_value=high_value(read),
        needs=needs(read),
        files=files(read),
    )
    _in_order(read, "talks.may_escalate_after", found.may_escalate_after, "talks.auto_escalate_after",
              found.auto_escalate_after)  # fmt: skip
    _in_order(read, "parties.suspension_at_least", found.suspension_at_least, "parties.suspension_at_most",
              found.suspension_at_most)  # fmt: skip
    _in_order(read, "clocks.approval", clocks[ClockKind.APPROVAL], "clocks.approval_expires", found.approval_expires)
    read.refuse_unknown()
    return found


def _in_order(read: Reader, one: str, low: timedelta, other: str, high: timedelta) -> None:
    if low > high:
        read.fault(one, f"{span(low)} is longer than {other}, {span(high)}")


def _place_first(said: str) -> str:
    """`Invalid value (at line 3, column 8)` as `line 3, column 8: invalid value`."""
    match = re.fullmatch(r"(.*) \(at (line [0-9]+, column [0-9]+|end of document)\)", said, re.DOTALL)
    return f"{match[2]}: {match[1][:1].lower()}{match[1][1:]}" if match else said
