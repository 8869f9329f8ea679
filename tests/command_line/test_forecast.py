"""`forecast`: what will breach, and who can still save it."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from tests.command_line.cases import new, write_cases
from tests.command_line.run import Disputes, in_process

MORNING = datetime(2024, 3, 25, 10, tzinfo=UTC)  # a Monday


@pytest.fixture
def busy(url: str, disputes: Disputes, tmp_path: Path) -> Disputes:
    """Two hours before the next answer is due, with a seller who was told late."""
    late = new(opened_at="2024-03-12T09:00:00Z", seller_notified_at="2024-03-24T09:00:00Z")
    soon = new(case_ref="N-2", order_ref="N-O-2", opened_at="2024-03-20T12:00:00Z", seller_ref="s7")
    assert disputes("import", write_cases(tmp_path, late, soon, name="more.csv")).status == 0
    return partial(in_process, url, now=MORNING)


def test_rows_say_who_can_save_what_and_whose_the_rest_is(busy: Disputes) -> None:
    rows = busy("forecast", "--where", "ref:N-1 or ref:N-2", "--format", "jsonl").rows
    assert [(row["ref"], row["clock"], row["within"], row["seconds_left"]) for row in rows] == [
        ("N-2", "seller_response", "4h", 7_200), ("N-1", "resolution", "48h", 47 * 3600),
    ]  # fmt: skip
    first, last = rows
    assert (first["can_be_saved"], first["saved_by"], first["whom"], first["action"]) == (True, "seller", "s7", "chase")
    assert (last["can_be_saved"], last["saved_by"], last["action"], last["booked_to"]) == (
        False, None, None, "platform",
    )  # fmt: skip


def test_the_table_adds_up_each_horizon(busy: Disputes) -> None:
    page = busy("forecast", "--where", "ref:N-1 or ref:N-2").out
    assert page.startswith("What breaches by 2024-03-28 10:00Z unless somebody acts\nquery: ref:N-1 or ref:N-2\n")
    assert page.split("\n\n")[1].splitlines() == [
        "within 4h (until 2024-03-25 14:00Z): 1 promise; can be saved by seller 1",
        "within the end of the shift (until 2024-03-25 18:00Z): 1 promise; can be saved by seller 1",
        "within 24h (until 2024-03-26 10:00Z): 1 promise; can be saved by seller 1",
        "within 48h (until 2024-03-27 10:00Z): 2 promises; can be saved by seller 1; "
        "cannot be saved, booked to platform 1",
        "within 72h (until 2024-03-28 10:00Z): 2 promises; can be saved by seller 1; "
        "cannot be saved, booked to platform 1",
    ]


def test_how_far_to_look_is_said(busy: Disputes) -> None:
    shift = busy("forecast", "--within", "shift").out
    assert "What breaches by 2024-03-25 18:00Z" in shift
    assert [line.split(" (")[0] for line in shift.split("\n\n")[1].splitlines()] == [
        "within 4h", "within the end of the shift",
    ]  # fmt: skip
    assert busy("forecast", "--within", "1h", "--format", "json").out == "[]\n"
    assert "within 3d (until 2024-03-28 10:00Z)" in busy("forecast", "--within", "3d").out
    busy("forecast", "--within", "soon").refused(2, "'soon' is no duration", "shift")
    busy("forecast", "--within", "0h").refused(2, "no time at all")
    unclear = busy("forecast", "--where", "is:nothing")
    assert (unclear.status, unclear.out) == (2, "") and "knows no 'nothing'" in unclear.err


def test_people_and_roles_of_the_platform_stand_behind_it(busy: Disputes) -> None:
    assert busy("extend", "C4", "review", "--by", "14d", "--note", "x").status == 0
    assert busy("claim", "C4", login="anna").status == 0
    assert busy("extend", "C5", "review", "--by", "14d", "--note", "x").status == 0
    page = busy("forecast", "--within", "1w", "--where", "clock:review").out
    assert "can be saved by platform 2 (agent 1, anna 1)" in page.splitlines()[-1]
