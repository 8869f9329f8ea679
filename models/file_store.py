"""The bytes of evidence, beside the store and never in it: one file for each content, named by its SHA-256.

    <store>.files/ab/cd/abcd…   beside a SQLite file
    $DISPUTES_FILES/…           for PostgreSQL, or a folder of the store's own in the user's data directory

A sender's name is never part of a path. A file is written beside, synced and renamed before anything points at it, so
that a crash leaves at most bytes that nobody names.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from models.dataclass import dataclass
from models.errors import Misused, Refused, StoreUnavailable
from models.rules.evidence_guards import check_type, megabytes, side_full
from models.rules.file_type import HEAD_BYTES, file_type
from models.rules.policy import Files
from models.vocabulary import FileType

BLOCK_BYTES = 64 * 1024
_HERE = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
_WRITE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Room:
    """What a file may be."""

    types: tuple[FileType, ...]
    most_bytes: int
    said: str
    """The limits in words."""

    def check(self, size: int) -> None:
        """Raise Refused unless a file of this size fits."""
        if size == 0:
            raise Refused("file_size", "The file is empty: there is nothing to keep.")
        if size > self.most_bytes:
            raise Refused("file_size", f"The file is larger than {megabytes(self.most_bytes)}: {self.said}.")


def room_of(limits: Files, used_bytes: int) -> Room:
    """What a side that has handed in so much may still add. Raises Refused where that is nothing."""
    left = limits.side_bytes_at_most - used_bytes
    if left <= 0:
        raise Refused("side_size", side_full(limits, used_bytes, 1))
    said = f"{megabytes(limits.file_bytes_at_most)} a file, {megabytes(limits.side_bytes_at_most)} a side of a case"
    return Room(limits.types, min(limits.file_bytes_at_most, left), f"the limits are {said}")


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that lies in the store, or would."""

    sha256: str
    size_bytes: int
    file_type: FileType


@contextmanager
def opened(path: Path, room: Room) -> Iterator[BinaryIO]:
    """The regular file at `path`, never a link, a pipe or a device. Raises Misused, and Refused for its size."""
    shown = str(path)[-200:]
    try:
        # A device may do something when it is opened: look first. What was put there since is seen by the second look.
        _check_regular(os.lstat(path), shown)
        descriptor = os.open(path, _READ)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "that is no path"
        raise Misused(f"{shown!r} cannot be read: {why}.") from error
    with open(descriptor, "rb", buffering=0) as file:
        status = os.fstat(descriptor)
        _check_regular(status, shown)
        room.check(status.st_size)
        yield file


def _check_regular(status: os.stat_result, shown: str) -> None:
    if not stat.S_ISREG(status.st_mode):
        what = "a link" if stat.S_ISLNK(status.st_mode) else "a folder" if stat.S_ISDIR(status.st_mode) else "no file"
        raise Misused(f"{shown!r} is {what}: name the file itself.")


class FileStore:
    """The folder at `folder`, made when the first file comes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, source: BinaryIO, room: Room) -> Kept:
        """Copy `source` to its end, once however often it comes. Raises Refused, Misused and StoreUnavailable.

        Refused is what is none of the types by its content, and what is too long, however long the source grows.
        """
        with self._reached(), ExitStack() as stack:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            here = _entered(stack, self.folder)
            part = f".{secrets.token_hex(16)}.part"
            descriptor = os.open(part, _WRITE, 0o600, dir_fd=here)
            stack.callback(_forget, part, here)
            stack.callback(os.close, descriptor)
            kept = _copied(source, descriptor, room)
            os.fchmod(descriptor, 0o440)
            os.fsync(descriptor)
            there = _made(stack, _made(stack, here, kept.sha256[:2]), kept.sha256[2:4])
            if not _is_sound(kept.sha256, there):
                os.rename(part, kept.sha256, src_dir_fd=here, dst_dir_fd=there)
                os.fsync(there)
            return kept

    def read(self, sha256: str) -> bytes:
        """The bytes under this name, proved by it. Raises StoreUnavailable where they are gone or have changed."""
        assert _SHA256.fullmatch(sha256)
        with self._reached(), ExitStack() as stack:
            try:
                there = _entered(stack, sha256[2:4], _entered(stack, sha256[:2], _entered(stack, self.folder)))
                found = _bytes(sha256, there)
            except FileNotFoundError:
                raise StoreUnavailable(
                    f"The file {sha256[:12]} is not in {self.folder}: restore it from a backup of that folder."
                ) from None
        if hashlib.sha256(found).hexdigest() != sha256:
            raise StoreUnavailable(
                f"The file {sha256[:12]} in {self.folder} is damaged or was changed: restore it from a backup."
            )
        return found

    def remove(self, sha256: str) -> None:
        """Take the file away, if it is there. Nothing may name it any more. Raises StoreUnavailable."""
        assert _SHA256.fullmatch(sha256)
        with self._reached(), ExitStack() as stack, suppress(FileNotFoundError):
            there = _entered(stack, sha256[2:4], _entered(stack, sha256[:2], _entered(stack, self.folder)))
            os.unlink(sha256, dir_fd=there)
            os.fsync(there)

    @contextmanager
    def _reached(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            why = error.strerror or error
            raise StoreUnavailable(f"The folder of files {self.folder} cannot be used: {why}.") from error


def judged(source: BinaryIO, room: Room) -> Kept:
    """What would be kept of `source`; nothing is written. Raises as `keep` does."""
    return _copied(source, None, room)


def _copied(source: BinaryIO, descriptor: int | None, room: Room) -> Kept:
    digest, size, head = hashlib.sha256(), 0, b""
    while block := _next(source, min(BLOCK_BYTES, room.most_bytes - size + 1)):
        size += len(block)
        room.check(size)
        digest.update(block)
        head += block[: HEAD_BYTES - len(head)] if len(head) < HEAD_BYTES else b""
        while block and descriptor is not None:
            block = block[os.write(descriptor, block) :]
    room.check(size)
    found = file_type(head)
    check_type(found, room.types)
    assert found is not None
    return Kept(digest.hexdigest(), size, found)


def _next(source: BinaryIO, most_bytes: int) -> bytes:
    try:
        return source.read(most_bytes)
    except OSError as error:
        raise Misused(f"The file cannot be read to its end: {error.strerror}.") from error


def _entered(stack: ExitStack, folder: Path | str, above: int | None = None) -> int:
    descriptor = os.open(folder, _HERE, dir_fd=above)
    stack.callback(os.close, descriptor)
    return descriptor


def _made(stack: ExitStack, above: int, name: str) -> int:
    with suppress(FileExistsError):
        os.mkdir(name, 0o700, dir_fd=above)
        os.fsync(above)
    return _entered(stack, name, above)


def _is_sound(sha256: str, there: int) -> bool:
    """Whether the file is there already; one that was damaged is written again."""
    try:
        return hashlib.sha256(_bytes(sha256, there)).hexdigest() == sha256
    except OSError:
        return False


def _bytes(name: str, there: int) -> bytes:
    with open(os.open(name, _READ, dir_fd=there), "rb") as file:
        return file.read() if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else b""


def _forget(part: str, here: int) -> None:
    with suppress(FileNotFoundError):
        os.unlink(part, dir_fd=here)
