"""Invented cases with what reports tell apart beyond those of the queries: waived promises, refunds, appeals."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from models.imported import ImportedCase
from models.rules.act import Act, Verb
from models.vocabulary import (
    REPLACES_RULING,
    AppealGround,
    AppealResult,
    ClockKind,
    ClosedAs,
    Outcome,
    Party,
    Payer,
    RefundState,
)
from tests.queries.cases import NOW, some_case

Told = tuple[ImportedCase, list[tuple[Act, datetime]]]
LATER = (1, 48, 200)


def reported_case(rng: random.Random, number: int) -> Told:
    """A case of the queries' kind, and for some what comes after."""
    told, history = some_case(rng, number)
    acts = [act for act, _ in history]
    more = _after(rng, acts)
    more += _goodwill(number, max(act.occurred_at for act in (*acts, *more)))
    return told, history + [(act, act.occurred_at) for act in more]


def _after(rng: random.Random, acts: list[Act]) -> list[Act]:
    at = max(act.occurred_at for act in acts)
    ruling = next((act for act in acts if act.verb is Verb.DECIDE), None)
    if ruling is not None and not ruling.needs_second_person:
        return _appealed(rng, later(rng, at), acts) or _refunded(rng, later(rng, at), acts)
    is_in_review = acts[-1].verb is Verb.ESCALATE
    waived = Act(verb=Verb.WAIVE, occurred_at=later(rng, at), clock=ClockKind.REVIEW)
    return [waived] if is_in_review and rng.random() < 0.5 else []


def _goodwill(number: int, at: datetime) -> list[Act]:
    """For every eleventh case; what becomes of the payment goes by the number too."""
    if number % 11:
        return []
    settled = {1: RefundState.CONFIRMED, 2: RefundState.FAILED}.get(number % 3)
    states = [RefundState.INSTRUCTED] + ([settled] if settled else [])
    return [
        Act(verb=Verb.GOODWILL, occurred_at=at, by="Bea", refund=state, amount_minor=100 + number) for state in states
    ]


def later(rng: random.Random, at: datetime) -> datetime:
    return min(NOW, at + timedelta(hours=rng.choice(LATER)))


def _appealed(rng: random.Random, at: datetime, acts: list[Act]) -> list[Act]:
    if rng.random() < 0.4:
        return []
    ground, party = rng.choice(list(AppealGround)), rng.choice((Party.BUYER, Party.SELLER))
    filed = Act(verb=Verb.APPEAL, occurred_at=at, party=party, ground=ground)
    result, at = rng.choice((None, *AppealResult)), later(rng, at)
    if result is None:
        return [filed]
    if result not in REPLACES_RULING:
        return [filed, Act(verb=Verb.RULE, occurred_at=at, by="Bea", result=result)]
    other = Act(
        verb=Verb.RULE, occurred_at=at, by="Bea", result=result, outcome=Outcome.PARTIAL_REFUND,
        amount_minor=acts[0].amount_minor // 2 if acts[0].amount_minor else 0, payer=Payer.PLATFORM,
        findings=("goodwill",), needs_second_person=True,
    )  # fmt: skip
    return [filed, other, Act(verb=Verb.APPROVE, occurred_at=at, by="ann")]


def _refunded(rng: random.Random, at: datetime, acts: list[Act]) -> list[Act]:
    owed = next(act.amount_minor for act in acts if act.verb is Verb.DECIDE)
    is_over = any(act.closed_as is ClosedAs.DECIDED or act.verb is Verb.REFUND for act in acts)
    if not owed or is_over:
        return []
    ends = rng.choice(((), (RefundState.FAILED,), (RefundState.CONFIRMED,), (RefundState.FAILED, None)))
    steps = [step for end in ends for step in (RefundState.INSTRUCTED, end) if step] or [RefundState.INSTRUCTED]
    return [Act(verb=Verb.REFUND, occurred_at=at, refund=step, amount_minor=owed) for step in steps]
