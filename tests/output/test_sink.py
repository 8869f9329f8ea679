"""Standard output and `--out`."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.output.write import Format, write, write_object
from models.columns import Column, Row
from models.errors import Misused

COLUMNS = (Column("case"),)


def test_a_written_file_is_its_owners_alone_and_replaces_the_old_one(tmp_path: Path) -> None:
    out = tmp_path / "cases.csv"
    out.write_text("old")
    write([("C-1",)], COLUMNS, format=Format.CSV, out=out)
    assert out.read_text() == "case\nC-1\n"
    assert out.stat().st_mode & 0o777 == 0o600
    assert os.listdir(tmp_path) == ["cases.csv"]


def test_a_failure_on_the_way_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    out = tmp_path / "cases.csv"
    out.write_text("old")

    def torn() -> Iterator[Row]:
        yield ("C-1",)
        raise LookupError

    with pytest.raises(LookupError):
        write(torn(), COLUMNS, format=Format.CSV, out=out)
    assert out.read_text() == "old"
    assert os.listdir(tmp_path) == ["cases.csv"]


def test_an_unknown_folder_and_a_folder_are_named(tmp_path: Path) -> None:
    for out in (tmp_path / "missing" / "cases.csv", tmp_path):
        with pytest.raises(Misused, match=str(out)):
            write_object({}, out=out)
    assert os.listdir(tmp_path) == []


def test_a_device_is_not_replaced_by_a_file() -> None:
    with pytest.raises(Misused, match="/dev/null is not a file"):
        write_object({}, out=Path("/dev/null"))


PROGRAM = """
from console.output.write import Format, write
from models.columns import Column
write((("C-%d" % n,) for n in range(200_000)), (Column("case"),), format=Format.CSV)
"""


def test_a_reader_that_leaves_early_sees_no_complaint() -> None:
    program = subprocess.Popen([sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert program.stdout is not None
    assert program.stderr is not None
    with program.stdout, program.stderr:
        assert program.stdout.readline() == b"case\r\n"
        program.stdout.close()
        assert program.stderr.read() == b""
    assert program.wait() == 0


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full")
def test_a_full_disk_behind_standard_output_is_told_in_a_sentence() -> None:
    with open("/dev/full", "wb") as full:
        program = subprocess.run([sys.executable, "-c", PROGRAM], stdout=full, stderr=subprocess.PIPE, check=False)
    assert program.stderr.splitlines()[-1].startswith(b"models.errors.Misused: Standard output cannot be written: ")
