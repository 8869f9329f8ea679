"""A backup: one tar of the store's snapshot, its evidence files and, last, a manifest with the hash of each of them.

    store.db or store.dump   the snapshot
    files/<sha256>           each evidence file that the snapshot names
    manifest.json            what should be there; a file that was cut off has none

What comes out of one is checked against its manifest first, and goes where the reader says: no member names a place.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, field
from pathlib import Path
from typing import Any, BinaryIO, cast

from models.dataclass import dataclass
from models.errors import Misused

FORMAT = 1
SQLITE, POSTGRES = "store.db", "store.dump"
MANIFEST = "manifest.json"
MOST_MANIFEST_BYTES = 512 << 20
_BLOCK_BYTES = 1 << 20
_FILE = re.compile(r"files/([0-9a-f]{64})")
_FOLDER = re.compile(r"[0-9a-f]{16}")


@dataclass(slots=True)
class Manifest:
    """What a backup says of itself."""

    made_at: str
    snapshot: str
    """The name of the snapshot's member; it tells the engine."""
    events: int
    head: str
    """The hash of the last event."""
    folder: str
    """What the folder of files is called where the store's own place does not name it."""
    members: dict[str, str] = field(default_factory=dict)
    """The SHA-256 of each."""
    missing: list[str] = field(default_factory=list)
    """Contents that the store names and that could not be read when the backup was made."""
    format: int = FORMAT

    @property
    def files(self) -> Iterator[str]:
        """The contents that it holds."""
        return (found.group(1) for name in self.members if (found := _FILE.fullmatch(name)))


class Writer:
    """Puts members into a tar that is sent on as it grows. Made by `written`."""

    def __init__(self, tar: tarfile.TarFile, made_at: int) -> None:
        self._tar = tar
        self._made_at = made_at
        self.members: dict[str, str] = {}
        self.size_bytes = 0

    def add(self, name: str, source: BinaryIO, size: int) -> None:
        """The member holds exactly `size` bytes."""
        member = tarfile.TarInfo(name)
        member.size, member.mode, member.mtime = size, 0o600, self._made_at
        hashed = _Hashing(source)
        self._tar.addfile(member, cast(Any, hashed))
        self.members[name] = hashed.digest.hexdigest()
        self.size_bytes += size

    def add_bytes(self, name: str, data: bytes) -> None:
        self.add(name, io.BytesIO(data), len(data))

    def end(self, manifest: Manifest) -> None:
        manifest.members = dict(self.members)
        self.add_bytes(MANIFEST, json.dumps(asdict(manifest), indent=1).encode())


@contextmanager
def written(send: Callable[[bytes], None], made_at: int) -> Iterator[Writer]:
    """A backup that is sent on in pieces, in order."""
    with tarfile.open(mode="w|", fileobj=cast(Any, _Sending(send)), format=tarfile.PAX_FORMAT) as tar:
        yield Writer(tar, made_at)


class Reader:
    """A backup whose every member is what its manifest says. Made by `checked`."""

    def __init__(self, tar: tarfile.TarFile, manifest: Manifest, members: dict[str, tarfile.TarInfo]) -> None:
        self._tar = tar
        self._members = members
        self.manifest = manifest

    def opened(self, name: str) -> BinaryIO:
        return _opened(self._tar, self._members[name])

    def size(self, name: str) -> int:
        return self._members[name].size

    def copy_snapshot(self, to: Path) -> None:
        """Write the snapshot to a new file. Raises Misused where it is no longer what was checked."""
        digest = hashlib.sha256()
        with self.opened(self.manifest.snapshot) as source, open(to, "xb") as target:
            to.chmod(0o600)
            while block := source.read(_BLOCK_BYTES):
                digest.update(block)
                target.write(block)
        if digest.hexdigest() != self.manifest.members[self.manifest.snapshot]:
            raise Misused("The backup was changed while it was read: nothing was restored.")


@contextmanager
def checked(path: Path) -> Iterator[Reader]:
    """The backup at `path`, read once to its end. Raises Misused, which says what is wrong with it."""
    try:
        with open(path, "rb") as file, tarfile.open(fileobj=file, mode="r:") as tar:
            members, digests = _members(tar)
            yield Reader(tar, _manifest(tar, members, digests), members)
    except tarfile.TarError:
        raise Misused(f"{path} is no backup, or was cut off: nothing was restored.") from None
    except OSError as error:
        raise Misused(f"{path} cannot be read: {error.strerror or error}.") from error


def _members(tar: tarfile.TarFile) -> tuple[dict[str, tarfile.TarInfo], dict[str, str]]:
    members: dict[str, tarfile.TarInfo] = {}
    digests: dict[str, str] = {}
    for member in tar:
        name = member.name
        is_known = name in (SQLITE, POSTGRES, MANIFEST) or _FILE.fullmatch(name)
        if not is_known or not member.isreg() or member.issparse() or name in members:
            raise Misused(f"The backup holds {name[:100]!r}, which no backup has: nothing was restored.")
        members[name] = member
        digests[name] = _digest(tar, member)
    return members, digests


def _digest(tar: tarfile.TarFile, member: tarfile.TarInfo) -> str:
    return hashlib.file_digest(_opened(tar, member), "sha256").hexdigest()


def _opened(tar: tarfile.TarFile, member: tarfile.TarInfo) -> io.BufferedReader:
    """Only ever of a regular file, which always opens."""
    return cast(io.BufferedReader, tar.extractfile(member))


def _manifest(tar: tarfile.TarFile, members: dict[str, tarfile.TarInfo], digests: dict[str, str]) -> Manifest:
    if MANIFEST not in members or members[MANIFEST].size > MOST_MANIFEST_BYTES:
        raise Misused("The backup has no manifest: it was cut off, or is none. Nothing was restored.")
    manifest = _read(_opened(tar, members[MANIFEST]).read())
    del digests[MANIFEST]
    for name in sorted(digests.keys() | manifest.members.keys()):
        found = _FILE.fullmatch(name)
        is_right = digests.get(name) == manifest.members.get(name) and (not found or found.group(1) == digests[name])
        if not is_right:
            raise Misused(
                f"{name[:100]!r} of the backup is not what its manifest says: it is damaged or was changed. "
                "Nothing was restored."
            )
    return manifest


def _read(data: bytes) -> Manifest:
    try:
        said: Any = json.loads(data)
        manifest = Manifest(**said)
        strings = (manifest.made_at, manifest.head, *manifest.members, *manifest.members.values(), *manifest.missing)
        is_ours = (
            manifest.format == FORMAT
            and manifest.snapshot in (SQLITE, POSTGRES)
            and manifest.snapshot in manifest.members
            and isinstance(manifest.events, int)
            and _FOLDER.fullmatch(manifest.folder)
            and all(isinstance(each, str) for each in strings)
        )
    except (ValueError, TypeError, AttributeError, RecursionError):
        is_ours = None
    if not is_ours:
        raise Misused("The backup's manifest is none that this program knows: nothing was restored.")
    return manifest


class _Sending:
    """What a tar is written to."""

    def __init__(self, send: Callable[[bytes], None]) -> None:
        self._send = send

    def write(self, data: bytes) -> int:
        self._send(bytes(data))
        return len(data)


class _Hashing:
    """What a member is read from."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._source.read(size)
        self.digest.update(data)
        return data
