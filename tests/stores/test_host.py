"""What the host does to a store: who can reach it, what it lies on, what is beside it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from models import database, file_system
from models.database import create_store
from models.errors import StoreUnavailable
from models.file_system import network_file_system
from models.health import findings
from models.host_health import LONG_LOG_BYTES, around
from models.operations import auditing
from models.work_folder import left_in, work_folder
from tests.operations.desk import SUE, on_day, people

MOUNTS = """\
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw
31 27 0:40 / {folder}/far\\040away rw - nfs4 host:/x rw
32 31 0:41 / {folder}/far\\040away/near rw shared:1 - ext4 /dev/vdb rw
33 27 0:42 / {folder}/desk rw - fuse.sshfs host: rw
"""


@pytest.fixture
def mounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "mountinfo"
    table.write_text(MOUNTS.format(folder=tmp_path))
    monkeypatch.setattr(file_system, "MOUNTS", table)


@pytest.mark.usefixtures("mounts")
def test_on_a_network_no_store_is_opened_or_made(tmp_path: Path, sqlite_template: Path) -> None:
    folder = tmp_path / "far away"
    url = f"sqlite:///{folder}/store.db"
    with pytest.raises(StoreUnavailable, match=r"network file system \(nfs4\).*local disk"):
        create_store(url)
    assert not folder.exists()
    folder.mkdir()
    shutil.copy(sqlite_template, folder / "store.db")
    with pytest.raises(StoreUnavailable, match="nfs4"):
        database.open_store(url)
    assert [path.name for path in folder.iterdir()] == ["store.db"]


@pytest.mark.usefixtures("mounts")
@pytest.mark.parametrize(
    ("name", "kind"),
    [("far away/store.db", "nfs4"), ("far away/near/store.db", None), ("desk/store.db", "fuse.sshfs"),
     ("desk2/store.db", None), ("store.db", None), ("link/store.db", "nfs4")],
)  # fmt: skip
def test_the_nearest_mount_says_what_a_path_lies_on(name: str, kind: str | None, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "far away")
    assert network_file_system(tmp_path / name) == kind


def test_where_nobody_tells_nothing_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_system, "MOUNTS", tmp_path / "none")
    assert network_file_system(tmp_path) is None


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    folder.mkdir(mode=0o700)
    (folder / "store.db").write_bytes(b"x" * 1000)
    (folder / "store.db").chmod(0o600)
    return folder / "store.db"


def said(path: Path) -> dict[str, str]:
    """What is not good or worth a look."""
    return {
        each.what: ("see " if each.is_note else "BAD ") + each.said
        for each in around(path)
        if each.is_note or not each.is_good
    }


def readable(path: Path, _: pytest.MonkeyPatch) -> dict[str, str]:
    path.chmod(0o640)
    return {"reach": f"BAD {path} is open to other accounts (0640): chmod 600 {path}"}


def folder_writable(path: Path, _: pytest.MonkeyPatch) -> dict[str, str]:
    path.parent.chmod(0o770)
    return {"reach": f"BAD {path.parent} is open to other accounts (0770): chmod 700 {path.parent}"}


def of_another(path: Path, patch: pytest.MonkeyPatch) -> dict[str, str]:
    patch.setattr(os, "geteuid", lambda: path.stat().st_uid + 77)
    return {"reach": f"see the file is {path.owner()}'s, who should run this"}


def long_log(path: Path, _: pytest.MonkeyPatch) -> dict[str, str]:
    with open(f"{path}-wal", "wb") as log:
        log.truncate(LONG_LOG_BYTES + (1 << 20))
    return {"log": "see 257 MB are not written back: something has been reading for very long"}


def no_room(path: Path, patch: pytest.MonkeyPatch) -> dict[str, str]:
    usage = shutil.disk_usage(path)
    patch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=999))
    return {"room": "see 0 MB free, the store has 0 MB: a migration needs a copy of it"}


def copies(path: Path, _: pytest.MonkeyPatch) -> dict[str, str]:
    path.with_name("store.db.before-0012_x").touch()
    (path.parent / ".store.db.restore-abc").mkdir()
    what = "left by a migration or a restore; they hold what was erased since, and can be deleted"
    return {"copies": f"see store.db.before-0012_x, .store.db.restore-abc: {what}"}


@pytest.mark.parametrize("damage", [readable, folder_writable, of_another, long_log, no_room, copies])
def test_what_is_wrong_around_a_store_is_said(
    damage: Callable[[Path, pytest.MonkeyPatch], dict[str, str]], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert said(path) == {}
    expected = damage(path, monkeypatch)
    assert said(path) == expected


def test_a_day_without_a_seal_is_said(store: database.Location) -> None:
    people()

    def of_seals() -> tuple[bool, str]:
        (found,) = (each for each in findings() if each.what == "seal")
        return found.is_note, found.said

    with on_day(3):
        assert of_seals() == (True, "none was ever made: 'disputes audit seal' by a timer, every day")
        auditing.seal(SUE)
        is_note, sentence = of_seals()
        assert not is_note and sentence.startswith("the last is of 2026-") and sentence.endswith("UTC")
    with on_day(6):
        assert of_seals() == (True, f"{sentence}: 'disputes audit seal' by a timer, every day")


def test_a_folder_for_work_goes_and_takes_those_of_the_dead_along(tmp_path: Path) -> None:
    (tmp_path / ".work-dead").mkdir()
    (tmp_path / ".work-dead" / "data").touch()
    (tmp_path / ".work-file").touch()
    (tmp_path / ".work-link").symlink_to(tmp_path)
    with work_folder(tmp_path, ".work-") as first, work_folder(tmp_path, ".work-") as second:
        assert first != second and first.stat().st_mode & 0o777 == 0o700
        assert left_in(tmp_path, ".work-") == []
    assert sorted(path.name for path in tmp_path.iterdir()) == [".work-file", ".work-link"]
