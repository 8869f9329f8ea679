"""The policy in force for a case: every number of the domain that a marketplace may choose."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from models.dataclass import dataclass
from models.errors import Misused, NotFound
from models.nearest import nearest
from models.rules import money
from models.rules.clocks import Terms
from models.rules.windows import Windows
from models.vocabulary import ClockKind, EvidenceKind, FileType, Party

if TYPE_CHECKING:
    from models.rules.calendars import Calendar
    from models.rules.open_time import OpenTime

SHIPPED = 1
"""The version that comes with the program, and the first of every store."""
SHIPPED_FILE = Path(__file__).parent.parent / "policies" / f"{SHIPPED}.toml"


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
    windows: Windows
    """Of the seller's answers, where they are not the same for all."""
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
    _open_times: dict[ClockKind, OpenTime] = field(default_factory=dict, compare=False, repr=False)
    _terms: dict[ClockKind, Terms] = field(default_factory=dict, compare=False, repr=False)

    @property
    def appeal_window(self) -> timedelta:
        return self.clocks[ClockKind.APPEAL_WINDOW]

    def terms(self, kind: ClockKind) -> Terms:
        """Those for all."""
        found = self._terms.get(kind)
        if found is None:
            rule = f"open hours of '{self.calendar_of[kind]}'" if kind in self.calendar_of else ""
            found = self._terms[kind] = Terms(self.version, self.clocks[kind], rule)
        return found

    def first_answer(self, reason: str, tier: str) -> Terms:
        """The seller's, from the notification."""
        length, rule = self.windows.first(self.clocks[ClockKind.SELLER_RESPONSE], reason, tier)
        return Terms(self.version, length, rule)

    @property
    def next_answer(self) -> Terms:
        """The seller's, from the oldest act of the buyer that they have not answered."""
        return Terms(self.version, self.seller_response_again, "from the second answer on")

    def high_value_minor(self, currency: str) -> int | None:
        """The line of `currency` in minor units; None where the policy has no line, and then every amount is high."""
        line = self.high_value.get(currency)
        return None if line is None else money.minor(line, currency)

    def calendar(self, name: str) -> Calendar:
        """Raises Misused for a name that is not in `calendars`, or a calendar that cannot be read."""
        from models.rules.calendars import from_table  # most commands count no hours and start without it

        if name not in self.calendars:
            near = nearest(name, self.calendars)
            hint = f"did you mean {near}?" if near else f"it has {', '.join(self.calendars)}."
            raise Misused(f"Policy {self.version} has no calendar '{name}': {hint}")
        return from_table(name, self.calendars[name])

    def open_time(self, kind: ClockKind) -> OpenTime | None:
        """The promise of a clock that counts business hours; None where every second counts."""
        if kind not in self.calendar_of:
            return None
        if kind not in self._open_times:
            from models.rules.open_time import OpenTime

            self._open_times[kind] = OpenTime(self.calendar(self.calendar_of[kind]), self.clocks[kind])
        return self._open_times[kind]


_texts: Mapping[int, str] = {}
_known: dict[int, Policy] = {}


def _nowhere(version: int) -> str | None:
    return None


_find: Callable[[int], str | None] = _nowhere


def know(texts: Mapping[int, str], find: Callable[[int], str | None]) -> None:
    """From now on policies are these; what is made later is asked for by its version with `find`.

    A stored policy never changes, so that each is read once.
    """
    global _texts, _known, _find
    _texts, _known, _find = dict(texts), {}, find


@contextmanager
def only(texts: Mapping[int, str]) -> Iterator[None]:
    """Within the block there are no other policies than these: what is judged brings its own."""
    before = _texts, _known, _find
    know(texts, _nowhere)
    try:
        yield
    finally:
        _restore(*before)


def _restore(texts: Mapping[int, str], known: dict[int, Policy], find: Callable[[int], str | None]) -> None:
    global _texts, _known, _find
    _texts, _known, _find = texts, known, find


def policy(version: int) -> Policy:
    """Raises NotFound for a version that nobody has made."""
    found = _known.get(version)
    if found is None:
        from models.rules.policy_file import stored

        found = _known[version] = stored(text_of(version), version)
    return found


def text_of(version: int) -> str:
    """The policy as it was written. Raises NotFound."""
    found = _texts.get(version) or _find(version)
    if found is None and version == SHIPPED:
        found = SHIPPED_FILE.read_text(encoding="utf-8")
    if found is None:
        raise NotFound(f"There is no policy {version}: 'disputes policy' lists them.")
    return found
