"""Giving everything over, and the desk in a page of text."""

from __future__ import annotations

import json

import pytest

from tests.command_line.run import Disputes


@pytest.fixture
def hers(disputes: Disputes) -> list[str]:
    """Cases that anna has, one with a note."""
    for case in ("C3", "C4"):
        assert disputes("claim", case, login="anna").status == 0
    disputes("note", "C4", "The carrier looks for it.", login="anna")
    return ["C3", "C4"]


def test_all_that_somebody_has_goes_over_with_a_note_each(disputes: Disputes, hers: list[str]) -> None:
    seen = disputes("handover", "anna", "ben", "--preview", "--format", "jsonl").rows
    assert {row["case"] for row in seen} == set(hers)
    assert {row["result"] for row in seen} == {"would be given"}
    assert json.loads(disputes("count", "--where", "owner:anna", "--format", "json").out)["cases"] == 2
    ended = disputes("handover", "anna", "ben", "--note", "On leave.", "--format", "jsonl")
    assert ended.status == 0 and {row["result"] for row in ended.rows} == {"given"}
    shown = json.loads(disputes("show", "C4", "--format", "json").out)
    assert shown["assignee"] == "ben"
    note = next(text["text"] for text in shown["messages"] if "Handed over" in text["text"])
    assert note.startswith("Handed over from anna. On leave. ")
    assert "Last note: The carrier looks for it." in note
    again = disputes("handover", "anna", "ben", "--format", "json")
    assert (again.status, again.object) == (0, [])


def test_who_cannot_work_gets_nothing_and_each_case_says_so(disputes: Disputes, hers: list[str]) -> None:
    ended = disputes("handover", "anna", "ada", "--format", "jsonl")
    assert ended.status == 1
    assert all("cannot work cases" in row["result"] for row in ended.rows)
    assert "0 given, 2 stayed" in disputes("handover", "anna", "ada").out


def test_a_handover_is_a_supervisors_and_needs_two_people(disputes: Disputes) -> None:
    disputes("handover", "anna", "ben", login="anna").refused(4, "supervisor")
    disputes("handover", "anna", "ben", "--preview", login="ada").refused(4, "supervisor")
    disputes("handover", "anna", "nobody").refused(2, "no agent nobody")
    disputes("handover", "anna", "anna").refused(1, "has them already")


def test_the_digest_counts_what_the_queries_count(disputes: Disputes, hers: list[str]) -> None:
    page = disputes("digest").out
    broken = json.loads(disputes("count", "--where", "is:overdue", "--format", "json").out)["cases"]
    assert f"Broken now: {broken} cases" in page
    line = next(line for line in page.splitlines() if line.endswith("anna") or " anna," in line)
    assert line.split()[0] == "2"
    assert "\x1b" not in page and all(len(line) < 200 for line in page.splitlines())
