"""`why`: the lines that a due instant is made of."""

from __future__ import annotations

from pathlib import Path

from tests.command_line.cases import new, write_cases
from tests.command_line.run import Disputes


def test_the_table_adds_up_to_the_due_instant(disputes: Disputes) -> None:
    disputes("extend", "C4", "review", "--by", "30d", "--note", "x")
    assert disputes("why", "C4", "review").out.splitlines()[3:] == [
        "review          4  starts: escalate                               0:00:00  2024-03-12T09:00:00Z",
        "review          4  policy 1: review                             120:00:00  2024-03-17T09:00:00Z",
        "review          6  starts: escalate                               0:00:00  2024-03-12T09:00:00Z",
        "review          6  the promise that was missed, extended  sue   840:00:00  2024-04-16T09:00:00Z",
        "",
        "review (4) is due 2024-03-17T09:00:00Z",
        "review (6) is due 2024-04-16T09:00:00Z",
    ]


def test_data_has_seconds_and_every_clock_that_runs(disputes: Disputes) -> None:
    rows = disputes("why", "C1", "--format", "jsonl").rows
    assert [row["clock"] for row in rows] == ["resolution"] * 2 + ["negotiation_cap"] * 2 + ["seller_response"] * 2
    assert rows[-1] == {
        "clock": "seller_response",
        "number": 3,
        "what": "policy 1: seller_response",
        "by": "",
        "adds": 432_000,
        "at": "2024-03-09T09:00:00Z",
    }


def test_a_closed_case_explains_what_it_had(disputes: Disputes) -> None:
    assert disputes("why", "C7", "--format", "jsonl").rows


def test_a_clock_that_is_not_there_is_said(disputes: Disputes) -> None:
    disputes("why", "C1", "review").refused(2, "C1 has no clock 'review'", "seller_response")
    disputes("why", "C1", "reviw").refused(2, "did you mean review?")
    disputes("why", "C99").refused(2, "C99")


def test_a_corrected_entry_moves_nothing_any_more(disputes: Disputes) -> None:
    disputes("extend", "C1", "resolution", "--by", "30d", "--note", "x")
    moved = disputes("why", "C1", "resolution", "--format", "jsonl").rows
    event = disputes("show", "C1", "--format", "json").object["events"][-1]["seq"]
    assert disputes("correct", "C1", str(event), "--note", "another case").status == 0
    rows = disputes("why", "C1", "resolution", "--format", "jsonl").rows
    assert [row["what"] for row in rows] == ["starts: open", "policy 1: resolution"]
    assert len(moved) > len(rows)


def test_a_waived_promise_is_still_explained(disputes: Disputes) -> None:
    disputes("extend", "C1", "resolution", "--by", "30d", "--note", "x")
    assert disputes("waive", "C1", "resolution", "--note", "x").status == 0
    last = disputes("why", "C1", "resolution", "--format", "jsonl").rows[-1]
    assert last["what"].startswith("waived at 2024-03-25T12:00:00Z") and last["by"] == "sue"


def test_the_ways_to_step_in_are_explained_too(disputes: Disputes) -> None:
    assert disputes("why", "C1", "may_escalate").out.splitlines()[3:] == [
        "may_escalate         0  starts: notify                        0:00:00  2024-03-04T09:00:00Z",
        "may_escalate         0  policy 1: may_escalate_after        120:00:00  2024-03-09T09:00:00Z",
        "",
        "may_escalate: 2024-03-09T09:00:00Z",
    ]
    rows = disputes("why", "C1", "auto_escalate", "--format", "jsonl").rows
    assert [row["adds"] for row in rows] == [0, 7 * 86_400]
    disputes("why", "C4", "may_escalate").refused(2, "C4 has no clock 'may_escalate'")


def test_a_promise_that_a_late_notice_put_out_of_reach_says_so(disputes: Disputes, tmp_path: Path) -> None:
    late = new(case_ref="L-1", opened_at="2024-03-11T09:00:00Z", seller_notified_at="2024-03-24T09:00:00Z")
    assert disputes("import", write_cases(tmp_path, late)).status == 0
    said = disputes("why", "shop:L-1", "resolution").out
    assert "can no longer be kept: the platform may step in from 2024-03-29T09:00:00Z" in said
    assert "told late, which is booked to the platform" in said
    assert "can no longer be kept" not in disputes("why", "C2", "resolution").out


def test_when_an_unsigned_decision_goes_back(disputes: Disputes) -> None:
    disputes("claim", "C5", login="ben")
    disputes("decide", "C5", "--outcome", "full_refund", "--payer", "platform", "--finding", "goodwill", "--note", "x",
             login="ben")  # fmt: skip
    said = disputes("why", "C5", "approval_expires").out
    assert "policy 1: approval_expires, open hours of 'desk'" in said
    assert "approval_expires: 2024-03-27T18:00:00Z" in said
    disputes("why", "C2", "approval_expires").refused(2, "no clock 'approval_expires'")
