"""Why a promise is due when it is: its start, what was promised, and each act that moved it, adding up to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from datetime import datetime, timedelta
from enum import StrEnum

from models.dataclass import dataclass
from models.rules import effects
from models.rules.act import Act, Verb
from models.rules.clocks import KINDS, Clock, Terms
from models.rules.due import Due, Skipped, due
from models.rules.open_time import numbered
from models.rules.pauses import Pause, Why
from models.vocabulary import ClockEnd, ClockKind

Acts = Sequence[tuple[Act, datetime]]
"""Each with the instant it was recorded, in order."""

NOTHING = timedelta()
_PAUSES = {
    Why.PARTY: "waited for what a party was asked",
    Why.LEGAL: "legal hold",
    Why.OUTAGE: "outage",
    Why.HOLIDAY: "declared holiday",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of the sum."""

    what: str
    by: str
    """Whose login wrote it down; empty where a file or the policy says it."""
    adds: timedelta
    at: datetime
    """Where the sum stands with this line."""


@dataclass(frozen=True, slots=True)
class Reasons:
    number: int
    kind: StrEnum
    """A `ClockKind`, or what else has an instant of its own."""
    due_at: datetime
    is_running: bool
    lines: tuple[Reason, ...]
    """The first is the start and adds nothing; `at` of the last is `due_at`."""


@dataclass(slots=True)
class _Life:
    """One clock through its case's acts."""

    clock: Clock
    began: Act
    started_by: Act
    """Whose instant it starts at, which may lie before the act that began it."""
    length: timedelta
    """Promised at first."""
    terms: Terms | None
    """Of the policy, at first."""
    moved: list[tuple[Act, timedelta]] = field(default_factory=list)
    """By what acts it was made longer or shorter, or given other terms."""
    terms_since: list[Terms | None] = field(default_factory=list)
    """For each of them."""
    paused_by: list[Act] = field(default_factory=list)
    """For each pause of the clock."""
    ended_by: Act | None = None


def reasons(acts: Acts) -> tuple[Reasons, ...]:
    """Every clock of the case that the acts add up to, by its number."""
    case = effects.opened(acts[0][0])
    lives: list[_Life] = []
    done: list[Act] = []
    for act, recorded_at in acts:
        before = [(life.clock.length, life.clock.terms) for life in lives]
        effects.apply(case, act, recorded_at)
        done.append(act)
        for life, earlier in zip(lives, before, strict=True):
            if (life.clock.length, life.clock.terms) != earlier:
                life.moved.append((act, life.clock.length - earlier[0]))
                life.terms_since.append(life.clock.terms)
        lives += [_born(clock, done) for clock in case.clocks[len(lives) :]]
        for life in lives:
            life.paused_by += [act] * (len(life.clock.pauses) - len(life.paused_by))
            if life.ended_by is None and not life.clock.is_running:
                life.ended_by = act
    return tuple(_explained(life) for life in lives)


def _born(clock: Clock, done: list[Act]) -> _Life:
    began = done[-1]
    if began.occurred_at == clock.started_at:
        return _Life(clock, began, began, clock.length, clock.terms)
    same = (act for act in reversed(done) if act.occurred_at == clock.started_at and act.verb in _STARTERS)
    return _Life(clock, began, next(same, began), clock.length, clock.terms)


_STARTERS = frozenset({Verb.OPEN, Verb.NOTIFY, Verb.RESPOND, Verb.ESCALATE, Verb.ASK})


def _explained(life: _Life) -> Reasons:
    clock, lines = life.clock, list[Reason]()
    at = clock.started_at
    for what, by, adds in _parts(life):
        at += adds
        lines.append(Reason(what, by, adds, at))
    if at != clock.due_at:
        lines.append(Reason(_rest(clock, clock.due_at < at), "", clock.due_at - at, clock.due_at))
    if clock.end is ClockEnd.WAIVED and life.ended_by is not None:
        what = f"waived at {life.ended_by.occurred_at:%Y-%m-%dT%H:%M:%SZ}: this is when it was due"
        lines.append(Reason(what, life.ended_by.by, NOTHING, clock.due_at))
    return Reasons(clock.number, clock.kind, clock.due_at, clock.is_running, tuple(lines))


