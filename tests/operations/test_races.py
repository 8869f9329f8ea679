"""Several sessions, each a process of its own, on one case at the same moment."""

from __future__ import annotations

from typing import Any

import pytest

from models.database import Location
from models.operations import deciding, talking
from models.queries.audit import verify
from models.tables import Dispute, Event
from models.vocabulary import Outcome, Party, PartyAct, State
from tests.operations.desk import (
    ANNA,
    BEN,
    SUE,
    a_case,
    assert_all_replay,
    assert_replays,
    day,
    events,
    in_review,
    on_day,
    people,
    stored,
    take,
    told,
)
from tests.operations.work import RULING
from tests.operations.worker import Worker, workers

ROUNDS = 12


def race(racers: list[Worker], verb: str, case: int) -> tuple[list[Worker], list[tuple[Worker, dict[str, object]]]]:
    """Everybody at once; who won, and what the others were told."""
    for racer in racers:
        racer.tell(verb, case)
    answers = [(racer, racer.hear()) for racer in racers]
    winners = [racer for racer, answer in answers if "did" in answer]
    return winners, [(racer, answer) for racer, answer in answers if "did" not in answer]


def test_one_of_those_who_claim_a_case_at_once_has_it_and_the_others_know_who(store: Location) -> None:
    people()
    cases = [a_case(ref=f"D-{number}", order_ref=f"O-{number}") for number in range(ROUNDS)]
    before = events()
    with workers(store.url, "anna", "ben", "sue") as racers:
        for case in cases:
            winners, others = race(racers, "claim", case)
            assert len(winners) == 1
            assert all(answer == {"refused": "Conflict", "who": winners[0].login} for _, answer in others)
            assert assert_replays(case).assignee == winners[0].login
            assert stored(case).row_version == 2
    assert events() == before + len(cases)
    assert_all_replay()


def test_a_case_is_decided_once_and_the_second_session_is_told_who_was_first(store: Location) -> None:
    people()
    cases = [in_review(ANNA, ref=f"D-{number}", order_ref=f"O-{number}") for number in range(ROUNDS)]
    with workers(store.url, "anna", "anna") as racers:
        for case in cases:
            winners, others = race(racers, "decide", case)
            assert len(winners) == 1
            assert [answer for _, answer in others] == [{"refused": "Conflict", "who": "anna"}]
            assert Dispute.get_by_id(case).state in (State.RESOLVED, State.PENDING_APPROVAL)
            assert Event.select().where((Event.dispute == case) & (Event.verb == "decide")).count() == 1
    assert_all_replay()


def test_a_case_is_opened_once_on_the_same_lines_of_an_order(store: Location) -> None:
    people()
    over: dict[str, Any] = {"outcome": Outcome.NO_REFUND, "decided_at": day(1), "protection_ends_at": day(60)}
    with on_day(2):
        for number in range(ROUNDS):
            take(told(ref=f"D-{number}", order_ref=f"O-{number}", **over))
    before = events()
    with workers(store.url, "anna", "ben") as racers:
        for number in range(ROUNDS):
            winners, others = race(racers, "open", number)
            assert len(winners) == 1
            ((_, answer),) = others
            new = Dispute.get((Dispute.source == "desk") & (Dispute.order == number + 1))
            assert answer["refused"] == "Refused" and f"C{new.id} is live on the same lines" in str(answer["why"])
    assert events() == before + ROUNDS
    assert Dispute.select().where(Dispute.source == "desk").count() == ROUNDS
    assert_all_replay()


@pytest.mark.parametrize(
    ("deeds", "state"),
    [
        (("approve", "approve"), {State.RESOLVED}),
        (("approve", "send back"), {State.RESOLVED, State.IN_REVIEW}),
    ],
)
def test_what_waits_for_a_second_person_is_signed_once(
    store: Location, deeds: tuple[str, str], state: set[State]
) -> None:
    people()
    cases = [in_review(ref=f"D-{number}", order_ref=f"O-{number}", amount_minor=30_000) for number in range(ROUNDS)]
    with on_day(6):
        for case in cases:
            deciding.decide(ANNA, case=case, ruling=RULING)
    with workers(store.url, "sue", "tom") as racers:
        for case in cases:
            for racer, deed in zip(racers, deeds, strict=True):
                racer.tell(deed, case)
            answers = [racer.hear() for racer in racers]
            assert len([answer for answer in answers if "did" in answer]) == 1, answers
            assert Dispute.get_by_id(case).state in state
    assert_all_replay()


