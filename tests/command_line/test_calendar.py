"""`calendar due`: the arithmetic of a promise, for whoever wants to check it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from tests.command_line.run import Disputes, in_process

BERLIN = ("--zone", "Europe/Berlin", "--hours", "Mon-Fri 09:00-12:30 13:30-18:00", "--holiday", "2026-04-03",
          "2026-04-06")  # fmt: skip


@pytest.fixture
def due(tmp_path: Path) -> Disputes:
    """Where there is no store, and none is made."""
    return partial(in_process, f"sqlite:///{tmp_path / 'none.db'}", "calendar", "due")


@pytest.mark.parametrize("start", ["2026-03-27T15:00:00Z", "2026-03-27T16:00+01:00", "2026-03-27T16:00"])
@pytest.mark.parametrize("pause", [(), ("--pause", "2026-03-27T18:00/2026-03-30T09:00")])
def test_json_has_the_due_instant_and_what_was_skipped(
    due: Disputes, start: str, pause: tuple[str, ...], tmp_path: Path
) -> None:
    ended = due(*BERLIN, "--start", start, "--for", "8h", *pause, "--format", "json")
    assert ended.status == 0 and ended.object == {
        "start_at": "2026-03-27T15:00:00Z",
        "due_at": "2026-03-30T14:00:00Z",
        "counted_seconds": 28_800,
        "skipped": [
            {"from": "2026-03-27T17:00:00Z", "to": "2026-03-30T07:00:00Z", "why": "closed"},
            {"from": "2026-03-30T10:30:00Z", "to": "2026-03-30T11:30:00Z", "why": "closed"},
        ],
    }
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("target", "due_at"), [("5d", "2026-04-01T15:00:00Z"), ("8h", "2026-03-27T23:00:00Z")])
def test_without_a_calendar_every_second_counts(due: Disputes, target: str, due_at: str) -> None:
    ended = due("--start", "2026-03-27T15:00Z", "--for", target, "--format", "jsonl")
    assert (ended.rows[0]["due_at"], ended.rows[0]["skipped"]) == (due_at, [])


def test_the_table_adds_up_line_by_line_by_the_wall_clock(due: Disputes) -> None:
    ended = due("desk", "--start", "2026-03-27T17:00Z", "--for", "2h", "--pause",
                "2026-03-30T09:00:00Z/2026-03-30T09:00:30Z", "2026-03-27T01:00Z/2026-03-27T17:30Z")  # fmt: skip
    assert ended.out == (
        "2:00:00 hours of Mon-Fri 09:00-18:00, UTC, no holidays\n"
        "from                            to                                 lasts  why        total\n"
        "------------------------------  ------------------------------  --------  -------  -------\n"
        "Fri 2026-03-27 17:00:00 +00:00  Fri 2026-03-27 17:30:00 +00:00   0:30:00  pause    0:00:00\n"
        "Fri 2026-03-27 17:30:00 +00:00  Fri 2026-03-27 18:00:00 +00:00   0:30:00  counted  0:30:00\n"
        "Fri 2026-03-27 18:00:00 +00:00  Mon 2026-03-30 09:00:00 +00:00  63:00:00  closed   0:30:00\n"
        "Mon 2026-03-30 09:00:00 +00:00  Mon 2026-03-30 09:00:30 +00:00   0:00:30  pause    0:30:00\n"
        "Mon 2026-03-30 09:00:30 +00:00  Mon 2026-03-30 10:30:30 +00:00   1:30:00  counted  2:00:00\n"
        "\n"
        "counted 2:00:00 + skipped 63:30:30 = 65:30:30 hours from start to due\n"
        "start 2026-03-27T17:00:00Z\n"
        "due   2026-03-30T10:30:30Z\n"
    )


def test_csv_has_a_row_for_each_span(due: Disputes) -> None:
    ended = due(*BERLIN, "--country", "DE", "--start", "2026-04-30T17:30", "--for", "1h", "--format", "csv")
    assert ended.out.splitlines() == [
        "from,to,why,seconds",
        "2026-04-30T15:30:00Z,2026-04-30T16:00:00Z,counted,1800",
        "2026-04-30T16:00:00Z,2026-04-30T22:00:00Z,closed,21600",
        "2026-04-30T22:00:00Z,2026-05-01T22:00:00Z,holiday: Labor Day,86400",
        "2026-05-01T22:00:00Z,2026-05-04T07:00:00Z,closed,205200",
        "2026-05-04T07:00:00Z,2026-05-04T07:30:00Z,counted,1800",
    ]


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("dask", "--for", "8h"), "did you mean desk?"),
        (("desk", "--zone", "UTC", "--for", "8h"), "Name a calendar or describe one"),
        (("--zone", "UTC", "--for", "8h"), "--hours is missing"),
        (("--holiday", "2026-04-03", "--for", "8h"), "--zone is missing"),
        (("--zone", "Europe/Berln", "--hours", "Mon 09:00-18:00", "--for", "8h"), "did you mean Europe/Berlin?"),
        (("--zone", "UTC", "--hours", "Mon 9-18", "--for", "8h"), "'9-18' at character 5"),
        (("desk", "--for", "5d"), "write 120h to count that many open hours"),
        (("desk", "--for", "soon"), "'soon' is no duration"),
        (("desk", "--for", "8h", "--pause", "2026-03-28/2026-03-27"), "ends before it begins"),
        (("desk", "--for", "8h", "--pause", "2026-03-28"), "FROM/TO"),
        (("desk", "--for", "8h", "--pause", "2026-03-28/later"), "'later' is no instant"),
        (("--zone", "UTC", "--hours", "Mon 09:00-18:00", "--country", "Germany", "--for", "8h"), "two letters"),
        (("--for", "99999w"), "due after 2199"),
    ],
)
def test_what_cannot_be_answered_is_said_in_a_sentence(due: Disputes, words: tuple[str, ...], part: str) -> None:
    due(*words, "--start", "2026-03-27T15:00Z").refused(2, part)
