"""The ball ledger of `show`."""

from __future__ import annotations

from pathlib import Path

from tests.command_line.cases import new, write_cases
from tests.command_line.run import Disputes


def section(page: str, title: str) -> list[str]:
    """Its lines, without their margin."""
    return (
        page.split(f"\n\n{title}\n", 1)[1].split("\n\n", 1)[0].removesuffix("\n").replace("\n  ", "\n")[2:].split("\n")
    )


def test_show_tells_who_had_the_ball_for_how_long(disputes: Disputes) -> None:
    assert section(disputes("show", "C4").out, "Ball") == [
        "from 2024-03-04 09:00Z to 2024-03-25 12:00Z, now: 21d 3h",
        "platform         13d 3h",
        "seller           8d 0h",
        "   2024-03-04 09:00Z to 2024-03-12 09:00Z  seller",
        "   2024-03-12 09:00Z to 2024-03-25 12:00Z  platform",
    ]
    clocks = section(disputes("show", "C4").out, "Clocks")
    assert clocks[0].endswith("booked to the platform") and clocks[0].startswith("resolution")


def test_data_has_the_turns_and_they_add_up(disputes: Disputes) -> None:
    case = disputes("show", "C7", "--format", "json").object
    assert case["ledger"] == {
        "from_at": "2024-03-04T09:00:00Z",
        "to_at": "2024-03-15T09:00:00Z",
        "is_over": True,
        "seconds": 950_400,
        "shares": [{"ball": "seller", "seconds": 950_400, "held_seconds": 0, "holds": []}],
        "turns": [{"from_at": "2024-03-04T09:00:00Z", "to_at": "2024-03-15T09:00:00Z", "ball": "seller", "hold": None}],
    }


def test_a_promise_that_a_late_notice_put_out_of_reach_is_told(disputes: Disputes, tmp_path: Path) -> None:
    told = new(opened_at="2024-03-12T09:00:00Z", seller_notified_at="2024-03-24T09:00:00Z")
    assert disputes("import", write_cases(tmp_path, told, name="late.csv")).status == 0
    case = "shop:N-1"
    clocks = section(disputes("show", case).out, "Clocks")
    assert clocks[-2:] == [
        "resolution       can no longer be kept: the platform may step in from 2024-03-29 09:00Z",
        "                 the seller was told late",
    ]
    assert clocks[0].startswith("resolution") and clocks[0].endswith("booked to the platform")
    assert disputes("show", case, "--format", "json").object["out_of_reach"] == {
        "due_at": "2024-03-27T09:00:00Z", "free_at": "2024-03-29T09:00:00Z", "is_told_late": True,
    }  # fmt: skip