def test_a_ruling_and_an_agreement_at_once_make_one_outcome(store: Location) -> None:
    people()
    cases = [in_review(ref=f"D-{n}", order_ref=f"O-{n}", buyer_ref=f"b-{n}") for n in range(ROUNDS)]
    with on_day(6):
        for case in cases:
            talking.respond(BEN, case=case, party=Party.SELLER, move=PartyAct.OFFER, amount_minor=4_000)
    with workers(store.url, "anna", "ben") as (anna, ben):
        for case in cases:
            anna.tell("decide", case)
            ben.tell("accept", case)
            won = ["did" in each.hear() for each in (anna, ben)]
            row = Dispute.get_by_id(case)
            assert won.count(True) == 1
            assert (row.outcome, row.is_ruled) == (("full_refund", True) if won[0] else ("partial_refund", False))
    assert_all_replay()


def test_a_party_appeals_once_however_many_write_it_down(store: Location) -> None:
    people()
    cases = [in_review(ref=f"D-{n}", order_ref=f"O-{n}", buyer_ref=f"b-{n}") for n in range(ROUNDS)]
    with on_day(6):
        for case in cases:
            deciding.decide(ANNA, case=case, ruling=RULING)
    with workers(store.url, "ben", "sue") as racers:
        for case in cases:
            winners, _ = race(racers, "appeal", case)
            assert len(winners) == 1
    assert Event.select().where(Event.verb == "appeal").count() == ROUNDS
    assert_all_replay()


def test_two_cases_merged_into_each_other_leave_one(store: Location) -> None:
    people()
    pairs = [[a_case(ref=f"D-{n}-{side}", order_ref=f"O-{n}") for side in (1, 2)] for n in range(ROUNDS)]
    with workers(store.url, "anna", "ben") as racers:
        for pair in pairs:
            for racer, case in zip(racers, pair, strict=True):
                racer.tell("merge", case)
            assert [("did" in racer.hear()) for racer in racers].count(True) == 1
            assert {Dispute.get_by_id(case).closed_as for case in pair} == {None, "merged"}
    assert_all_replay()


def test_money_is_instructed_once(store: Location) -> None:
    people()
    cases = []
    for number in range(4):
        with on_day(1):
            take(told(ref=f"D-{number}", order_ref=f"O-{number}", response=PartyAct.ACCEPT), actor=SUE)
        cases.append(Dispute.get(Dispute.ref == f"D-{number}").id)
    with workers(store.url, "anna", "ben") as racers:
        for case in cases:
            winners, others = race(racers, "refund", case)
            assert len(winners) == 1
            assert [answer["refused"] for _, answer in others] == ["Refused"]
    assert_all_replay()


def test_events_of_all_sessions_make_one_chain(store: Location) -> None:
    people()
    cases = [a_case(ref=f"D-{number}", order_ref=f"O-{number}") for number in range(3)]
    before = events()
    with workers(store.url, "anna", "ben", "sue") as racers:
        for _ in range(ROUNDS):
            for racer, case in zip(racers, cases, strict=True):
                racer.tell("note", case)
            assert all("did" in racer.hear() for racer in racers)
    assert events() == before + 3 * ROUNDS
    assert verify().first_bad_seq is None
    assert_all_replay()


def test_one_file_imported_twice_at_once_is_in_once(store: Location) -> None:
    people()
    with workers(store.url, "sue", "sue") as racers:
        for number in range(6):
            for racer in racers:
                racer.tell("import", number)
            assert all("did" in racer.hear() for racer in racers)
    assert Dispute.select().count() == 18
    assert Event.select().where((Event.verb == "import") & Event.dispute.is_null(False)).count() == 18
    assert assert_all_replay() == 18


def test_a_row_of_a_file_and_an_agent_on_one_case_overwrite_nothing(store: Location) -> None:
    people()
    told = "not_as_described/wrong_item"  # the row tells the case that is there
    cases = [in_review(ANNA, ref=f"D-{number}", order_ref=f"O-{number}", reason=told) for number in range(ROUNDS)]
    with workers(store.url, "anna", "sue") as (anna, sue):
        for case in cases:
            sue.tell("update", case)
            anna.tell("note", case)
            assert "did" in sue.hear() and "did" in anna.hear()
    assert_all_replay()
    assert Dispute.select().where(Dispute.outcome == "full_refund").count() == len(cases)
