"""The ball ledger: every second from opening to outcome, booked to the party that had the ball.

It goes by when things occurred, as clocks do: what was written down late counts from when it happened, and at every
instant the ball lies where everything that had occurred by then puts it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from models.dataclass import dataclass
from models.rules import effects, talks
from models.rules.act import Act, Verb
from models.rules.case import Case, Offer
from models.vocabulary import Ball, Hold, Party, PartyAct, Remedy

Acts = Sequence[tuple[Act, datetime]]
"""Each with the instant it was recorded, in the order of recording."""

LEAVE_THE_BALL = frozenset({
    Verb.NOTE, Verb.MESSAGE, Verb.CHASE, Verb.FLAG, Verb.UNFLAG, Verb.WATCH, Verb.REMIND, Verb.CLAIM, Verb.ASSIGN,
    Verb.RELEASE, Verb.REFUND, Verb.GOODWILL, Verb.EXTEND, Verb.WAIVE, Verb.REVIEW, Verb.RECODE, Verb.TAKE_IN,
    Verb.CORRECT, Verb.EXPIRE,
})  # fmt: skip
"""Acts after which the party that had the ball still has it."""

Place = tuple[Ball, Hold | None]
"""Who has the ball, and what hold the case is on."""


@dataclass(frozen=True, slots=True)
class Turn:
    """From `from_at` to before `to_at` one party had the ball; never empty."""

    from_at: datetime
    to_at: datetime
    ball: Ball
    hold: Hold | None = None
    """The case was on hold, and why."""

    @property
    def seconds(self) -> int:
        return int((self.to_at - self.from_at).total_seconds())


@dataclass(frozen=True, slots=True)
class Share:
    """All of one party's turns together, in seconds."""

    ball: Ball
    seconds: int
    held_seconds: int
    """Of these the case was on hold."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """Turns in order, without a gap or an overlap, so that they add up to the whole."""

    from_at: datetime
    to_at: datetime
    """The outcome that stands, the end of a case that has none, or now."""
    is_over: bool
    turns: tuple[Turn, ...]

    @property
    def seconds(self) -> int:
        return int((self.to_at - self.from_at).total_seconds())

    @property
    def shares(self) -> tuple[Share, ...]:
        """Of each that ever had the ball, the longest first."""
        found = (
            Share(
                ball, self.seconds_of(ball), sum(each.seconds for each in self.turns if each.ball is ball and each.hold)
            )
            for ball in Ball
        )
        return tuple(sorted((each for each in found if each.seconds), key=lambda each: -each.seconds))

    def seconds_of(self, ball: Ball, *, without: Hold | None = None) -> int:
        """How long `ball` had it; without the time on a hold of one kind."""
        return sum(
            each.seconds for each in self.turns if each.ball is ball and (without is None or each.hold is not without)
        )

    def ball_at(self, at: datetime) -> Ball | None:
        """Who had it then; None outside the ledger."""
        return next((each.ball for each in self.turns if each.from_at <= at < each.to_at), None)


@dataclass(frozen=True, slots=True)
class _Told:
    """One act that may move the ball, and where the ball lay after it and all that was recorded before it."""

    at: datetime
    act: Act
    recorded_at: datetime
    ball: Ball
    hold: Hold | None


def ledger(acts: Acts, now: datetime) -> Ledger:
    """Of the case that the acts add up to."""
    return with_case(acts, now)[1]


def with_case(acts: Acts, now: datetime) -> tuple[Case, Ledger]:
    """The case too, for whoever needs both: the acts are replayed once."""
    case, told = _replayed(acts)
    end = case.decided_at if case.outcome is not None else case.ended_at
    to_at = max(case.opened_at, now if end is None else end)
    return case, Ledger(case.opened_at, to_at, end is not None, tuple(_turns(_places(told), to_at)))


def _replayed(acts: Acts) -> tuple[Case, list[_Told]]:
    case = effects.opened(acts[0][0])
    told: list[_Told] = []
    for act, recorded_at in acts:
        # Where not everything is told, offers are counted otherwise: the one that was meant is named before.
        offer = talks.accepted_offer(case, act) if act.move is PartyAct.ACCEPT else None
        effects.apply(case, act, recorded_at)
        if act.verb not in LEAVE_THE_BALL:
            named = act if offer is None else replace(act, offer_number=offer.number)
            told.append(_Told(max(case.opened_at, act.occurred_at), named, recorded_at, case.ball, case.hold))
    return case, told


def _places(told: Sequence[_Told]) -> dict[datetime, Place]:
    """From when on the ball lay where; of what happened at one instant only the end."""
    if all(one.at <= other.at for one, other in pairwise(told)):
        return {each.at: (each.ball, each.hold) for each in told}
    return {at: _as_of(told, at) for at in sorted({each.at for each in told})}


def _as_of(told: Sequence[_Told], at: datetime) -> Place:
    """Where all that had occurred by `at` puts the ball, whenever it was written down."""
    known = sum(each.at <= at for each in told)
    if all(each.at > at for each in told[known:]):  # nothing was written down late
        return told[known - 1].ball, told[known - 1].hold
    case = effects.opened(told[0].act)
    for each in told:
        if each.at <= at:
            effects.apply(case, each.act, each.recorded_at)
        elif each.act.verb is Verb.PROPOSE or each.act.move in (PartyAct.OFFER, PartyAct.REQUEST):
            case.offers.append(_not_yet_made(case, each.act))
    return case.ball, case.hold


def _not_yet_made(case: Case, act: Act) -> Offer:
    """Keeps its number from the next offer, and cannot be accepted."""
    remedy = act.remedy or Remedy.FULL_REFUND
    return Offer(len(case.offers) + 1, act.party or Party.PLATFORM, 0, remedy, 0, act.occurred_at, None, "superseded")


def _turns(places: dict[datetime, Place], to_at: datetime) -> Iterator[Turn]:
    begun: Turn | None = None
    for at, (ball, hold) in places.items():
        if at >= to_at:
            break
        if begun is None or (ball, hold) != (begun.ball, begun.hold):
            if begun is not None:
                yield replace(begun, to_at=at)
            begun = Turn(at, to_at, ball, hold)
    if begun is not None:
        yield begun
