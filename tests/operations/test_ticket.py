"""The writer's ticket is held for as short as can be."""

from __future__ import annotations

import fcntl
import gc
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from models import database
from models.ticket import met_others, ticket_path, writer_ticket
from tests.operations.desk import a_case, people


@pytest.fixture(autouse=True)
def _collecting() -> Iterator[None]:
    yield
    gc.enable()


def test_nothing_is_collected_while_others_wait(tmp_path: Path) -> None:
    with writer_ticket(tmp_path / "store.db"):
        assert not gc.isenabled()
        with writer_ticket(tmp_path / "store.db"):
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
    assert ticket_path(tmp_path / "store.db").exists()


def test_a_write_that_fails_leaves_the_collector_as_it_was(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), writer_ticket(tmp_path / "store.db"):
        _ = 1 // 0
    assert gc.isenabled()
    gc.disable()
    with writer_ticket(tmp_path / "store.db"):
        assert not gc.isenabled()
    assert not gc.isenabled()


def test_what_gathered_is_collected_when_others_can_write(tmp_path: Path) -> None:
    store, free = tmp_path / "store.db", []

    def look(phase: str, info: object) -> None:
        descriptor = os.open(ticket_path(store), os.O_RDWR)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            free.append(True)
        except BlockingIOError:
            free.append(False)
        finally:
            os.close(descriptor)

    with writer_ticket(store):
        gc.callbacks.append(look)
        gathered = [[number] for number in range(2 * gc.get_threshold()[0])]
    try:
        gathered += [[number] for number in range(2 * gc.get_threshold()[0])]
    finally:
        gc.callbacks.remove(look)
    assert free, "nothing was collected"
    assert all(free)


def test_it_is_known_whether_another_process_has_written_since(tmp_path: Path) -> None:
    store = tmp_path / "store.db"

    def ours() -> bool:
        with writer_ticket(store):
            return met_others()

    assert [ours(), ours()] == [False, False]
    code = "import sys, pathlib, models.ticket as t\nwith t.writer_ticket(pathlib.Path(sys.argv[1])): pass"
    subprocess.run([sys.executable, "-c", code, str(store)], check=True)
    assert [ours(), met_others(), ours()] == [True, True, False]


WATCHED = """
import fcntl, os, sys
path = sys.argv.pop(1)
def look(event, facts):
    if event != "import" or not os.path.exists(path):
        return
    descriptor = os.open(path, os.O_RDWR)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print("loaded while others waited:", facts[0])
    finally:
        os.close(descriptor)
sys.addaudithook(look)
from console.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize("command", ["claim C1", "next", "note C1 hello"])
def test_a_command_has_loaded_all_that_it_needs_when_it_takes_the_ticket(sqlite_url: str, command: str) -> None:
    place = database.open_store(sqlite_url)
    people()
    a_case()
    database.close_store()
    assert place.path is not None
    watched = [sys.executable, "-c", WATCHED, str(ticket_path(place.path))]
    ran = subprocess.run(
        [*watched, "--db", sqlite_url, "--as", "anna", *command.split()], check=False, capture_output=True, text=True
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "loaded while" not in ran.stdout
