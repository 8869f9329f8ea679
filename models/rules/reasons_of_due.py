"""Why a promise is due when it is: its start, what was promised, and each act that moved it, adding up to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from models.rules import effects
from models.rules.act import Act, Verb
from models.rules.case import Case
from models.rules.clocks import KINDS, Clock
from models.rules.due import due
from models.rules.pauses import Pause, Why
from models.rules.policy import policy
from models.rules.spans import Span
from models.vocabulary import ClockKind

Acts = Sequence[tuple[Act, datetime]]
"""Each with the instant it was recorded, in order."""

NOTHING = timedelta()
_PAUSES = {Why.PARTY: "waited for what a party was asked", Why.LEGAL: "legal hold", Why.OUTAGE: "outage"}


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
    kind: ClockKind
    due_at: datetime
    lines: tuple[Reason, ...]
    """The first is the start and adds nothing; `at` of the last is `due_at`."""


@dataclass(slots=True)
class _Life:
    """One clock through its case's acts."""

    clock: Clock
    began: Act
    started_by: Act
    """Whose instant it starts at, which may lie before the act that began it."""
    promised_at: datetime
    """At first."""
    extended: list[tuple[Act, timedelta]] = field(default_factory=list)
    paused_by: list[Act] = field(default_factory=list)
    """For each pause of the clock."""


def reasons(acts: Acts) -> tuple[Reasons, ...]:
    """Every clock of the case that the acts add up to, by its number."""
    case = effects.opened(acts[0][0])
    lives: list[_Life] = []
    done: list[Act] = []
    for act, recorded_at in acts:
        before = [life.clock.promise for life in lives]
        effects.apply(case, act, recorded_at)
        done.append(act)
        for life, earlier in zip(lives, before, strict=True):
            if life.clock.promise != earlier:
                life.extended.append((act, life.clock.promise - earlier))
        lives += [_born(clock, done) for clock in case.clocks[len(lives) :]]
        for life in lives:
            life.paused_by += [act] * (len(life.clock.pauses) - len(life.paused_by))
    return tuple(_explained(life, case) for life in lives)


def _born(clock: Clock, done: list[Act]) -> _Life:
    began = done[-1]
    if began.occurred_at == clock.started_at:
        return _Life(clock, began, began, clock.promise)
    same = (act for act in reversed(done) if act.occurred_at == clock.started_at and act.verb in _STARTERS)
    return _Life(clock, began, next(same, began), clock.promise)


_STARTERS = frozenset({Verb.OPEN, Verb.NOTIFY, Verb.RESPOND, Verb.ESCALATE, Verb.ASK})


def _explained(life: _Life, case: Case) -> Reasons:
    clock, lines = life.clock, list[Reason]()
    at = clock.started_at
    for what, by, adds in _parts(life, case):
        at += adds
        lines.append(Reason(what, by, adds, at))
    if at != clock.due_at:
        lines.append(Reason(_rest(clock, clock.due_at < at), "", clock.due_at - at, clock.due_at))
    return Reasons(clock.number, clock.kind, clock.due_at, tuple(lines))


def _parts(life: _Life, case: Case) -> Iterator[tuple[str, str, timedelta]]:
    clock = life.clock
    yield f"starts: {_told(life.started_by)}", life.started_by.by, NOTHING
    what, by = _target(life, case)
    yield what, by, life.promised_at - clock.started_at
    for act, adds in life.extended:
        yield f"moved: {_told(act)}", act.by, adds
    yield from _pauses(life)


def _told(act: Act) -> str:
    """The act in our own words: its verb, the party's move, the party."""
    return " ".join(str(word) for word in (act.verb, act.move, act.party and f"by the {act.party}") if word)


def _target(life: _Life, case: Case) -> tuple[str, str]:
    """What was promised at first, and who said so where it is not the policy."""
    clock, rules = life.clock, policy(case.policy_version)
    span = life.promised_at - clock.started_at
    if clock.is_given:
        return "the source's own due instant, instead of the policy's", ""
    if life.began.verb is Verb.EXTEND:
        return "the promise that was missed, extended", life.began.by
    if span == rules.clocks[clock.kind]:
        return f"policy {rules.version}: {clock.kind}", ""
    if clock.kind is ClockKind.SELLER_RESPONSE and span == rules.seller_response_again:
        return f"policy {rules.version}: {clock.kind}, from the second answer on", ""
    return f"set with: {_told(life.began)}", life.began.by


def _pauses(life: _Life) -> Iterator[tuple[str, str, timedelta]]:
    """What each pause gives back: its overlap with time that counted, and what two of them share only once."""
    clock = life.clock
    ended = [Span(each.from_at, each.to_at, str(number)) for number, each in _spans(clock.pauses)]
    promised = clock.promise - clock.started_at
    if promised > NOTHING:
        for skipped in due(clock.started_at, promised, None, ended).skipped:
            number = int(skipped.why)
            yield _pause_told(clock.pauses[number]), life.paused_by[number].by, skipped.to_at - skipped.from_at
    for number, pause in enumerate(clock.pauses):
        if pause.end is None:
            yield f"{_pause_told(pause)}; the instant moves when it ends", life.paused_by[number].by, NOTHING


def _spans(pauses: list[Pause]) -> Iterator[tuple[int, Span]]:
    for number, pause in enumerate(pauses):
        if pause.end is not None:
            yield number, Span(pause.started_at, pause.end)


def _pause_told(pause: Pause) -> str:
    """`legal hold, from 2026-03-04T09:00:00Z to …`."""
    ends = f"to {pause.end:%Y-%m-%dT%H:%M:%SZ}" if pause.end else "and it lasts"
    return f"{_PAUSES[pause.why]}, from {pause.started_at:%Y-%m-%dT%H:%M:%SZ} {ends}"


def _rest(clock: Clock, is_earlier: bool) -> str:
    """The cap of the talks alone is moved by another clock."""
    if clock.kind is ClockKind.NEGOTIATION_CAP and not is_earlier:
        return f"talks last as long as the {KINDS[ClockKind.SELLER_RESPONSE].label} may take"
    return "moved by another promise of the case"
