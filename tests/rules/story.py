"""A case told act by act, each checked as a person's would be, on days counted from its opening."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from models.actor import SWEEP, Actor
from models.errors import Refused
from models.rules import duties, effects, transitions
from models.rules.act import Act, Verb, act_from
from models.rules.case import Case
from models.rules.clocks import Clock
from models.vocabulary import ClockKind, Outcome, Party, PartyAct, Payer, RefundState, Remedy, Role

OPENED = datetime(2026, 3, 2, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)
ANNA = Actor("anna", Role.AGENT)
BEN = Actor("ben", Role.AGENT)
SUE = Actor("sue", Role.SUPERVISOR)
AUDITOR = Actor("ada", Role.AUDITOR)


def day(days: float) -> datetime:
    """So many days after the opening."""
    return OPENED + timedelta(days=days)


class Story:
    """Starts with a case of 100.00 USD that is opened and, unless told otherwise, notified at once."""

    def __init__(self, *, is_notified: bool = True, policy_version: int = 1, **opening: Any) -> None:
        told: dict[str, Any] = {
            "reason": "not_as_described/wrong_item",
            "amount_minor": 10_000,
            "currency": "USD",
            "remedy": Remedy.FULL_REFUND,
        }
        self.acts: list[tuple[Act, datetime]] = []
        act = Act(verb=Verb.OPEN, occurred_at=OPENED, by="anna", policy_version=policy_version, **{**told, **opening})
        self.case: Case = effects.opened(act)
        self._apply(act, OPENED)
        if is_notified:
            self.notify(OPENED)

    def do(
        self, verb: Verb, at: datetime, *, recorded_at: datetime | None = None, actor: Actor = ANNA, **facts: Any
    ) -> Story:
        """Check the act and apply it. `note` stands for a text."""
        if facts.pop("note", False):
            facts["text_digest"] = "digest"
        act = Act(verb=verb, occurred_at=at, by=actor.login, **facts)
        transitions.check(self.case, act, actor, recorded_at or at)
        self._apply(act, recorded_at or at)
        return self

    def _apply(self, act: Act, recorded_at: datetime) -> None:
        effects.apply(self.case, act, recorded_at)
        self.acts.append((act, recorded_at))

    def sweep(self, now: datetime) -> list[str]:
        """Whatever time has made due by `now`, one after the other; the names of it."""
        done = []
        while (due := duties.first(self.case)) is not None and due.at < now:
            act = duties.act_of(self.case, due)
            transitions.check(self.case, act, SWEEP, now)
            self._apply(act, now)
            done.append(due.duty.name)
        return done

    def notify(self, at: datetime, **facts: Any) -> Story:
        self._apply(Act(verb=Verb.NOTIFY, occurred_at=at, **facts), at)
        return self

    def seller(self, move: PartyAct, at: datetime, **facts: Any) -> Story:
        return self._party(Party.SELLER, move, at, **facts)

    def buyer(self, move: PartyAct, at: datetime, **facts: Any) -> Story:
        return self._party(Party.BUYER, move, at, **facts)

    def _party(self, party: Party, move: PartyAct, at: datetime, **facts: Any) -> Story:
        if move in (PartyAct.OFFER, PartyAct.REQUEST):
            facts = {"amount_minor": 4_000, "remedy": Remedy.PARTIAL_REFUND, **facts}
        return self.do(Verb.RESPOND, at, party=party, move=move, note=True, **facts)

    def escalate(self, at: datetime, party: Party = Party.BUYER, **facts: Any) -> Story:
        return self.do(Verb.ESCALATE, at, party=party, cause="seller_silent", note=True, **facts)

    def claim(self, at: datetime, actor: Actor = ANNA) -> Story:
        return self.do(Verb.CLAIM, at, actor=actor, login=actor.login)

    def decide(self, at: datetime, actor: Actor = ANNA, **facts: Any) -> Story:
        ruling = {
            "outcome": Outcome.FULL_REFUND,
            "amount_minor": self.case.refundable_minor,
            "payer": Payer.SELLER,
            "findings": ("seller_silent",),
            "hash": "0123456789abcdef",
        }
        return self.do(Verb.DECIDE, at, actor=actor, note=True, **{**ruling, **facts})

    def refund(self, state: RefundState, at: datetime) -> Story:
        """As the operation completes it: what is due, or what is under way."""
        case = self.case
        due = case.refund_minor - case.confirmed_minor
        amount = due if state is RefundState.INSTRUCTED else case.underway_minor
        return self.do(Verb.REFUND, at, refund=state, amount_minor=max(0, amount))

    def clock(self, kind: ClockKind) -> Clock:
        """The latest clock of the kind."""
        clock = self.case.latest(kind)
        assert clock is not None
        return clock

    def replayed(self) -> Case:
        """The case that the acts add up to, after each has been written down and read again."""
        return effects.replayed([(act_from(act.body()), recorded_at) for act, recorded_at in self.acts])


def in_review(**opening: Any) -> Story:
    """Escalated after the seller's silence, and in Anna's hands."""
    return Story(**opening).escalate(day(6)).claim(day(6))


def verdict_of(case: Case, verb: Verb, at: datetime, actor: Actor = ANNA, **facts: Any) -> str | None:
    """The rule that refuses the act; None where none does."""
    act = Act(verb=verb, occurred_at=at, by=actor.login, text_digest="digest", **facts)
    try:
        transitions.check(case, act, actor, at)
    except Refused as refusal:
        return refusal.rule
    return None
