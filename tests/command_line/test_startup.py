"""What a command costs before it does anything, and while it does much: nothing is loaded that it does not use."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from console.output import batches
from models.queries import paging
from tests.command_line.run import ROOT, Disputes

HEAVY = ("textual", "rich", "tabulate", "iso4217", "psycopg", "peewee", "xlsxwriter")
LOADED = f"""
import sys
sys.modules["psycopg"] = None  # peewee loads it wherever it is; a bare installation has none
from console.__main__ import main
status = main(sys.argv[1:])
print(*[name for name in {HEAVY} if sys.modules.get(name)], file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("words", "libraries"),
    [
        (("nothing",), set()),
        (("--help",), {"peewee"}),
        (("count", "--where", "ref:none", "--format", "json"), {"peewee"}),
        (("note", "C1", "x"), {"peewee", "iso4217"}),
        (("agents", "--format", "csv"), {"peewee"}),
        (("queue", "--format", "csv"), {"peewee", "iso4217"}),
        (("queue",), {"peewee", "iso4217", "tabulate"}),
        (("report", "sla", "--format", "csv"), {"peewee", "iso4217"}),
        (("report", "sla", "--format", "html"), {"peewee", "iso4217"}),
    ],
)
def test_a_command_loads_only_what_it_uses(words: tuple[str, ...], libraries: set[str], url: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED, "--db", url, "--as", "sue", *words],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    loaded = set(done.stderr.splitlines()[-1].split())
    assert loaded <= libraries, done.stderr


def test_rows_leave_before_later_ones_are_read(
    disputes: Disputes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a limit, so that a million rows do not fill the memory. Eleven are enough to see it."""
    monkeypatch.setattr(paging, "BATCH", 2)
    monkeypatch.setattr(batches, "SIZE", 4)
    written: list[int] = []
    read = paging.page_at

    def watched(*args: Any, **options: Any) -> paging.Page:
        written.append(sum(path.stat().st_size for path in tmp_path.glob(".out*")))
        return read(*args, **options)

    monkeypatch.setattr(paging, "page_at", watched)
    assert disputes("queue", "all", "--format", "jsonl", "--out", tmp_path / "out").status == 0
    assert len((tmp_path / "out").read_text().splitlines()) == 11
    assert written[:2] == [0, 0] and 0 < written[2] == written[3] < written[4] == written[5]
