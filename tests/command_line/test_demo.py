"""The demonstration by command: what it prints of a view, and what it leaves behind."""

from __future__ import annotations

import re
import signal
import sys
from pathlib import Path

import pytest

from tests.command_line.run import ROOT, in_process
from tests.terminal.terminal import terminal_of


@pytest.mark.parametrize(("cases", "shown"), [("60", None), ("300", 20)])
def test_it_prints_the_head_of_the_home_view(tmp_path: Path, cases: str, shown: int | None) -> None:
    ended = in_process(f"sqlite:///{tmp_path / 'none.db'}", "demo", "--cases", cases, "--no-open")
    assert (ended.status, ended.err) == (0, "")
    rows = [line for line in ended.out.splitlines() if re.match(r"C\d+ ", line)]
    said = re.search(r"^… and (\d+) more: disputes queue --where 'overdue:seller_response'$", ended.out, re.M)
    if shown is None:
        assert rows
        assert said is None
    else:
        assert len(rows) == shown
        assert said is not None
        assert int(said[1]) > 0


def test_interrupted_while_it_is_made_it_leaves_nothing_behind(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "console", "demo", "--cases", "1000000"]
    with terminal_of(command, size=(80, 24), TMPDIR=str(tmp_path), PYTHONPATH=str(ROOT)) as seat:
        seat.until(lambda lines: bool(re.search(r"Making the demonstration: [1-9][\d,]+ of 1,000,000", lines[0])))
        assert list(tmp_path.iterdir())
        seat.signal(signal.SIGINT)
        assert seat.until_ended() == 130
        assert list(tmp_path.iterdir()) == []
        assert "demonstration" not in "".join(seat.screen.display)
