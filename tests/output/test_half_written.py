"""What a killed process was writing does not lie about for ever, and what is still being written is left alone."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from console.output.sink import whole_file
from seed.rejects import RejectsFile
from tests.command_line.run import ROOT

WAYS = {
    "an export": "whole_file(folder / 'x.csv') as send: send('half')",
    "rejected rows": "RejectsFile(str(folder / 'r.csv'), ['a']):",
}
PROGRAM = """
import sys
from pathlib import Path
from console.output.sink import whole_file
from seed.rejects import RejectsFile
folder = Path(sys.argv[1])
with {way}
    print("here", flush=True)
    sys.stdin.read()
"""


@contextmanager
def writer(way: str, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process that has begun to write, and waits."""
    head, _, rest = WAYS[way].partition(": ")
    program = PROGRAM.format(way=f"{head}:\n    {rest}" if rest else head)
    process = subprocess.Popen(
        [sys.executable, "-c", program, folder], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin is not None and process.stdout is not None
    try:
        assert process.stdout.readline() == b"here\n"
        yield process
    finally:
        process.stdin.close()
        process.wait()
        process.stdout.close()


@pytest.mark.parametrize("way", WAYS)
def test_the_next_who_writes_there_takes_away_what_a_killed_one_left(way: str, tmp_path: Path) -> None:
    (tmp_path / ".somebody-else.part").write_text("theirs")
    with writer(way, tmp_path) as killed:
        killed.kill()
        killed.wait()
    assert len(os.listdir(tmp_path)) == 2
    with whole_file(tmp_path / "out.csv") as send, RejectsFile(str(tmp_path / "rejected.csv"), ["a"]):
        send("whole")
    assert sorted(os.listdir(tmp_path)) == [".somebody-else.part", "out.csv", "rejected.csv"]


@pytest.mark.parametrize("way", WAYS)
def test_what_is_still_being_written_is_left_alone(way: str, tmp_path: Path) -> None:
    with writer(way, tmp_path):
        before = os.listdir(tmp_path)
        with whole_file(tmp_path / "out.csv") as send:
            send("whole")
        assert sorted(os.listdir(tmp_path)) == sorted([*before, "out.csv"])
    assert not [name for name in os.listdir(tmp_path) if name.startswith(".")], "it was finished or given up"
