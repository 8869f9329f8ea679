"""A backup is everything or is said not to be; a restored store is the one that was backed up, or there is none."""

from __future__ import annotations

import io
import json
import shutil
import signal
import subprocess
import sys
import tarfile
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from models import database
from models.file_places import file_store
from models.operations import evidencing, talking
from models.queries.audit import verify
from models.tables import Event, Evidence, Message
from models.tables import database as engine
from models.vocabulary import EvidenceKind, Party
from tests.command_line.run import ROOT, in_process
from tests.evidence.samples import MAIL, png
from tests.operations.desk import ANNA, a_case, assert_all_replay, on_day, people

Member = tuple[tarfile.TarInfo, bytes]


@pytest.fixture
def url(store_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Of a store with a case and two files."""
    if store_url.startswith("postgres") and not (shutil.which("pg_dump") and shutil.which("pg_restore")):
        pytest.skip("no pg_dump and pg_restore are installed here")
    database.open_store(store_url)
    people()
    case = a_case()
    with on_day(1):
        for data in (png(), MAIL):
            evidencing.attach(
                ANNA, case=case, party=Party.BUYER, kind=EvidenceKind.OTHER, source=io.BytesIO(data), title="x"
            )
    database.close_store()
    return store_url


@pytest.fixture
def elsewhere(url: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A place of the same engine without a store."""
    if url.startswith("postgres"):
        return str(request.getfixturevalue("bare_postgres_url"))
    return f"sqlite:///{tmp_path / 'new' / 'again.db'}"


@pytest.fixture
def backed_up(url: str, tmp_path: Path) -> Path:
    ended = in_process(url, "backup", tmp_path / "b.tar")
    assert (ended.status, ended.err) == (0, "") and "2 evidence files" in ended.out
    return tmp_path / "b.tar"


def contents(url: str) -> tuple[list[str], list[bytes]]:
    """Everything that events say, and every file."""
    database.open_store(url)
    try:
        assert verify().first_bad_seq is None
        assert_all_replay()
        hashes = [row.hash for row in Event.select().order_by(Event.seq)]
        names = [row.sha256 for row in Evidence.select().order_by(Evidence.sha256)]
        return hashes, [file_store().read(str(name)) for name in names]
    finally:
        database.close_store()


def nothing_at(url: str) -> None:
    assert not database.exists(database.location(url))
    if url.startswith("postgres"):
        assert engine.get_tables() == []
    database.close_store()


def test_what_was_backed_up_is_restored(url: str, elsewhere: str, backed_up: Path) -> None:
    assert backed_up.stat().st_mode & 0o777 == 0o600
    hashes, files = contents(url)
    ended = in_process(elsewhere, "restore", backed_up, login="whoever")
    assert (ended.status, ended.err) == (0, "") and f"{len(hashes)} events, 2 evidence files" in ended.out
    again = contents(elsewhere)
    assert (again[0][:-1], again[1]) == (hashes, files)
    database.open_store(elsewhere)
    last = Event.select().order_by(Event.seq.desc()).get()
    assert (last.verb, last.actor) == ("restore", "whoever")
    database.close_store()
    ended = in_process(elsewhere, "doctor")
    assert ended.status == 0, ended
    assert [path.name for path in backed_up.parent.glob(".*")] == []


def test_seals_from_after_the_backup_name_the_restore(
    url: str, elsewhere: str, backed_up: Path, tmp_path: Path
) -> None:
    """Beside the words for a chain that somebody has rebuilt, which it may be too."""
    seals = tmp_path / "seals.jsonl"
    assert in_process(url, "audit", "seal").status == 0
    seals.write_text(in_process(url, "audit", "seal").out)
    assert in_process(elsewhere, "restore", backed_up, login="whoever").status == 0
    said = in_process(elsewhere, "audit", "verify", "--seals", seals).refused(1, "(seal)", "it was rebuilt")
    count = len(contents(elsewhere)[0])
    assert f"Event {count} says that whoever restored it from a backup of {count - 1} events" in said
    seals.write_text(in_process(elsewhere, "audit", "seal").out)
    assert "1 seals hold" in in_process(elsewhere, "audit", "verify", "--seals", seals).out


def test_it_is_an_event_and_for_supervisors_alone(url: str, tmp_path: Path) -> None:
    in_process(url, "backup", tmp_path / "b.tar", login="anna").refused(4, "supervisor")
    assert not (tmp_path / "b.tar").exists()
    assert in_process(url, "backup", tmp_path / "b.tar").status == 0
    database.open_store(url)
    last = Event.select().order_by(Event.seq.desc()).get()
    assert (last.verb, last.actor, last.body) == ("backup", "sue", "{}")


def test_beside_writers_it_is_of_one_moment(url: str, elsewhere: str, tmp_path: Path) -> None:
    """They write before it begins and go on until it has ended."""
    writing, done = threading.Event(), threading.Event()
    written: list[int | None] = []

    def write() -> None:
        database.open_store(url)
        with on_day(2):
            while not done.is_set():
                written.append(talking.note(ANNA, case=1, text=f"note {len(written)}").event_seq)
                writing.set()
        database.close_store()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert writing.wait(60)
        assert subprocess.run(_command(url, "backup", tmp_path / "b.tar"), cwd=ROOT, check=False).returncode == 0
    finally:
        done.set()
        writer.join()
    assert in_process(elsewhere, "restore", tmp_path / "b.tar").status == 0
    contents(elsewhere)
    database.open_store(elsewhere)
    notes = [row.text for row in Message.select().where(Message.kind == "note").order_by(Message.id)]
    assert notes == [f"note {number}" for number in range(len(notes))] and notes
    assert Event.select().where(Event.verb == "note").count() == len(notes)


def _command(url: str, *words: str | Path) -> list[str | Path]:
    return [sys.executable, "-m", "console", "--db", url, "--as", "sue", *words]


@pytest.mark.parametrize("word", ["backup", "restore"])
def test_killed_half_way_it_leaves_nothing_in_its_place(
    word: str, url: str, elsewhere: str, backed_up: Path, tmp_path: Path
) -> None:
    """Killed by itself at the moment that everything is written and nothing is put in place."""
    target, at = (url, "os.fsync") if word == "backup" else (elsewhere, "models.operations.restoring._looked_at")
    module, _, name = at.rpartition(".")
    script = (
        f"import os, signal, {module}\n"
        f"{module}.{name} = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"from console.__main__ import main; main({[str(each) for each in _command(target, word)[3:]]!r} + ['FILE'])"
    )
    file = tmp_path / "second.tar" if word == "backup" else backed_up
    ended = subprocess.run(
        [sys.executable, "-c", script.replace("'FILE'", repr(str(file)))], cwd=ROOT, check=False, capture_output=True
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    if word == "backup":
        assert not file.exists()
    elif elsewhere.startswith("sqlite"):
        nothing_at(elsewhere)
    else:  # its own tool has ended and cannot be taken back by us; it is no store until it was looked at
        for command in ("queue", "init"):
            in_process(elsewhere, command).refused(6, "was cut off", "restore' again")
    assert in_process(url, "backup", tmp_path / "third.tar").status == 0
    assert in_process(elsewhere, "restore", tmp_path / "third.tar").status == 0
    assert [path for path in tmp_path.rglob(".*") if path.is_dir()] == [], "what the killed one left is cleared away"


def test_a_missing_file_is_told_and_the_rest_is_kept(url: str, elsewhere: str, tmp_path: Path) -> None:
    database.open_store(url)
    gone = str(Evidence.get_by_id(1).sha256)
    (path,) = file_store().folder.rglob(gone)
    path.unlink()
    database.close_store()
    ended = in_process(url, "backup", tmp_path / "b.tar")
    assert "not whole" in ended.refused(1, "files_missing", gone[:12])
    ended = in_process(elsewhere, "restore", tmp_path / "b.tar")
    assert ended.status == 0 and "never had 1 evidence file:" in ended.out
    assert gone[:12] in in_process(elsewhere, "doctor").out


def rewritten(backup: Path, change: Callable[[list[Member]], None]) -> None:
    with tarfile.open(backup) as tar:
        members = [(each, file.read()) for each in tar if (file := tar.extractfile(each))]
    change(members)
    with tarfile.open(backup, "w") as tar:
        for each, data in members:
            each.size = len(data) if each.isreg() else 0
            tar.addfile(each, io.BytesIO(data))


def _other_bytes(members: list[Member]) -> None:
    info, data = members[1]
    members[1] = (info, data[:-1] + bytes([data[-1] ^ 1]))


def _other_snapshot(members: list[Member]) -> None:
    info, data = members[0]
    members[0] = (info, data[:5000] + bytes([data[5000] ^ 1]) + data[5001:])


def _one_less(members: list[Member]) -> None:
    del members[1]


def _no_manifest(members: list[Member]) -> None:
    del members[-1]


def _twice(members: list[Member]) -> None:
    members.insert(1, members[1])


def _named(name: str, kind: bytes = tarfile.REGTYPE) -> Callable[[list[Member]], None]:
    def change(members: list[Member]) -> None:
        info = tarfile.TarInfo(name)
        info.type, info.linkname = kind, "/etc/passwd"
        members.insert(1, (info, b""))

    return change


def _other_head(members: list[Member]) -> None:
    info, data = members[-1]
    said = json.loads(data)
    members[-1] = (info, json.dumps({**said, "head": "0" * 64}).encode())


def _odd_manifest(members: list[Member]) -> None:
    members[-1] = (members[-1][0], b'{"format": 1, "members": [[[')


TAMPERED: dict[str, Callable[[list[Member]], None]] = {
    "other bytes": _other_bytes,
    "another snapshot": _other_snapshot,
    "one file less": _one_less,
    "no manifest": _no_manifest,
    "a member twice": _twice,
    "an absolute name": _named("/tmp/disputes-escaped"),
    "a way up": _named("files/../../escaped"),
    "a link": _named("files/" + "0" * 64, tarfile.SYMTYPE),
    "a hard link": _named("files/" + "0" * 64, tarfile.LNKTYPE),
    "a device": _named("files/" + "0" * 64, tarfile.CHRTYPE),
    "another head": _other_head,
    "an odd manifest": _odd_manifest,
}


@pytest.mark.parametrize("how", TAMPERED)
def test_a_changed_backup_is_refused_and_nothing_is_made(how: str, elsewhere: str, backed_up: Path) -> None:
    rewritten(backed_up, TAMPERED[how])
    in_process(elsewhere, "restore", backed_up).refused(2, "othing was restored")
    nothing_at(elsewhere)
    assert list(backed_up.parent.rglob("*escaped*")) == []


def test_what_is_cut_off_or_no_backup_is_refused(elsewhere: str, backed_up: Path, tmp_path: Path) -> None:
    whole = backed_up.read_bytes()
    for size in (0, 100, 512, len(whole) // 2, len(whole) - 12_000):
        backed_up.write_bytes(whole[:size])
        in_process(elsewhere, "restore", backed_up).refused(2, "othing was restored")
    in_process(elsewhere, "restore", tmp_path / "none.tar").refused(2, "none.tar")
    in_process(elsewhere, "restore", tmp_path).refused(2, "cannot be read")
    nothing_at(elsewhere)


def test_a_changed_event_is_found_whatever_the_manifest_says(url: str, elsewhere: str, tmp_path: Path) -> None:
    """By somebody who can also make the hashes of the archive right."""
    database.open_store(url)
    engine.execute_sql(f"DROP TRIGGER event_is_not_changed{'' if database.is_sqlite() else ' ON event'}")
    engine.execute_sql("UPDATE event SET actor = 'tom' WHERE seq = 2")
    database.close_store()
    assert in_process(url, "backup", tmp_path / "b.tar").status == 0
    in_process(elsewhere, "restore", tmp_path / "b.tar").refused(2, "broken at event 2")
    nothing_at(elsewhere)


def test_it_is_restored_only_where_no_store_is(url: str, backed_up: Path) -> None:
    before = contents(url)
    in_process(url, "restore", backed_up).refused(6, "already")
    assert contents(url) == before


def test_what_an_older_store_left_is_not_played_into_the_new_one(backed_up: Path, tmp_path: Path, url: str) -> None:
    if url.startswith("postgres"):
        return
    (tmp_path / "again.db-wal").write_bytes(b"old")
    in_process(f"sqlite:///{tmp_path / 'again.db'}", "restore", backed_up).refused(6, "again.db-wal")


def test_it_is_no_way_to_lose_the_store_or_to_fill_standard_output(sqlite_url: str, tmp_path: Path) -> None:
    database.open_store(sqlite_url)
    people()
    database.close_store()
    in_process(sqlite_url, "backup", sqlite_url.removeprefix("sqlite:///")).refused(2, "store itself")
    in_process(sqlite_url, "backup", "-").refused(2, "name a file")
    in_process(sqlite_url, "backup", tmp_path / "no" / "b.tar").refused(2, "no folder")


def test_without_its_tools_a_store_on_postgresql_says_what_to_install(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database.open_store(postgres_url)
    people()
    database.close_store()
    monkeypatch.setenv("PATH", str(tmp_path))
    in_process(postgres_url, "backup", tmp_path / "b.tar").refused(6, "pg_dump", "postgresql-client")
    assert list(tmp_path.iterdir()) == []


def test_a_backup_goes_back_to_its_own_engine(
    url: str, backed_up: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    other = f"sqlite:///{tmp_path / 'x.db'}"
    if not url.startswith("postgres"):
        other = str(request.getfixturevalue("bare_postgres_url"))
    in_process(other, "restore", backed_up).refused(2, "restore it to one")
    nothing_at(other)
