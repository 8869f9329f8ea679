"""The policy in force for a case: every number of the domain that a marketplace may choose."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.errors import Misused
from models.rules import money
from models.vocabulary import ClockKind, EvidenceKind, FileType, Party

if TYPE_CHECKING:
    from models.rules.calendars import Calendar
    from models.rules.open_time import OpenTime

CURRENT_VERSION = 1
"""Pinned by each case when it opens."""

_POLICIES = Path(__file__).parent.parent / "policies"
_UNITS = {"d": "days", "h": "hours", "m": "minutes"}
_OF = " of "


@dataclass(frozen=True, slots=True)
class Need:
    """One row of the matrix of evidence: one of these kinds, from this side, for this reason."""

    reason: str
    """A family, or a family and its sub."""
    side: Party
    one_of: tuple[EvidenceKind, ...]
    is_above_high_value: bool = False
    """Only where the disputed amount is above the high-value line of its currency."""
    is_if_paid_is_said: bool = False
    """Only where the seller says that they have paid."""

    def __str__(self) -> str:
        return "|".join(self.one_of)


@dataclass(frozen=True, slots=True)
class Files:
    """Which files are taken in, and how much of them."""

    types: tuple[FileType, ...]
    file_bytes_at_most: int
    side_bytes_at_most: int


@dataclass(frozen=True, slots=True)
class Policy:
    version: int
    clocks: dict[ClockKind, timedelta]
    calendar_of: Mapping[ClockKind, str]
    """Of the clocks that count business hours: whose."""
    calendars: Mapping[str, Mapping[str, object]]
    """As the file has them, by name: what the promises in business hours count by."""
    approval_expires: timedelta
    """After how much of the time that `approval` counts a decision that nobody has approved goes back."""
    seller_response_again: timedelta
    """The seller's window for every answer after the first."""
    review_pauses_at_most: timedelta
    """How long in all a review waits for what parties were asked."""
    may_escalate_after: timedelta
    auto_escalate_after: timedelta
    seller_has_at_least: timedelta
    """From the notification, before anything adverse happens by itself."""
    offer_lives: timedelta
    opens_after_completion: timedelta
    """How long after an order's completion a case can still be opened on it."""
    notifies_at_opening: bool
    """Opening a case tells the seller at once; else `notify` does, within its promise."""
    suspension_at_least: timedelta
    suspension_at_most: timedelta
    warning_counts: timedelta
    """How long a warning is ground for a suspension."""
    same_buyer_decisions: int
    same_buyer_within: timedelta
    value_loss_percents: tuple[int, ...]
    shared_fault_percent_at_most: int
    high_value: dict[str, str]
    """Currency to its line in major units."""
    needs: tuple[Need, ...]
    files: Files

    @property
    def appeal_window(self) -> timedelta:
        return self.clocks[ClockKind.APPEAL_WINDOW]

    def high_value_minor(self, currency: str) -> int | None:
        """The line of `currency` in minor units; None where the policy has no line, and then every amount is high."""
        line = self.high_value.get(currency)
        return None if line is None else money.minor(line, currency)

    def calendar(self, name: str) -> Calendar:
        """Raises Misused for a name that is not in `calendars`, or a calendar that cannot be read."""
        from models.rules.calendars import from_table  # most commands count no hours and start without it

        if name not in self.calendars:
            near = get_close_matches(name, self.calendars, 1)
            hint = f"did you mean {near[0]}?" if near else f"it has {', '.join(self.calendars)}."
            raise Misused(f"Policy {self.version} has no calendar '{name}': {hint}")
        return from_table(name, self.calendars[name])

    def open_time(self, kind: ClockKind) -> OpenTime | None:
        """The promise of a clock that counts business hours; None where every second counts."""
        name = self.calendar_of.get(kind)
        return None if name is None else _open_time(self.version, name, self.clocks[kind])


@cache
def _open_time(version: int, calendar: str, length: timedelta) -> OpenTime:
    from models.rules.open_time import OpenTime

    return OpenTime(policy(version).calendar(calendar), length)


def duration(text: str) -> timedelta:
    """`5d`, `8h` or `30m` as a time span."""
    return timedelta(**{_UNITS[text[-1]]: int(text[:-1])})


@cache
def policy(version: int = CURRENT_VERSION) -> Policy:
    """The policy of `version`, read once."""
    table = tomllib.loads((_POLICIES / f"{version}.toml").read_text(encoding="utf-8"))
    clocks, talks, ruling = table["clocks"], table["talks"], table["ruling"]
    intake, parties = table["intake"], table["parties"]
    return Policy(
        version=table["version"],
        clocks={kind: duration(clocks[kind].split(_OF)[0]) for kind in ClockKind},
        calendar_of={kind: clocks[kind].split(_OF)[1] for kind in ClockKind if _OF in clocks[kind]},
        approval_expires=duration(clocks["approval_expires"].split(_OF)[0]),
        calendars=table["calendars"],
        seller_response_again=duration(clocks["seller_response_again"]),
        review_pauses_at_most=duration(clocks["review_pauses_at_most"]),
        may_escalate_after=duration(talks["may_escalate_after"]),
        auto_escalate_after=duration(talks["auto_escalate_after"]),
        seller_has_at_least=duration(talks["seller_has_at_least"]),
        offer_lives=duration(talks["offer_lives"]),
        opens_after_completion=duration(intake["opens_after_completion"]),
        notifies_at_opening=intake["notifies_at_opening"],
        suspension_at_least=duration(parties["suspension_at_least"]),
        suspension_at_most=duration(parties["suspension_at_most"]),
        warning_counts=duration(parties["warning_counts"]),
        same_buyer_decisions=ruling["same_buyer_decisions"],
        same_buyer_within=duration(ruling["same_buyer_within"]),
        value_loss_percents=tuple(ruling["value_loss_percents"]),
        shared_fault_percent_at_most=ruling["shared_fault_percent_at_most"],
        high_value=dict(table["high_value"]),
        needs=tuple(_need(row) for row in table["evidence"]["needs"]),
        files=_files(table["evidence"]["files"]),
    )


def _need(row: dict[str, Any]) -> Need:
    kinds = tuple(EvidenceKind(kind) for kind in row["one_of"])
    conditions = {f"is_{name}": True for name in row.get("only", ())}
    return Need(row["reason"], Party(row["side"]), kinds, **conditions)


def _files(table: dict[str, Any]) -> Files:
    return Files(
        tuple(FileType(each) for each in table["types"]), table["file_bytes_at_most"], table["side_bytes_at_most"]
    )
