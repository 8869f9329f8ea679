"""Asking, proposing, holding and moving promises: each one event, and the rows tell what the rules say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from models.database import Location
from models.errors import Conflict, NotAllowed, Refused
from models.operations import asking, deciding, holding, moving, sweeping, talking
from models.operations.change import Change
from models.queries import queue
from models.queries.case_file import case_file
from models.rules.approval import RulingDraft
from models.tables import Event, Message
from models.vocabulary import ClockKind, Hold, Outcome, Party, PartyAct, Payer, Remedy, State
from tests.operations.desk import ANNA, BEN, SUE, a_case, assert_replays, day, events, in_review, on_day, people, stored


@pytest.fixture(autouse=True)
def _people(store: Location) -> None:
    people()


def does(change: Callable[[], Change], case: int) -> Change:
    before = events()
    done = change()
    assert events() == before + 1
    assert_replays(case)
    return done


def found(query: str, login: str = "anna") -> list[int]:
    return [row.id for row in queue.rows(query, actor_login=login)]


def test_a_party_is_asked_for_named_things_and_the_review_waits() -> None:
    case = in_review()
    with on_day(7):
        done = does(
            lambda: asking.ask(ANNA, case=case, party=Party.BUYER, items=["a photo  of the label", " ", "the box"]),
            case,
        )
        file = case_file(case)
    assert (stored(case).state, stored(case).ball) == ("awaiting_party", "buyer")
    (ask,) = file.asks
    assert (ask.items, ask.due_at, ask.standing) == (("a photo of the label", "the box"), day(10), "open")
    clocks = {clock.kind: clock for clock in file.clocks}
    assert (clocks["review"].standing, clocks["info"].owner) == ("paused", "buyer")
    assert "photo" not in Event.get_by_id(done.event_seq).body
    assert Message.get(Message.kind == "ask").audience == "buyer"
    with on_day(8):
        does(lambda: asking.answer(ANNA, case=case, party=Party.BUYER, text="here"), case)
        assert case_file(case).asks[0].standing == "answered"
    assert (stored(case).state, stored(case).next_due_at) == ("in_review", day(12))


def test_a_paused_review_is_overdue_only_after_its_allowance() -> None:
    case = in_review()
    with on_day(7):
        asking.ask(ANNA, case=case, party=Party.BUYER, items=["x"], due_at=day(30))
    for days, is_late in ((11.5, False), (13.9, False), (14.1, True)):
        with on_day(days):
            assert (found("overdue:review") == [case]) is is_late
    with on_day(9):
        assert found("clock:review is:due_soon") == []


def test_what_was_asked_is_taken_back_or_lapses() -> None:
    case = in_review()
    with on_day(7):
        asking.ask(ANNA, case=case, party=Party.SELLER, items=["proof"])
        does(lambda: asking.cancel_ask(ANNA, case=case), case)
        asking.ask(ANNA, case=case, party=Party.SELLER, items=["proof"])
    with on_day(11):
        assert [each.what for each in sweeping.sweep(SUE)] == ["lapse"]
        assert_replays(case)
        assert [ask.standing for ask in case_file(case).asks] == ["cancelled", "lapsed"]


def test_only_who_has_the_case_asks_and_proposes() -> None:
    case = in_review()
    with on_day(7):
        with pytest.raises(Conflict):
            asking.ask(BEN, case=case, party=Party.BUYER, items=["x"])
        with pytest.raises(Conflict):
            asking.propose(BEN, case=case, amount_minor=3_000)
        for items in ([], [" "]):
            with pytest.raises(Refused) as refusal:
                asking.ask(ANNA, case=case, party=Party.BUYER, items=items)
            assert refusal.value.rule == "item"


def test_a_proposal_stands_when_both_have_accepted_it() -> None:
    case = in_review()
    with on_day(7):
        does(lambda: asking.propose(ANNA, case=case, amount_minor=3_000, text="a third"), case)
        assert (case_file(case).offers[-1].lane, case_file(case).offers[-1].remedy) == ("platform", "partial_refund")
        does(lambda: talking.respond(ANNA, case=case, party=Party.BUYER, move=PartyAct.ACCEPT, offer=2), case)
        assert case_file(case).offers[-1].accepted_by == ("buyer",)
        with pytest.raises(Refused) as refusal:
            talking.respond(ANNA, case=case, party=Party.SELLER, move=PartyAct.ACCEPT)
        assert refusal.value.rule == "which_offer"
        does(lambda: talking.respond(ANNA, case=case, party=Party.SELLER, move=PartyAct.ACCEPT, offer=2), case)
    assert (stored(case).state, stored(case).outcome, stored(case).refund_minor) == (
        "resolved",
        "partial_refund",
        3_000,
    )


def test_a_seller_who_answers_late_is_heard_during_review() -> None:
    case = in_review()
    with on_day(8):
        does(
            lambda: talking.respond(
                ANNA, case=case, party=Party.SELLER, move=PartyAct.OFFER, amount_minor=5_000, text="sorry"
            ),
            case,
        )
        assert stored(case).state == "in_review"
        does(lambda: talking.respond(ANNA, case=case, party=Party.BUYER, move=PartyAct.ACCEPT), case)
    assert (stored(case).state, stored(case).refund_minor) == ("resolved", 5_000)


def test_a_case_on_hold_is_not_overdue_and_is_found() -> None:
    case = a_case()
    with on_day(1):
        with pytest.raises(NotAllowed):
            holding.hold(ANNA, case=case, why=Hold.LEGAL, note="n")
        does(lambda: holding.hold(SUE, case=case, why=Hold.LEGAL, note="a court asked"), case)
        with pytest.raises(Refused, match="already"):
            holding.hold(SUE, case=case, why=Hold.RISK, note="n")
    with on_day(40):
        assert found("is:held") == [case]
        for query in ("is:overdue", "overdue:seller_response", "is:breached", "is:due_soon", "due<99w"):
            assert found(query) == [], query
        assert found("clock:resolution") == [case]
        row = next(queue.rows("is:held"))
        assert (row.overdue, row.next_clock, row.may_escalate_at) == ((), None, None)
        assert all(clock.is_held and clock.standing == "paused" for clock in case_file(case).clocks)
        does(lambda: holding.unhold(SUE, case=case), case)
        assert stored(case).next_due_at == day(44)
        assert found("is:held") == []
        moving.withdraw(ANNA, case=case, note="n")
        with pytest.raises(Refused):
            holding.unhold(SUE, case=case)


def test_a_case_that_ends_on_hold_ends_its_hold() -> None:
    case = in_review()
    with on_day(7):
        holding.hold(SUE, case=case, why=Hold.LEGAL, note="n")
    with on_day(9):
        does(lambda: moving.withdraw(ANNA, case=case, note="n"), case)
    assert stored(case).hold is None


def test_a_promise_is_extended_or_waived_with_a_reason() -> None:
    case = a_case()
    with on_day(4):
        with pytest.raises(NotAllowed):
            holding.waive(ANNA, case=case, kind=ClockKind.RESOLUTION, note="n")
        does(
            lambda: holding.extend(
                SUE, case=case, kind=ClockKind.SELLER_RESPONSE, by=timedelta(days=2), note="a holiday"
            ),
            case,
        )
        assert stored(case).seller_due_at == day(7)
        with pytest.raises(Refused) as refusal:
            holding.waive(SUE, case=case, kind=ClockKind.REVIEW, note="n")
        assert refusal.value.rule == "clock"
        does(lambda: holding.waive(SUE, case=case, kind=ClockKind.RESOLUTION, note="both asked for it"), case)


def test_a_waiver_calls_for_a_second_person() -> None:
    case = in_review(amount_minor=1_000)
    ruling = RulingDraft(outcome=Outcome.FULL_REFUND, payer=Payer.SELLER, findings=("seller_silent",), note="n")
    with on_day(7):
        holding.waive(SUE, case=case, kind=ClockKind.REVIEW, note="n")
        change = deciding.decide(ANNA, case=case, ruling=ruling)
    assert change.after.state is State.PENDING_APPROVAL
    assert_replays(case)


def test_a_proposal_names_what_the_goods_allow() -> None:
    case = in_review(reason="not_received/lost")
    with on_day(7), pytest.raises(Refused, match="go back"):
        asking.propose(ANNA, case=case, remedy=Remedy.RETURN_AND_REFUND)
