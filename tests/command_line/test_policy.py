"""The policy by command: shown as it was written, mended, compared, activated."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from models.rules.policy import SHIPPED_FILE
from tests.command_line.run import Disputes, in_process

SHIPPED = SHIPPED_FILE.read_text("utf-8")
LONGER = SHIPPED.replace('review = "5d"', 'review = "4d"').replace('USD = "200"\n', "")


def rows(disputes: Disputes, *words: str) -> Any:
    return json.loads(disputes("policy", *words, "--format", "json").out)


def test_what_is_shown_can_be_mended_and_given_back(disputes: Disputes, tmp_path: Path) -> None:
    assert disputes("policy", "show").out == disputes("policy", "show", "1").out == SHIPPED
    assert disputes("policy", "show", "--format", "json").object["clocks"]["review"] == "5d"
    mended = tmp_path / "p.toml"
    mended.write_text(LONGER)
    assert "Policy 2 is kept; no case follows it yet" in disputes("policy", "edit", "--file", mended).out
    assert disputes("policy", "show", "2").out == LONGER
    assert disputes("policy", "show").out == SHIPPED, "the first is still in force"


def test_without_a_file_the_text_to_mend_is_printed_and_no_editor_is_opened(disputes: Disputes) -> None:
    ended = disputes("policy", "edit")
    assert (ended.status, ended.out) == (0, SHIPPED)
    assert "disputes policy edit --file FILE" in ended.err
    assert rows(disputes)[-1]["version"] == 1


def test_a_fault_is_told_in_one_sentence_and_nothing_is_kept(disputes: Disputes, tmp_path: Path) -> None:
    wrong = SHIPPED.replace('notify = "24h"', 'notfy = "24h"')
    disputes("policy", "edit", "--file", "-", stdin=wrong).refused(
        2, "line 14, clocks.notfy", "did you mean clocks.notify?"
    )
    disputes("policy", "edit", "--file", "-", stdin=b"\xff\xfe").refused(2, "no UTF-8")
    disputes("policy", "edit", "--file", tmp_path / "none.toml").refused(2, "none.toml", "cannot be read")
    disputes("policy", "edit", "--file", tmp_path).refused(2, "cannot be read")
    disputes("policy", "edit", "--file", "-", stdin=SHIPPED).refused(1, "refused (policy)", "Version 1")
    assert [each["version"] for each in rows(disputes)] == [1]


def test_versions_and_what_they_say_otherwise(disputes: Disputes) -> None:
    disputes("policy", "edit", "--file", "-", stdin=LONGER)
    assert rows(disputes, "diff", "2") == rows(disputes, "diff", "1", "2") == [
        {"key": "clocks.review", "before": "5d", "after": "4d"},
        {"key": "high_value.USD", "before": "200", "after": None},
    ]  # fmt: skip
    assert "They say the same." in disputes("policy", "diff", "2", "2").out
    disputes("policy", "diff", "3").refused(2, "no policy 3")
    disputes("policy", "diff", "0").refused(2, "'0' is no version")
    disputes("policy", "show", "9").refused(2, "no policy 9")
    assert "follow policy 2" in disputes("policy", "activate", "2", "--note", "x").out
    one, two = rows(disputes)
    assert (one["is_active"], one["made_at"], one["open_cases"]) == (False, None, 8)
    assert (two["is_active"], two["made_by"], two["activated_by"], two["note"]) == (True, "sue", "sue", "x")


def test_an_agent_reads_the_policy_and_does_not_change_it(disputes: Disputes) -> None:
    for login in ("anna", "ada"):
        assert disputes("policy", login=login).status == 0
        disputes("policy", "edit", "--file", "-", stdin=LONGER, login=login).refused(4, "needs the role supervisor")
        disputes("policy", "activate", "1", "--note", "x", login=login).refused(4, "needs the role supervisor")


def test_a_calendars_name_is_looked_up_in_the_policy_in_force(disputes: Disputes, tmp_path: Path) -> None:
    ask = ("calendar", "due", "desk", "--start", "2026-04-02T17:00", "--for", "2h", "--format", "json")
    text = SHIPPED.replace('zone = "UTC"', 'zone = "Europe/Berlin"\ncountry = "DE"')
    text = text.replace('"Mon-Fri 09:00-18:00"', '"Mon-Fri 09:00-12:30 13:30-18:00"')
    disputes("policy", "edit", "--file", "-", stdin=text)
    assert disputes(*ask).object["due_at"] == "2026-04-03T10:00:00Z"
    disputes("policy", "activate", "2", "--note", "x")
    found = disputes(*ask).object
    assert found["due_at"] == "2026-04-07T08:00:00Z"
    assert "holiday: Good Friday" in {each["why"] for each in found["skipped"]}
    nowhere = in_process(f"sqlite:///{tmp_path / 'none.db'}", *ask)
    assert nowhere.object["due_at"] == "2026-04-03T10:00:00Z", "without a store, the shipped policy"
    disputes("calendar", "due", "dsk", *ask[3:]).refused(2, "Policy 2 has no calendar 'dsk': did you mean desk?")


def test_applying_it_to_open_cases_is_tried_first_and_then_done(disputes: Disputes) -> None:
    disputes("policy", "edit", "--file", "-", stdin=SHIPPED.replace('resolution = "15d"', 'resolution = "20d"'))
    where = ("--where", "state:awaiting_seller")
    assert rows(disputes, "apply", "2", *where, "--dry-run") == [
        {"case": "C2", "clock": "resolution", "old_due_at": "2024-04-08T09:00:00Z",
         "new_due_at": "2024-04-13T09:00:00Z", "why": ""},
    ]  # fmt: skip
    shown = disputes("policy", "apply", "2", "--dry-run").out
    assert "nothing is written" in shown and "8 open cases would follow policy 2; 1 due instants move." in shown
    assert "4 open cases follow policy 2; 1 due instants move." in disputes("policy", "apply", "2", *where).out
    assert "0 open cases follow policy 2; 0 due instants move." in disputes("policy", "apply", "2", *where).out
    assert "applied: policy 2: resolution" in disputes("why", "C2", "resolution").out
    assert "sue: apply-policy: follows policy 2 now" in disputes("show", "C2").out
    disputes("policy", "apply", "2", login="anna").refused(4, "needs the role supervisor")
    disputes("policy", "apply", "9", "--dry-run").refused(2, "no policy 9")
    wrong = disputes("policy", "apply", "2", "--where", "colour:red")
    assert (wrong.status, wrong.out) == (2, "") and "no term 'colour'" in wrong.err
