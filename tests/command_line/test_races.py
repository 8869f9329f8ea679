"""Two people at two commands, each a process, on one case at the same moment."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.command_line.run import ROOT, Disputes, Ended, in_process
from tests.command_line.test_exit_statuses import RULING, chain


def at_once(url: str, *commands: tuple[str, ...]) -> list[Ended]:
    """All started before the first is waited for."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "console", *words],
            cwd=ROOT, env={**os.environ, "DISPUTES_DB": url}, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for words in commands
    ]  # fmt: skip
    said = [process.communicate(timeout=120) for process in processes]
    return [Ended(process.returncode, *each) for process, each in zip(processes, said, strict=True)]


def test_a_case_is_decided_once_and_the_second_is_told_who_was_first(url: str, disputes: Disputes) -> None:
    assert disputes("claim", "C4", login="anna").status == 0
    before = int(chain(disputes).split()[0])
    ended = at_once(url, *[("--as", "anna", "decide", "C4", *RULING)] * 3)
    assert sorted(each.status for each in ended) == [0, 5, 5]
    assert all("anna" in each.err and each.out == "" for each in ended if each.status == 5)
    assert int(chain(disputes).split()[0]) == before + 1


def test_a_case_is_claimed_by_one_of_two(url: str, disputes: Disputes) -> None:
    ended = at_once(url, ("--as", "anna", "claim", "C5"), ("--as", "ben", "claim", "C5"))
    assert sorted(each.status for each in ended) == [0, 5]
    winner = "anna" if ended[0].status == 0 else "ben"
    assert winner in next(each.err for each in ended if each.status == 5)
    assert disputes("show", "C5", "--format", "json").object["assignee"] == winner


def test_two_who_ask_for_the_next_case_get_two(url: str, disputes: Disputes) -> None:
    ended = at_once(url, ("--as", "anna", "next"), ("--as", "ben", "next"))
    assert [each.status for each in ended] == [0, 0]
    assert len({each.out.split(":")[0] for each in ended}) == 2


def test_two_who_make_one_store_make_it_once(tmp_path: Path) -> None:
    ended = at_once(f"sqlite:///{tmp_path / 'new.db'}", ("init",), ("init",))
    assert [each.status for each in ended] == [0, 0]
    assert sum("first supervisor" in each.out for each in ended) == 1


def test_a_store_whose_making_was_cut_off_gets_its_supervisor_the_next_time(sqlite_url: str) -> None:
    assert "first supervisor" in in_process(sqlite_url, "init").out
    assert "already there" in in_process(sqlite_url, "init").out
