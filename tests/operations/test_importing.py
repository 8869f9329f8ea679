"""What becomes of the rows of a file: new cases, later facts, nothing new, or a contradiction."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from models.database import Location, is_sqlite
from models.operations import assigning, deciding, importing, moving, refunding, talking
from models.rules.approval import RulingDraft
from models.tables import Claim, Contact, Decision, Dispute, Event, Import, ImportRow, Line, Order, Party, database
from models.vocabulary import ClockEnd, ClockKind, Outcome, Payer, RefundState
from models.vocabulary import Party as Side
from tests.operations.desk import (
    ANNA,
    SUE,
    assert_replays,
    dispute_id,
    events,
    on_day,
    people,
    stored,
)
from tests.operations.incoming import bring, verdicts

DECIDED = {"outcome": "full_refund", "decided_at": "2026-03-10T09:00:00Z", "decided_by": "anna"}
ESCALATED = {"escalated_at": "2026-03-07T09:00:00Z"}
ANSWERED = {"seller_responded_at": "2026-03-03T09:00:00Z", "seller_response": "reply"}


@pytest.fixture(autouse=True)
def _people(store: Location) -> None:
    people()


def case() -> int:
    return dispute_id("D-1")


def test_a_new_row_is_a_case_with_all_that_belongs_to_it(tmp_path: Path) -> None:
    before = events()
    facts = {
        "buyer_name": "Zoë", "seller_name": "Shop 9", "buyer_email": "z@example.org", "description": "It never came.",
        "item_title": "Lamp", "paid_total": "15.00", "tags": "vip urgent", "colour": "red",
    }  # fmt: skip
    assert verdicts(bring(tmp_path, facts)) == (1, 0, 0, 0)
    assert events() == before + 2, "one for the case, one for the file"
    row = stored(case())
    assert (row.source, row.ref, row.state, row.amount_minor, row.currency) == (
        "file", "D-1", "awaiting_seller", 1250, "USD",
    )  # fmt: skip
    assert row.tags.split() == ["vip", "urgent"]
    assert {(party.side, party.ref, party.name) for party in Party.select()} == {
        ("buyer", "b1", "Zoë"),
        ("seller", "s1", "Shop 9"),
    }
    assert (Contact.get().email, Claim.get().text, Line.get().title, Order.get().paid_minor) == (
        "z@example.org", "It never came.", "Lamp", 1500,
    )  # fmt: skip
    assert json.loads(ImportRow.get().raw_json)["colour"] == "red", "the raw row is kept with every column"
    assert_replays(case())


def test_personal_data_stands_in_no_event(tmp_path: Path) -> None:
    bring(
        tmp_path,
        {
            "buyer_name": "Secret Name", "buyer_email": "secret@example.org", "buyer_phone": "secret-5",
            "ship_address": "Secret street", "description": "secret text", "decision_note": "secret note",
            "assignee": "secret agent", **DECIDED, "decided_by": "Secret Person",
        },
    )  # fmt: skip
    assert "secret" not in " ".join(event.body for event in Event.select()).lower()
    assert (Decision.get().maker, Decision.get().note) == ("Secret Person", "secret note")


def test_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    rows = [{}, {"case_ref": "D-2", "order_ref": "O-2", **DECIDED}]
    assert verdicts(bring(tmp_path, *rows)) == (2, 0, 0, 0)
    versions = [row.row_version for row in Dispute.select()]
    before = events()
    assert verdicts(bring(tmp_path, *rows, on=21)) == (0, 0, 2, 0)
    assert events() == before + 1, "the run itself"
    assert [row.row_version for row in Dispute.select()] == versions


def test_a_row_repeated_in_one_file_is_unchanged(tmp_path: Path) -> None:
    assert verdicts(bring(tmp_path, {}, {}, {"case_ref": "D-2"}, {})) == (2, 0, 2, 0)


def test_a_case_that_moves_on_within_one_file_is_updated(tmp_path: Path) -> None:
    assert verdicts(bring(tmp_path, {}, ANSWERED, {**ANSWERED, **ESCALATED}, {})) == (1, 2, 1, 0)
    assert_replays(case())
    assert stored(case()).state == "in_review"


def test_the_same_reference_of_another_source_is_another_case(tmp_path: Path) -> None:
    assert verdicts(bring(tmp_path, {}, {"source": "shop"})) == (2, 0, 0, 0)


def test_later_facts_add_events_and_overwrite_nothing(tmp_path: Path) -> None:
    bring(tmp_path, {})
    for step, (facts, state) in enumerate(
        [(ANSWERED, "negotiation"), (ESCALATED, "in_review"), (DECIDED, "closed")], 1
    ):
        before = [(event.seq, event.hash) for event in Event.select().order_by(Event.seq)]
        assert verdicts(bring(tmp_path, {**ANSWERED, **facts} if step > 1 else facts, on=20 + step)) == (0, 1, 0, 0)
        assert [(event.seq, event.hash) for event in Event.select().order_by(Event.seq)][: len(before)] == before
        assert stored(case()).state == state
        assert stored(case()).row_version == step + 1
        assert_replays(case())
    row = stored(case())
    assert (row.closed_as, row.refund_minor, row.confirmed_minor) == ("decided", 1250, 1250)
    assert (Decision.get().maker, Decision.get().standing) == ("anna", "issued")


def test_a_file_that_tells_less_than_is_known_changes_nothing(tmp_path: Path) -> None:
    bring(tmp_path, {**ANSWERED, **ESCALATED})
    assert verdicts(bring(tmp_path, {}, ANSWERED)) == (0, 0, 2, 0)


def test_a_decision_that_is_only_dated_later_closes_the_case(tmp_path: Path) -> None:
    bring(tmp_path, {})
    assert verdicts(bring(tmp_path, {"decided_at": "2026-03-10T09:00:00Z"})) == (0, 1, 0, 0)
    assert stored(case()).state == "closed"
    assert_replays(case())


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("order_ref", "O-9"),
        ("buyer_ref", "b9"),
        ("seller_ref", "s9"),
        ("opened_at", "2026-03-01T09:00:01Z"),
        ("reason", "quality/poor_quality"),
        ("amount", "12.51"),
        ("currency", "EUR"),
        ("seller_responded_at", "2026-03-04T09:00:00Z"),
        ("escalated_at", "2026-03-08T09:00:00Z"),
        ("outcome", "no_refund"),
        ("decided_at", "2026-03-11T09:00:00Z"),
        ("refund_amount", "1.00"),
    ],
)
def test_a_contradiction_is_rejected_and_names_the_first(tmp_path: Path, column: str, value: str) -> None:
    whole = {**ANSWERED, **ESCALATED, **DECIDED}
    bring(tmp_path, whole)
    result = bring(tmp_path, {**whole, column: value})
    assert verdicts(result) == (0, 0, 0, 1)
    (reject,) = result.rejects
    assert (reject.rule, reject.row, reject.column) == ("repeated_reference", 1, column)
    assert "row 1 of import 1" in reject.message and f"C{case()}" in reject.message
    assert_replays(case())


def test_a_contradiction_within_one_file_names_the_row(tmp_path: Path) -> None:
    result = bring(tmp_path, {"case_ref": "D-0"}, {}, {"amount": "99"})
    assert verdicts(result) == (2, 0, 0, 1)
    assert result.rejects[0].row == 3 and "row 2" in result.rejects[0].message


def test_rejected_rows_are_kept_and_handed_on(tmp_path: Path) -> None:
    handed = []
    result = bring(tmp_path, {}, {"reason": "bad"}, {"amount": "1,5"}, on_reject=lambda raw, why: handed.append(raw))
    assert verdicts(result) == (1, 0, 0, 2)
    assert [raw.number for raw in handed] == [2, 3]
    kept = ImportRow.select().where(ImportRow.verdict == "rejected").order_by(ImportRow.number)
    assert [(row.number, row.at_column, row.rule) for row in kept] == [
        (reject.row, reject.column, reject.rule) for reject in result.rejects
    ]


def test_the_run_is_recorded_with_its_totals(tmp_path: Path) -> None:
    bring(tmp_path, {}, {}, {"reason": "bad"})
    run = Import.get()
    assert (run.rows, run.created, run.updated, run.unchanged, run.rejected) == (3, 1, 0, 1, 1)
    assert run.finished_at is not None and len(run.sha256) == 64 and run.recorded_by == "sue"


@pytest.mark.parametrize(
    ("requested", "remedy"), [("", "full_refund"), ("12.50", "full_refund"), ("5", "partial_refund")]
)
def test_missing_remedy_follows_from_what_is_asked_for(tmp_path: Path, requested: str, remedy: str) -> None:
    bring(tmp_path, {"requested_amount": requested})
    assert (Claim.get().remedy, assert_replays(case()).remedy) == (remedy, remedy)


def test_a_later_row_that_leaves_the_remedy_out_contradicts_nothing(tmp_path: Path) -> None:
    bring(tmp_path, {"remedy": "replacement"})
    assert verdicts(bring(tmp_path, ANSWERED)) == (0, 1, 0, 0)


# What a file says of a case that was worked here.


def test_a_file_does_not_reopen_a_case_that_was_settled_here(tmp_path: Path) -> None:
    bring(tmp_path, {}, on=0)
    with on_day(1):
        moving.withdraw(ANNA, case=case(), note="it came")
    for facts in (ESCALATED, ANSWERED, {**ANSWERED, "seller_response": "accept"}, DECIDED):
        result = bring(tmp_path, facts)
        assert verdicts(result) == (0, 0, 0, 1)
        assert result.rejects[0].rule == "repeated_reference"
    assert stored(case()).outcome == "withdrawn"


def test_a_refund_that_was_confirmed_here_is_not_confirmed_again(tmp_path: Path) -> None:
    bring(tmp_path, {**ANSWERED, "seller_response": "accept"}, on=2)
    for days, state in ((3, RefundState.INSTRUCTED), (4, RefundState.CONFIRMED)):
        with on_day(days):
            refunding.refund(ANNA, case=case(), state=state)
    assert verdicts(bring(tmp_path, {**ANSWERED, "seller_response": "accept", "state": "closed"})) == (0, 1, 0, 0)
    row = stored(case())
    assert (row.state, row.confirmed_minor, row.closed_as) == ("closed", 1250, "agreed")
    assert_replays(case())


def test_a_refund_under_way_is_confirmed_by_the_file_that_closes_the_case(tmp_path: Path) -> None:
    bring(tmp_path, {**ANSWERED, "seller_response": "accept"}, on=2)
    with on_day(3):
        refunding.refund(ANNA, case=case(), state=RefundState.INSTRUCTED)
    bring(tmp_path, {**ANSWERED, "seller_response": "accept", "state": "closed"})
    assert [refund.state for refund in assert_replays(case()).refunds] == [RefundState.CONFIRMED]


def test_an_outcome_of_a_file_ends_a_decision_that_waits(tmp_path: Path) -> None:
    bring(tmp_path, {"amount": "300.00", **ESCALATED}, on=6)
    draft = RulingDraft(outcome=Outcome.FULL_REFUND, payer=Payer.SELLER, findings=("seller_silent",), note="n")
    with on_day(7):
        assigning.claim(ANNA, case=case())
        deciding.decide(ANNA, case=case(), ruling=draft)
        deciding.send_back(SUE, case=case(), note="n")
        deciding.decide(ANNA, case=case(), ruling=draft)
    agreed = {"amount": "300.00", **ESCALATED, "outcome": "no_refund", "decided_at": "2026-03-10T09:00:00Z"}
    assert verdicts(bring(tmp_path, agreed)) == (0, 1, 0, 0)
    replayed = assert_replays(case())
    assert [ruling.standing for ruling in replayed.rulings] == ["sent_back", "sent_back", "issued"]
    assert stored(case()).outcome == "no_refund"


def test_an_agreement_of_a_file_leaves_our_rulings_as_they_were(tmp_path: Path) -> None:
    bring(tmp_path, {}, on=0)
    with on_day(6):
        moving.escalate(ANNA, case=case(), party=Side.BUYER, cause="c", note="n")
        assigning.claim(ANNA, case=case())
        talking.note(ANNA, case=case(), text="n")
    outcome = {"outcome": "no_refund", "decided_at": "2026-03-10T09:00:00Z", "decision_note": "they agreed"}
    assert verdicts(bring(tmp_path, outcome)) == (0, 1, 0, 0)
    assert_replays(case())
    assert (Decision.get().standing, Decision.get().note) == ("agreed", "they agreed")


# Clocks that a file brings.


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def test_a_file_that_promises_nothing_starts_no_clock(tmp_path: Path) -> None:
    bring(tmp_path, {"seller_due_at": "none", "resolution_due_at": "none"})
    row = stored(case())
    assert (row.seller_due_at, row.resolution_due_at, row.seller_awaited_due_at) == (None, None, None)
    assert [clock.kind for clock in assert_replays(case()).clocks] == ["negotiation_cap"]


def test_due_instants_that_are_given_win_and_are_marked(tmp_path: Path) -> None:
    bring(tmp_path, {"seller_due_at": "2026-03-02T00:00:00Z", "resolution_due_at": "2026-02-20T00:00:00Z"})
    row = stored(case())
    assert row.seller_due_at == instant("2026-03-02T00:00:00+00:00")
    assert row.resolution_due_at == instant("2026-02-20T00:00:00+00:00"), "also before the opening"
    assert {clock.kind: clock.is_given for clock in assert_replays(case()).clocks} == {
        "resolution": True,
        "negotiation_cap": False,
        "seller_response": True,
    }


@pytest.mark.parametrize(
    ("answered", "end"),
    [("2026-03-06T09:00:00Z", "met"), ("2026-03-06T09:00:01Z", "missed"), ("2026-02-27T09:00:00Z", "met")],
)
def test_clocks_and_answers_of_one_import_are_judged_by_when_they_happened(
    tmp_path: Path, answered: str, end: str
) -> None:
    bring(tmp_path, {"seller_responded_at": answered})
    clock = next(clock for clock in assert_replays(case()).clocks if clock.kind == "seller_response")
    assert (clock.end, clock.stopped_at) == (end, instant(answered))


def test_an_answer_of_a_later_file_clears_a_breach_that_stood_here(tmp_path: Path) -> None:
    bring(tmp_path, {}, on=1)
    bring(tmp_path, {"seller_responded_at": "2026-03-06T08:00:00Z"}, on=9)
    clock = next(clock for clock in assert_replays(case()).clocks if clock.kind == "seller_response")
    assert clock.end == "met_late_recorded"


def test_an_escalated_case_waits_to_be_touched_unless_the_file_tells_more(tmp_path: Path) -> None:
    bring(tmp_path, {"case_ref": "D-1", **ESCALATED}, {"case_ref": "D-2", **ESCALATED, **DECIDED})
    waiting, decided = (assert_replays(dispute_id(ref)).latest(ClockKind.FIRST_TOUCH) for ref in ("D-1", "D-2"))
    assert waiting is not None and waiting.is_running
    assert waiting.due_at == datetime(2026, 3, 9, 17, tzinfo=UTC), "eight open hours after a Saturday"
    assert decided is None, "who took it first, and when, no file says"
    bring(tmp_path, {"case_ref": "D-3", **ESCALATED, "assignee": "anna"})
    taken = assert_replays(dispute_id("D-3")).latest(ClockKind.FIRST_TOUCH)
    assert taken is not None and taken.end is ClockEnd.MET


def test_a_server_looks_at_what_a_large_import_brought(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until then it plans as if its tables were empty."""
    monkeypatch.setattr(importing, "MANY", 2)
    bring(tmp_path, {}, {"case_ref": "D-2"}, {"case_ref": "D-3"})
    if not is_sqlite():
        asked = "SELECT count(*) FROM pg_stats WHERE tablename IN ('dispute', 'timer') AND attname = 'id'"
        assert database.execute_sql(asked).fetchone()[0] == 2
    assert Dispute.select().count() == 3
