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

HEAVY = ("textual", "rich", "iso4217", "psycopg", "peewee", "xlsxwriter")
UNASKED = (
    *(
        "_sqlite3",
        "wcwidth",
        "importlib.metadata",
        "platformdirs",
        "inspect",
        "socket",
        "uuid",
        "_hashlib",
        "traceback",
    ),
    *("traceback", "gettext", "locale", "shutil", "ipaddress", "asyncio", "holidays", "zoneinfo", "logging"),
)
"""What a library loads, or we do, and reading needs none of it."""
LOADED = f"""
import sys
from console.__main__ import main
status = main(sys.argv[1:])
print(*[name for name in {HEAVY + UNASKED} if sys.modules.get(name)], file=sys.stderr)
"""
OURS = """
import sys
from console.__main__ import main
main(sys.argv[1:])
OURS = ("console", "models", "screens", "seed")
print(*[name for name in sys.modules if name.partition(".")[0] in OURS], file=sys.stderr)
"""
FOR_LATER = (
    *("models.operations.change", "models.operations.journal", "models.rules.transitions", "models.rules.templates"),
    *("models.queries.case_file", "models.queries.history", "screens.deeds", "screens.subject", "screens.shared.form"),
    *("screens.case.screen", "screens.decision.screen", "screens.room.screen", "screens.shared.choices"),
    *("textual.widgets._text_area", "zoneinfo", "hashlib", "argparse", "holidays", "wcwidth", "plotext", "PIL"),
)
"""What acts, asks and judges, and what other screens are made of."""
FOR_OPENING = ("models.queries.case_file", "screens.case.screen")
FIRST_PICTURE = f"""
import asyncio, sys
from console.lifecycle import prepare_environment
from console.settings import Settings
prepare_environment(Settings())
from console.desk import Desk
from models.actor import Actor
from models.vocabulary import Role

async def until_listed():
    desk = Desk(sys.argv[1], Actor("sue", Role.SUPERVISOR, "Sue"))
    async with desk.run_test() as pilot:
        while desk.queue.cases.current is None:
            await pilot.pause()
        desk.workers.cancel_group(desk, "watch")
        print(*[name for name in {FOR_LATER} if name in sys.modules])
        await pilot.press("down")
        await desk.look()
        await desk.workers.wait_for_complete([each for each in desk.workers if each.group == "ready"])
        print("ready:", *[name for name in {FOR_OPENING} if name in sys.modules])

asyncio.run(until_listed())
"""
ASKED_LATER = """
import peewee
import inspect, socket, sys
assert peewee.socket.inet_ntoa(bytes([127, 0, 0, 1])) == "127.0.0.1"
assert peewee.uuid.UUID is sys.modules["uuid"].UUID
try:
    peewee.socket.nothing
except AttributeError as error:
    assert "nothing" in str(error)
inspect.signature(main := lambda word: word), sys.modules["inspect"]
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
        (("queue",), {"peewee", "iso4217"}),
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
    assert loaded - set(UNASKED) <= libraries, done.stderr


@pytest.mark.parametrize(
    "words", [("count",), ("queue", "--where", "ref:D-1"), ("queue", "--format", "json"), ("show", "C1")]
)
def test_reading_loads_nothing_of_what_it_does_not_use(words: tuple[str, ...], url: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED, "--db", url, "--as", "sue", *words],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0 and set(UNASKED).isdisjoint(done.stderr.splitlines()[-1].split()), done.stderr


@pytest.mark.parametrize(
    ("words", "most"),
    [
        pytest.param(("--version",), 30, id="version"),
        pytest.param(("--help",), 30, id="help"),
        pytest.param(("count",), 85, id="count"),
        pytest.param(("queue", "--limit", "1"), 85, id="queue"),
        pytest.param(("show", "C1"), 120, id="show"),
        pytest.param(("note", "C1", "x"), 125, id="note"),
    ],
)
def test_a_command_loads_so_many_modules_of_ours_at_most(words: tuple[str, ...], most: int, url: str) -> None:
    """Each takes a fifth of a millisecond and more, whether or not anything of it is used."""
    done = subprocess.run(
        [sys.executable, "-c", OURS, "--db", url, "--as", "sue", *words],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    loaded = done.stderr.splitlines()[-1].split()
    assert done.returncode == 0 and len(loaded) <= most, (len(loaded), sorted(loaded))


def test_counting_makes_the_classes_of_few_tables(url: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", OURS, "--db", url, "--as", "sue", "count"],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    tables = {name.removeprefix("models.tables.") for name in done.stderr.split() if name.startswith("models.tables.")}
    assert tables == {"base", "clock", "dispute", "journal", "orders", "people", "policy"}


def test_the_first_list_loads_nothing_that_only_acts_or_judges(url: str) -> None:
    """What a case is made of comes when somebody has moved the cursor, and does nothing for the moment."""
    done = subprocess.run(
        [sys.executable, "-c", FIRST_PICTURE, url], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    at_first, later = done.stdout.splitlines()
    assert at_first == "", done.stdout + done.stderr
    assert later.split() == ["ready:", *FOR_OPENING]
    assert done.returncode == 0, done.stderr


def test_what_a_library_found_missing_comes_when_it_is_asked_for() -> None:
    done = subprocess.run([sys.executable, "-c", ASKED_LATER], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_rows_leave_before_later_ones_are_read(
    disputes: Disputes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a limit, so that a million rows do not fill the memory. Eleven are enough to see it."""
    monkeypatch.setattr(paging, "BATCH", 2)
    monkeypatch.setattr(batches, "SIZE", 4)
    written: list[int] = []
    read = paging.page_at

    def watched(*args: Any, **options: Any) -> paging.Page:
        written.append(sum(path.stat().st_size for path in tmp_path.rglob(".out*")))
        return read(*args, **options)

    monkeypatch.setattr(paging, "page_at", watched)
    assert disputes("queue", "all", "--format", "jsonl", "--out", tmp_path / "out").status == 0
    assert len((tmp_path / "out").read_text().splitlines()) == 11
    assert written[:2] == [0, 0] and 0 < written[2] == written[3] < written[4] == written[5]
