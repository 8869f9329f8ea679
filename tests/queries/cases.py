"""Invented cases for queries: each the sum of its acts, written the way an import writes them."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from models.actor import Actor
from models.imported import ImportedCase, RawRow, values_of
from models.operations import new_cases, word_index
from models.operations.told_rows import told_rows
from models.operations.transaction import writing
from models.rules import effects
from models.rules.act import Act, Verb
from models.rules.case import Case
from models.tables import Agent, Import, Message
from models.vocabulary import REASON_CODES, ClosedAs, Hold, Outcome, Party, PartyAct, Payer, RefundState, Remedy, Role

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
ANN = Actor("ann", Role.SUPERVISOR)
AGENTS = ("ann", "Bea")
NAMES = ("Blue Lamp", "Straße 7", "ÖRTEN & Söhne", "蓝色 灯", "100%_lamp", "")
WORDS = ("cracked screen", "Zerbrochen: GRÖSSE", "пустая КОРОБКА", "空の箱", "50% off_now", "back\\slash", "")


@dataclass(frozen=True, slots=True)
class Made:
    """A case as it was meant, before anything of it was stored."""

    id: int
    told: ImportedCase
    case: Case
    messages: Sequence[tuple[str, datetime]] = field(default_factory=tuple)


def some_case(rng: random.Random, number: int) -> tuple[ImportedCase, list[tuple[Act, datetime]]]:
    """A case with a history that need not be sensible, with instants on the minute so that many of them meet."""
    opened_at = NOW - timedelta(hours=rng.choice((1, 24, 48, 120, 168, 240, 360, 480)), minutes=rng.choice((0, 0, 7)))
    currency = rng.choice(("USD", "USD", "EUR", "JPY", "KWD"))
    amount = rng.choice((0, 999, 1000, 12_345, 20_000, 200_000))
    reason = rng.choice(REASON_CODES)
    told = ImportedCase(
        source=rng.choice(("shop", "Market")), ref=f"R-{number}", order_ref=f"o{number % 7}", opened_at=opened_at,
        buyer_ref=f"B{number % 5}", seller_ref=f"S{number % 4}", buyer_name=NAMES[number % 5], reason=reason,
        seller_name=NAMES[(number + 1) % 4], amount_minor=amount, currency=currency,
        description=rng.choice(WORDS), item_title=WORDS[number % 140 % 7],
        decision_note=WORDS[number % 6],
    )  # fmt: skip
    first = Act(
        verb=Verb.OPEN, occurred_at=opened_at, reason=reason, amount_minor=amount, currency=currency,
        needs_triage=rng.random() < 0.2 or None, remedy=rng.choice((Remedy.FULL_REFUND, Remedy.RETURN_AND_REFUND)),
        has_no_resolution_clock=rng.random() < 0.2 or None,
    )  # fmt: skip
    acts, at = [first], opened_at
    for make in (
        _told,
        _answered,
        _answered,
        _escalated,
        _held,
        _asked,
        _followed,
        _given,
        _decided,
        _refunded,
        _closed,
    ):
        at = min(NOW, at + timedelta(hours=rng.choice((0, 1, 24, 72, 120))))
        acts += make(rng, at, acts)
    recorded_late = timedelta(hours=rng.choice((0, 0, 200)))
    return told, [(act, min(NOW, act.occurred_at + recorded_late)) for act in acts]


def _told(rng: random.Random, at: datetime, acts: list[Act]) -> list[Act]:
    if rng.random() < 0.1:
        return []
    return [Act(verb=Verb.NOTIFY, occurred_at=at, has_no_clock=rng.random() < 0.2 or None)]


def _answered(rng: random.Random, at: datetime, acts: list[Act]) -> list[Act]:
    party, move = rng.choice(
        (
            (Party.SELLER, PartyAct.REPLY), (Party.SELLER, PartyAct.OFFER), (Party.SELLER, PartyAct.REJECT),
            (Party.BUYER, PartyAct.REPLY), (Party.SELLER, PartyAct.ACCEPT), (None, None), (None, None),
        )
    )  # fmt: skip
    if party is None or any(act.move is PartyAct.ACCEPT for act in acts):
        return []
    number = 1 if move is PartyAct.ACCEPT else None
    return [Act(verb=Verb.RESPOND, occurred_at=at, party=party, move=move, offer_number=number, amount_minor=5)]


def _escalated(rng: random.Random, at: datetime, acts: list[Act]) -> list[Act]:
    if rng.random() < 0.5 or any(act.move is PartyAct.ACCEPT for act in acts):
        return []
    return [Act(verb=Verb.ESCALATE, occurred_at=at, cause="silence")]


def _held(rng: random.Random, at: datetime, acts: list[Act]) -> list[Act]:
    if rng.random() < 0.7 or any(act.move is PartyAct.ACCEPT for act in acts):
        return []
    return [Act(verb=Verb.HOLD, occurred_at=at, hold=rng.choice(list(Hold)))]


def _asked(rng: random.Random, at: datetime, acts: list[Act]) -> list[Act]:
    if rng.random() < 0.5 or not any(act.verb is Verb.ESCALATE for act in acts):
        return []
    return [Act(verb=Verb.ASK, occurred_at=at, party=Party.BUYER, items=1)]


def _followed(rng: random.Random, at: datetime, acts: list[Act]) -> list[Act]:
    by = rng.choice(AGENTS)
    kept = (
        Act(verb=Verb.FLAG, occurred_at=at, by=by, party=Party.BUYER),
        Act(verb=Verb.WATCH, occurred_at=at, by=by),
        Act(verb=Verb.REMIND, occurred_at=at, by=by, due_at=at + timedelta(hours=rng.choice((1, 200)))),
    )
    return [act for act in kept if rng.random() < 0.3]


def _given(rng: random.Random, at: datetime, acts: list[Act]) -> list[Act]:
    return [Act(verb=Verb.ASSIGN, occurred_at=at, login=rng.choice(AGENTS))] if rng.random() < 0.5 else []


def _decided(rng: random.Random, at: datetime, acts: list[Act]) -> list[Act]:
    if acts[-1].verb is Verb.ASSIGN and rng.random() < 0.2:
        return [Act(verb=Verb.WITHDRAW, occurred_at=at, party=Party.BUYER)]
    if not any(act.verb is Verb.ESCALATE for act in acts) or rng.random() < 0.4:
        return []
    outcome = rng.choice((Outcome.FULL_REFUND, Outcome.NO_REFUND, Outcome.RETURN_AND_REFUND))
    amount = 0 if outcome is Outcome.NO_REFUND else acts[0].amount_minor
    return [
        Act(
            verb=Verb.DECIDE, occurred_at=at, by="ann", outcome=outcome, amount_minor=amount, payer=Payer.SELLER,
            findings=("delivery_not_proven", "seller_silent"), needs_second_person=rng.random() < 0.3 or None,
        )
    ]  # fmt: skip


def _refunded(rng: random.Random, at: datetime, acts: list[Act]) -> list[Act]:
    last = acts[-1]
    if last.verb is not Verb.DECIDE or last.needs_second_person or not last.amount_minor or rng.random() < 0.5:
        return []
    steps = (RefundState.INSTRUCTED, RefundState.CONFIRMED)
    return [Act(verb=Verb.REFUND, occurred_at=at, refund=step, amount_minor=last.amount_minor) for step in steps]


def _closed(rng: random.Random, at: datetime, acts: list[Act]) -> list[Act]:
    is_settled = acts[-1].verb in (Verb.REFUND, Verb.DECIDE) and not acts[-1].needs_second_person
    if not is_settled or rng.random() < 0.5:
        return []
    return [Act(verb=Verb.CLOSE, occurred_at=at, closed_as=ClosedAs.DECIDED)]


MAKERS = (
    _told, _answered, _answered, _escalated, _held, _asked, _followed, _given, _decided, _refunded, _closed,
)  # fmt: skip


def add(histories: Iterable[tuple[ImportedCase, list[tuple[Act, datetime]]]]) -> list[Made]:
    """Write the cases, with a message each where their number is even, and return them as they were meant."""
    made = []
    with writing():
        for login in AGENTS:
            Agent.insert(login=login, name=login, role="supervisor", created_at=NOW).on_conflict_ignore().execute()
        agents = {agent.login: agent.id for agent in Agent.select()}
        run = Import.create(file_name="cases", sha256="", source="shop", started_at=NOW, recorded_by="ann")
        for number, (told, history) in enumerate(histories):
            case = effects.replayed(history)
            bodies = [act.body() for act, _ in history]
            rows = told_rows(number, told, case, bodies, agents.get(case.assignee))
            new = new_cases.NewCase(RawRow(number, {}), values_of(told), rows, case)
            new.spell()
            new_cases.write(ANN, NOW, [new], run.id)
            messages = _messages(new.dispute_id, number, told)
            word_index.refresh([new.dispute_id])  # the message comes without an event of its own
            made.append(Made(new.dispute_id, told, case, messages))
    return made


def _messages(dispute_id: int, number: int, told: ImportedCase) -> tuple[tuple[str, datetime], ...]:
    if number % 2:
        return ()
    text, at = WORDS[number // 2 % len(WORDS)], told.opened_at + timedelta(hours=30)
    Message.create(
        dispute=dispute_id, author="buyer", audience="internal", kind="note", text=text, occurred_at=at,
        recorded_at=NOW, recorded_by="ann",
    )  # fmt: skip
    return ((text, at),)