def _parts(life: _Life) -> Iterator[tuple[str, str, timedelta]]:
    yield f"starts: {_told(life.started_by)}", life.started_by.by, NOTHING
    what, by = _target(life)
    yield what, by, life.length
    for (act, adds), terms in zip(life.moved, life.terms_since, strict=True):
        yield _moved_told(act, life.clock, terms), act.by, adds
    yield from _skipped(life)


def _moved_told(act: Act, clock: Clock, terms: Terms | None) -> str:
    if act.verb is Verb.APPLY_POLICY and terms is not None:
        return f"applied: {_by(terms, clock)}"
    return f"moved: {_told(act)}" + (", whose promise was the earlier one" if act.verb is Verb.TAKE_IN else "")


def _by(terms: Terms, clock: Clock) -> str:
    return f"policy {terms.policy_version}: {clock.kind}{f', {terms.rule}' if terms.rule else ''}"


def _told(act: Act) -> str:
    """The act in our own words: its verb, what it did, the party or the other case."""
    what = act.move or act.step or act.refund
    of_whom = f"by the {act.party}" if act.party else f"of C{act.other}" if act.other else ""
    return " ".join(str(word) for word in (act.verb, what, of_whom) if word)


def _target(life: _Life) -> tuple[str, str]:
    """What was promised at first, and who said so where it is not the policy."""
    clock, terms = life.clock, life.terms
    if clock.is_given:
        return "the source's own due instant, instead of the policy's", ""
    if life.began.verb is Verb.EXTEND:
        return "the promise that was missed, extended", life.began.by
    if life.began.verb is Verb.TAKE_IN:
        return f"the promise of C{life.began.other}, which was merged into this case", life.began.by
    if terms is not None:
        return _by(terms, clock), ""
    return f"set with: {_told(life.began)}", life.began.by


def _skipped(life: _Life) -> Iterator[tuple[str, str, timedelta]]:
    """Nights and holidays; and what each pause gives back: its overlap with time that counted, shared time once."""
    clock = life.clock
    for skipped in _walked(clock).skipped:
        place = int(skipped.why) if skipped.why.isdecimal() else len(clock.pauses)
        by = life.paused_by[place].by if place < len(clock.pauses) else ""
        yield _skip_told(clock, skipped), by, skipped.to_at - skipped.from_at
    for place, pause in enumerate(clock.pauses):
        if pause.end is None:
            yield f"{_pause_told(pause)}; the instant moves when it ends", life.paused_by[place].by, NOTHING


def not_counted(clock: Clock) -> Iterator[tuple[str, timedelta]]:
    """The same of a clock alone, without who paused it."""
    for skipped in _walked(clock).skipped:
        yield _skip_told(clock, skipped), skipped.to_at - skipped.from_at


def _skip_told(clock: Clock, skipped: Skipped) -> str:
    if skipped.why.isdecimal():
        return _pause_told(clock.not_counted[int(skipped.why)])
    return f"{skipped.why}, {_span_told(skipped.from_at, skipped.to_at)}"


def _walked(clock: Clock) -> Due:
    if clock.open_time is not None:
        return clock.open_time.walked(clock.started_at, clock.not_counted)
    return due(clock.started_at, max(NOTHING, clock.length), None, numbered(clock.not_counted))


def _pause_told(pause: Pause) -> str:
    """`legal hold, from 2026-03-04T09:00:00Z to …`."""
    return f"{_PAUSES[pause.why]}, {_span_told(pause.started_at, pause.end)}"


def _span_told(start: datetime, end: datetime | None) -> str:
    ends = f"to {end:%Y-%m-%dT%H:%M:%SZ}" if end else "and it lasts"
    return f"from {start:%Y-%m-%dT%H:%M:%SZ} {ends}"


def _rest(clock: Clock, is_earlier: bool) -> str:
    """The cap of the talks alone is moved by another clock."""
    if clock.kind is ClockKind.NEGOTIATION_CAP and not is_earlier:
        return f"talks last as long as the {KINDS[ClockKind.SELLER_RESPONSE].label} may take"
    return "moved by another promise of the case"
