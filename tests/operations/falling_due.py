"""Cases in which time will make something due, one of each kind, and what a sweep did to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from models.operations import asking, deciding, returning, sweeping, talking
from models.queries.audit import verify
from models.queries.due_cases import Step
from models.rules.approval import RulingDraft
from models.tables import Event
from models.vocabulary import Outcome, Party, PartyAct, Payer, Remedy, ReturnStep
from tests.operations.desk import ANNA, SUE, a_case, assert_all_replay, day, in_review, on_day

GONE_BACK = {"remedy": Remedy.RETURN_AND_REFUND, "response": PartyAct.ACCEPT, "responded_at": day(1)}
RULING = RulingDraft(outcome=Outcome.NO_REFUND, findings=("evidence_equal",), note="Neither is shown.")


def numbered(name: str, **facts: object) -> int:
    return a_case(ref=f"D-{name}", order_ref=f"O-{name}", **facts)


def silent(name: str = "silent") -> int:
    return numbered(name)


def offered(name: str = "offered") -> int:
    case = numbered(name)
    with on_day(1):
        talking.respond(ANNA, case=case, party=Party.SELLER, move=PartyAct.OFFER, amount_minor=4_000)
    return case


def asked(name: str = "asked") -> int:
    case = in_review(ref=f"D-{name}", order_ref=f"O-{name}")
    with on_day(7):
        asking.ask(ANNA, case=case, party=Party.SELLER, items=["proof"])
    return case


def waits_for_approval(name: str = "waits") -> int:
    case = in_review(ref=f"D-{name}", order_ref=f"O-{name}", amount_minor=90_000)
    with on_day(7):
        deciding.decide(ANNA, case=case, ruling=RulingDraft(
            outcome=Outcome.FULL_REFUND, payer=Payer.PLATFORM, findings=("seller_silent",), note="Silence.",
        ))  # fmt: skip
    return case


def not_shipped(name: str = "not shipped") -> int:
    return numbered(name, **GONE_BACK)


def not_confirmed(name: str = "not confirmed") -> int:
    case = numbered(name, **GONE_BACK)
    with on_day(2):
        for step in (ReturnStep.SHIPPED, ReturnStep.DELIVERED):
            returning.record_return(ANNA, case=case, step=step)
    return case


def ruled(name: str = "ruled") -> int:
    case = in_review(ref=f"D-{name}", order_ref=f"O-{name}")
    with on_day(7):
        deciding.decide(ANNA, case=case, ruling=RULING)
    return case


PREPARED: tuple[tuple[Callable[[], int], list[str]], ...] = (
    (silent, ["auto-escalate"]),
    (offered, ["expire-offer", "auto-escalate"]),
    (asked, ["lapse"]),
    (waits_for_approval, ["expire-approval"]),
    (not_shipped, ["return-not-shipped"]),
    (not_confirmed, ["return-not-confirmed"]),
    (ruled, ["close"]),
)


def all_prepared() -> dict[str, list[str]]:
    """A case of each kind; what is to be done to each by the 60th day."""
    return {f"C{prepare()}": expected for prepare, expected in PREPARED}


def swept(days: float) -> list[Step]:
    with on_day(days):
        return list(sweeping.sweep(SUE))


def by_case(steps: list[Step]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for step in steps:
        found.setdefault(step.case, []).append(step.what)
    return found


def events_of_sweep() -> list[tuple[str, str]]:
    rows: Any = Event.select(Event.dispute, Event.verb).where(Event.actor == "sweep").order_by(Event.seq).tuples()
    return [(f"C{case}", verb) for case, verb in rows]


def assert_sound() -> None:
    assert_all_replay()
    assert verify().first_bad_seq is None
