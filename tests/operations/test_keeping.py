"""Cases that are released, reopened, merged, withdrawn, chased, followed: one event each, told again by the events."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from models.database import Location
from models.errors import Conflict, NotAllowed, NotFound, Refused
from models.operations import assigning, chasing, deciding, following, merging, moving, refunding, talking
from models.operations.change import Change
from models.queries import queue
from models.queries.case_file import case_file
from models.queries.surroundings import withdrawal_warnings
from models.rules.approval import RulingDraft
from models.tables import Decision, Message
from models.vocabulary import ClockEnd, ClockKind, Outcome, Party, PartyAct, Payer, RefundState, State
from tests.operations.desk import (
    ANNA,
    BEN,
    SUE,
    TOM,
    a_case,
    assert_replays,
    day,
    dispute_id,
    events,
    in_review,
    on_day,
    people,
    stored,
    take,
    told,
)  # fmt: skip
from tests.operations.incoming import bring, verdicts

FULL = RulingDraft(outcome=Outcome.FULL_REFUND, payer=Payer.SELLER, findings=("seller_silent",), note="no answer")
PART = RulingDraft(
    outcome=Outcome.PARTIAL_REFUND, payer=Payer.SELLER, findings=("defect_shown",), note="half",
    basis=("value_loss=50%",),
)  # fmt: skip


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


def test_a_supervisor_releases_anybodys_case_with_a_reason() -> None:
    case = in_review()
    with on_day(7):
        with pytest.raises(Conflict):
            assigning.release(BEN, case=case, note="mine now")
        with pytest.raises(Conflict, match="say why"):
            assigning.release(SUE, case=case)
        does(lambda: assigning.release(SUE, case=case, note="Anna is ill"), case)
    assert stored(case).assignee is None


def closed_with_a_refund(minor: int = 5_000) -> int:
    case = in_review(amount_minor=10_000)
    with on_day(7):
        deciding.decide(ANNA, case=case, ruling=PART)
        refunding.refund(ANNA, case=case, state=RefundState.INSTRUCTED)
        refunding.refund(ANNA, case=case, state=RefundState.CONFIRMED)
    with on_day(40):
        moving.close(ANNA, case=case)
    assert stored(case).confirmed_minor == minor
    return case


def test_a_reopened_case_needs_a_second_person_and_pays_only_the_difference() -> None:
    case = closed_with_a_refund()
    with on_day(41):
        with pytest.raises(NotAllowed):
            moving.reopen(ANNA, case=case, note="n")
        does(lambda: moving.reopen(SUE, case=case, note="a new photo"), case)
        row = stored(case)
        assert (row.state, row.is_open, row.closed_as, row.outcome) == ("in_review", True, None, "partial_refund")
        does(lambda: deciding.decide(ANNA, case=case, ruling=FULL), case)
        assert stored(case).state == "pending_approval"
        waiting = Decision.get(Decision.standing == "proposed").hash
        does(lambda: deciding.approve(TOM, case=case, hash=waiting), case)
        change = does(lambda: refunding.refund(ANNA, case=case, state=RefundState.INSTRUCTED), case)
        assert (change.act.amount_minor, stored(case).refund_minor) == (5_000, 10_000)
        refunding.refund(ANNA, case=case, state=RefundState.CONFIRMED)
    assert stored(case).confirmed_minor == 10_000
    first, second = Decision.select().where(Decision.dispute == case).order_by(Decision.number)
    assert (first.refund_minor, first.issued_at, second.issued_at) == (5_000, day(7), day(41)), "the first stays"
    resolution = [clock for clock in assert_replays(case).clocks if clock.kind is ClockKind.RESOLUTION]
    assert [clock.end for clock in resolution] == [ClockEnd.MET], "reopening revives no promise"


def test_a_case_with_a_refund_on_its_way_is_not_reopened() -> None:
    case = in_review()
    with on_day(7):
        deciding.decide(ANNA, case=case, ruling=FULL)
        refunding.refund(ANNA, case=case, state=RefundState.INSTRUCTED)
        with pytest.raises(Refused) as refusal:
            moving.reopen(SUE, case=case, note="n")
    assert refusal.value.rule == "state"


def test_two_cases_of_one_order_become_one_and_the_earlier_promise_is_kept() -> None:
    case = a_case()
    with on_day(3):
        take(told(ref="D-2", opened_at=day(3)))
        later = dispute_id("D-2")
        before = events()
        merging.merge(ANNA, case=case, into=later)
        assert events() == before + 2
    assert (stored(case).state, stored(case).closed_as, stored(case).outcome) == ("closed", "merged", None)
    assert {clock.end for clock in assert_replays(case).clocks} == {ClockEnd.CANCELLED}
    assert assert_replays(later).latest(ClockKind.RESOLUTION).due_at == day(15)  # type: ignore[union-attr]
    with on_day(4), pytest.raises(Refused):
        moving.reopen(SUE, case=case, note="n")


def test_only_open_cases_of_the_same_order_and_parties_merge() -> None:
    case = a_case()
    with on_day(1):
        take(told(ref="D-2", order_ref="O-2"), told(ref="D-3", buyer_ref="b2"), told(ref="D-4"))
        for ref in ("D-2", "D-3"):
            with pytest.raises(Refused, match="same order"):
                merging.merge(ANNA, case=case, into=dispute_id(ref))
        with pytest.raises(Refused, match="itself"):
            merging.merge(ANNA, case=case, into=case)
        with pytest.raises(NotFound):
            merging.merge(ANNA, case=case, into=999)
        assert stored(case).state == "awaiting_seller", "nothing in halves"
        moving.withdraw(ANNA, case=dispute_id("D-4"), note="n")
        with pytest.raises(Refused, match="open"):
            merging.merge(ANNA, case=case, into=dispute_id("D-4"))


def test_a_withdrawal_warns_of_what_the_buyer_may_lose() -> None:
    case = a_case(protection_ends_at=day(4), shipped_at=day(-3))
    with on_day(3):
        talking.respond(
            ANNA, case=case, party=Party.SELLER, move=PartyAct.REPLY, text="Please CLOSE  the dispute, I refund later"
        )
        assert len(withdrawal_warnings(case)) == 3
        change = does(lambda: moving.withdraw(ANNA, case=case, note="n"), case)
    assert change.act.warnings == ("protection_ends", "goods_on_the_way", "pressure")
    assert "pressure" in case_file(case).events[-1].words


def test_a_withdrawal_without_danger_warns_of_nothing() -> None:
    case = a_case(protection_ends_at=day(9), shipped_at=day(-3), delivered_at=day(0))
    with on_day(1):
        talking.respond(ANNA, case=case, party=Party.SELLER, move=PartyAct.REPLY, text="please close the case")
    with on_day(3):
        assert withdrawal_warnings(case) == ()
        assert moving.withdraw(ANNA, case=case, note="n").act.warnings is None


def test_a_seller_is_chased_and_it_is_counted() -> None:
    case = a_case()
    with on_day(6):
        change = does(lambda: chasing.chase(ANNA, case=case), case)
        does(lambda: chasing.chase(ANNA, case=case), case)
        assert [row.chasers for row in queue.rows("is:overdue")] == [2]
        message = Message.get_by_id(change.act.text_id)
        assert (message.audience, message.kind) == ("seller", "chase")
        assert f"C{case}" in message.text and "O-1" in message.text
        assert found("overdue:seller_response") == [case], "a chaser starts and stops nothing"
        talking.respond(ANNA, case=case, party=Party.SELLER, move=PartyAct.REPLY, text="soon")
        with pytest.raises(Refused, match="nothing to chase"):
            chasing.chase(ANNA, case=case)


def test_all_of_a_sellers_overdue_cases_are_chased_in_one_stroke() -> None:
    a_case()
    with on_day(5.5):
        take(told(ref="D-2", order_ref="O-2", opened_at=day(0)), told(ref="D-3", seller_ref="s2", opened_at=day(0)))
        take(told(ref="D-4", order_ref="O-4", opened_at=day(4)))
        with pytest.raises(NotAllowed):
            chasing.chase_seller(ANNA, seller="s1")
        with pytest.raises(NotAllowed):
            chasing.chase_all(ANNA, cases=[dispute_id("D-1"), dispute_id("D-2")])
        done = chasing.chase_seller(SUE, seller="s1")
        assert sorted(change.dispute_id for change in done) == [dispute_id("D-1"), dispute_id("D-2")]
        with pytest.raises(NotFound):
            chasing.chase_seller(SUE, seller="nobody")


def test_a_flag_is_found_and_calls_for_a_second_person() -> None:
    case = in_review(amount_minor=1_000)
    with on_day(7):
        does(lambda: following.flag(BEN, case=case, party=Party.BUYER, note="the same photo again"), case)
        assert found("is:flagged") == [case]
        assert deciding.decide(ANNA, case=case, ruling=FULL).after.state is State.PENDING_APPROVAL


def test_a_case_is_watched_by_whoever_watches_it() -> None:
    case = a_case()
    with on_day(1):
        does(lambda: following.watch(ANNA, case=case), case)
        with pytest.raises(Refused, match="already"):
            following.watch(ANNA, case=case)
        assert (found("is:watched"), found("is:watched", "ben")) == ([case], [])
        does(lambda: following.watch(ANNA, case=case, is_done=True), case)
        assert found("is:watched") == []


def test_a_reminder_brings_the_case_back_at_its_instant() -> None:
    case = a_case()
    with on_day(1):
        with pytest.raises(Refused):
            following.remind(ANNA, case=case, on=day(0), note="n")
        with pytest.raises(Refused):
            following.remind(ANNA, case=case, on=day(2))
        does(lambda: following.remind(ANNA, case=case, on=day(5), note="call"), case)
        does(lambda: following.remind(ANNA, case=case, on=day(3), note="call earlier"), case)
        assert found("is:reminder_due") == []
        assert [each.due_at for each in case_file(case).reminders] == [day(3)]
    with on_day(3):
        assert [row.id for row in queue.rows(queue.VIEWS["reminders"], actor_login="anna")] == [case]
        assert found("is:reminder_due", "ben") == []
        does(lambda: following.remind(ANNA, case=case, on=None), case)
        assert found("is:reminder_due") == []


def test_a_file_brings_the_sellers_answers_for_many_cases(tmp_path: Path) -> None:
    rows = [{"case_ref": f"D-{number}", "order_ref": f"O-{number}"} for number in range(1, 6)]
    assert verdicts(bring(tmp_path, *rows, on=1)) == (5, 0, 0, 0)
    answers = ("accept", "offer", "reject", "reply")
    at = "2026-03-04T09:00:00Z"
    told_later = [
        {**row, "seller_response": answer, "seller_responded_at": at}
        for row, answer in zip(rows, answers, strict=False)
    ]
    result = bring(tmp_path, *told_later, on=8)
    assert verdicts(result) == (0, 4, 0, 0), result.rejects
    states = [stored(dispute_id(row["case_ref"])).state for row in rows]
    assert states == ["resolved", "negotiation", "negotiation", "negotiation", "awaiting_seller"]
    for row in rows:
        assert_replays(dispute_id(row["case_ref"]))
    late = assert_replays(dispute_id("D-1")).latest(ClockKind.SELLER_RESPONSE)
    assert late is not None and late.end is ClockEnd.MET_LATE_RECORDED
    assert verdicts(bring(tmp_path, *told_later, on=9)) == (0, 0, 4, 0)
