"""A desk to try operations on: its people, a case brought in by a file, and the check that events tell it all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from models import clock
from models.actor import Actor
from models.imported import ImportedCase, RawRow, ReadRow
from models.operations import agents, assigning, moving, projection
from models.operations.importing import ImportResult, Source, import_cases
from models.queries.history import acts_of, case_from_events
from models.rules.case import Case
from models.tables import Agent, Decision, Dispute, Event
from models.vocabulary import Party, Role
from tests.rules.sums import assert_adds_up, assert_every_second_is_booked

OPENED = datetime(2026, 3, 2, 9, tzinfo=UTC)
SUE = Actor("sue", Role.SUPERVISOR, "Sue")
TOM = Actor("tom", Role.SUPERVISOR, "Tom")
ANNA = Actor("anna", Role.AGENT, "Anna")
BEN = Actor("ben", Role.AGENT, "Ben")
ADA = Actor("ada", Role.AUDITOR, "Ada")
FILE = Source("cases.csv", "0" * 64, "file")


def day(days: float) -> datetime:
    """So many days after the opening of the sample case."""
    return OPENED + timedelta(days=days)


@contextmanager
def on_day(days: float) -> Iterator[datetime]:
    with clock.stands_at(day(days)):
        yield day(days)


def people() -> None:
    """Two supervisors, two agents, an auditor."""
    with on_day(0):
        agents.found("sue", "Sue")
        for each in (TOM, ANNA, BEN, ADA):
            agents.add(SUE, login=each.login, name=each.name, role=each.role)


SAMPLE = ImportedCase(
    source="file",
    ref="D-1",
    order_ref="O-1",
    opened_at=OPENED,
    buyer_ref="b1",
    seller_ref="s1",
    reason="not_as_described/wrong_item",
    amount_minor=10_000,
    currency="USD",
)


def told(**changes: Any) -> ImportedCase:
    return replace(SAMPLE, **changes)


def row(case: ImportedCase, number: int = 1) -> ReadRow:
    return ReadRow(RawRow(number, {"case_ref": case.ref}), case, None)


def take(*cases: ImportedCase, actor: Actor = SUE, **options: Any) -> ImportResult:
    """Import the cases as the rows of one file."""
    return import_cases(actor, FILE, [row(case, number) for number, case in enumerate(cases, 1)], **options)


def a_case(**changes: Any) -> int:
    """The id of a case that came in on the day it was opened."""
    with on_day(0):
        take(told(**changes))
    return dispute_id(changes.get("ref", SAMPLE.ref))


def in_review(actor: Actor = ANNA, **changes: Any) -> int:
    """A case that was escalated after the seller's silence and is held by `actor`; it needs no evidence."""
    case = a_case(**{"reason": "payment/wrong_amount", **changes})
    with on_day(6):
        moving.escalate(actor, case=case, party=Party.BUYER, cause="seller_silent", note="no answer")
        assigning.claim(actor, case=case)
    return case


def dispute_id(ref: str, source: str = "file") -> int:
    return int(Dispute.get((Dispute.source == source) & (Dispute.ref == ref)).id)


def stored(case: int) -> Dispute:
    found: Dispute = Dispute.get_by_id(case)
    return found


def events() -> int:
    return int(Event.select().count())


def assert_replays(case: int) -> Case:
    """The case's events give its row, its clocks and its money again; the case that they add up to."""
    replayed = case_from_events(case)
    row = stored(case)
    for name, value in projection.dispute_values(replayed).items():
        assert getattr(row, name) == value, f"dispute.{name}"
    assert (row.assignee.login if row.assignee else "") == replayed.assignee
    for table, rows in projection.parts(replayed).items():
        kept = {each.number: each for each in table.select().where(table.dispute == case) if each.number > 0}
        assert set(kept) == set(rows), table.__name__
        for number, values in rows.items():
            for name, value in values.items():
                if (table, name, value) == (Decision, "maker", ""):
                    continue  # a name that a file gives and no event holds
                assert getattr(kept[number], name) == value, f"{table.__name__} {number}.{name}"
    assert_adds_up(acts_of(case), replayed)
    assert_every_second_is_booked(acts_of(case), replayed, clock.now())
    return replayed


def assert_all_replay() -> int:
    """Every case of the store; how many there are."""
    ids = [row.id for row in Dispute.select(Dispute.id)]
    for case in ids:
        assert_replays(case)
    return len(ids)


def disable(login: str) -> None:
    Agent.update(is_active=False).where(Agent.login == login).execute()
