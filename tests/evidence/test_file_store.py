"""Whatever a file is called and whatever it is: kept once under its content, or refused, and nothing outside."""

from __future__ import annotations

import hashlib
import io
import os
import socket
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from models.errors import DeskError, Misused, Refused, StoreUnavailable
from models.file_store import FileStore, Room, opened
from models.vocabulary import FileType
from tests.evidence.samples import png

ROOM = Room(tuple(FileType), 1_000, "the limits are 1 kB a file")


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "store.db.files")


def inside(files: FileStore) -> list[Path]:
    return sorted(path for path in files.folder.rglob("*") if not path.is_dir()) if files.folder.exists() else []


def put(files: FileStore, path: Path) -> str:
    with opened(path, ROOM) as file:
        return files.keep(file, ROOM).sha256


def test_a_file_lies_under_its_hash_and_only_to_be_read(files: FileStore, tmp_path: Path) -> None:
    (tmp_path / "cup.png").write_bytes(png())
    sha256 = put(files, tmp_path / "cup.png")
    (path,) = inside(files)
    assert sha256 == hashlib.sha256(png()).hexdigest()
    assert path == files.folder / sha256[:2] / sha256[2:4] / sha256
    assert stat.S_IMODE(path.stat().st_mode) == 0o440 and stat.S_IMODE(files.folder.stat().st_mode) == 0o700
    assert files.read(sha256) == png()


def test_a_file_is_kept_once_however_often_it_comes(files: FileStore) -> None:
    first = files.keep(io.BytesIO(png()), ROOM)
    (path,) = inside(files)
    written = path.stat().st_ino
    assert files.keep(io.BytesIO(png()), ROOM) == first
    assert [each.stat().st_ino for each in inside(files)] == [written]


def test_what_was_damaged_is_noticed_and_mended_by_the_same_file(files: FileStore) -> None:
    kept = files.keep(io.BytesIO(png()), ROOM)
    (path,) = inside(files)
    path.unlink()
    with pytest.raises(StoreUnavailable, match="backup"):
        files.read(kept.sha256)
    path.write_bytes(b"other")
    with pytest.raises(StoreUnavailable, match="damaged"):
        files.read(kept.sha256)
    files.keep(io.BytesIO(png()), ROOM)
    assert files.read(kept.sha256) == png()


@pytest.mark.parametrize(
    "name",
    [
        "CON", "-rf", "--kind", "a\nb", "\u202egnp.exe", "x" * 250, "nul\udcff", "..hidden", "%2e%2e%2f", "$(id)",
        "a b;c'\"", "ab\x1b[31m",
    ],
)  # fmt: skip
def test_no_name_leads_anywhere(files: FileStore, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(png())
    before = set(tmp_path.iterdir())
    sha256 = put(files, path)
    assert [each.name for each in inside(files)] == [sha256]
    assert set(tmp_path.iterdir()) == before | {files.folder}


def _link(path: Path) -> None:
    (path.parent / "real.png").write_bytes(png())
    path.symlink_to(path.parent / "real.png")


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))


@pytest.mark.parametrize(
    "make",
    [_link, os.mkfifo, Path.mkdir, _socket, lambda path: path.symlink_to("/dev/zero"), lambda path: None],
    ids=["link", "pipe", "folder", "socket", "link to a device", "nothing"],
)
def test_only_a_regular_file_is_opened(files: FileStore, tmp_path: Path, make: Callable[[Path], object]) -> None:
    path = tmp_path / "evidence.png"
    make(path)
    with pytest.raises(Misused):
        put(files, path)
    assert not inside(files)


@pytest.mark.parametrize("name", ["/dev/zero", "nul\0byte.png", "x" * 300, "a/" * 3000, ""])
def test_a_path_that_is_none_is_told(files: FileStore, tmp_path: Path, name: str) -> None:
    with pytest.raises(Misused):
        put(files, tmp_path / name)
    assert not inside(files)


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "file_size"), (b"a" * 1001, "file_size"), (b"MZ\x90\x00 a program", "file_type"),
        (b"PK\x03\x04" + b"\0" * 50, "file_type"), (b"\x1f\x8b\x08" + b"\0" * 50, "file_type"),
    ],
)  # fmt: skip
def test_what_is_refused_leaves_nothing(files: FileStore, tmp_path: Path, data: bytes, rule: str) -> None:
    (tmp_path / "evidence.png").write_bytes(data)
    for attempt in (lambda: put(files, tmp_path / "evidence.png"), lambda: files.keep(io.BytesIO(data), ROOM)):
        with pytest.raises(Refused) as refusal:
            attempt()
        assert refusal.value.rule == rule
    assert not inside(files)


def test_the_largest_and_the_smallest_file_are_taken(files: FileStore) -> None:
    assert files.keep(io.BytesIO(b"a" * 1000), ROOM).size_bytes == 1000
    assert files.keep(io.BytesIO(b"a"), ROOM).size_bytes == 1


class Growing(io.RawIOBase):
    """A file that somebody writes faster than it is read."""

    def __init__(self) -> None:
        self.given = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        assert size > 0
        self.given += size
        return b"a" * size


def test_a_file_that_grows_is_read_no_further_than_the_limit(files: FileStore) -> None:
    growing = Growing()
    with pytest.raises(Refused):
        files.keep(growing, ROOM)  # type: ignore[arg-type]
    assert growing.given <= ROOM.most_bytes + 1
    assert not inside(files)


def test_a_folder_that_leads_elsewhere_is_not_entered(files: FileStore, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    sha256 = hashlib.sha256(png()).hexdigest()
    files.folder.mkdir()
    (files.folder / sha256[:2]).symlink_to(elsewhere)
    with pytest.raises(StoreUnavailable):
        files.keep(io.BytesIO(png()), ROOM)
    assert not list(elsewhere.iterdir())
    with pytest.raises(DeskError):
        files.read(sha256)


def test_a_kept_file_that_became_a_link_is_not_followed(files: FileStore, tmp_path: Path) -> None:
    kept = files.keep(io.BytesIO(png()), ROOM)
    (path,) = inside(files)
    (tmp_path / "same.png").write_bytes(png())
    path.unlink()
    path.symlink_to(tmp_path / "same.png")
    with pytest.raises(StoreUnavailable):
        files.read(kept.sha256)
