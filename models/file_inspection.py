"""Looking through the folder of evidence files: are they all there, what they say they are, and closed to others?"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

from models.dataclass import dataclass
from models.errors import StoreUnavailable
from models.file_places import ERASURES

_SHA256 = re.compile(r"[0-9a-f]{64}")
_BLOCK_BYTES = 1 << 20
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
_OTHERS = 0o007
_WRITES = 0o222


class State(StrEnum):
    """What is wrong with an entry of the folder."""

    SOUND = "sound"
    DAMAGED = "damaged"
    """Its content is not that of its name, or cannot be read."""
    OPEN_TO_OTHERS = "open to others"
    """A file that can be written, or an entry that every account of the host can reach."""
    STRANGE = "strange"
    """No file of the store, by its name, its place or its kind."""


@dataclass(frozen=True, slots=True)
class Entry:
    path: Path
    """Within the folder."""
    sha256: str
    """The content that its name promises; empty for what is no file of the store."""
    state: State


def entries(folder: Path) -> Iterator[Entry]:
    """Everything in the folder, read to its end, and never through a link. Raises StoreUnavailable.

    A folder is told only where something is wrong with it. Of a folder that is not there, nothing is told.
    """
    if not folder.exists():
        return
    if _mode(folder) & _OTHERS:
        yield Entry(Path("."), "", State.OPEN_TO_OTHERS)
    yield from _below(folder, Path("."), depth=0)


def is_there(folder: Path, sha256: str) -> bool:
    """Whether a regular file lies where one of that content belongs."""
    try:
        return stat.S_ISREG(os.lstat(folder / sha256[:2] / sha256[2:4] / sha256).st_mode)
    except OSError:
        return False


def _below(folder: Path, place: Path, *, depth: int) -> Iterator[Entry]:
    try:
        with os.scandir(folder / place) as found:
            names = sorted((each.name, each.is_dir(follow_symlinks=False)) for each in found)
    except FileNotFoundError:
        return  # a half-written file's folder went while we looked
    except OSError as error:
        raise StoreUnavailable(f"The folder of files {folder / place} cannot be read: {error.strerror}.") from error
    for name, is_folder in names:
        path = place / name
        if is_folder and depth < 2 and re.fullmatch("[0-9a-f]{2}", name):
            if _mode(folder / path) & _OTHERS:
                yield Entry(path, "", State.OPEN_TO_OTHERS)
            yield from _below(folder, path, depth=depth + 1)
        elif path == Path(name[:2], name[2:4], name) and _SHA256.fullmatch(name):
            yield Entry(path, name, _state(folder / path, name))
        elif path != Path(ERASURES):
            yield Entry(path, "", State.STRANGE)


def _mode(path: Path) -> int:
    with suppress(OSError):
        return stat.S_IMODE(os.lstat(path).st_mode)
    return 0


def _state(path: Path, sha256: str) -> State:
    digest = hashlib.sha256()
    try:
        with open(os.open(path, _READ), "rb", buffering=0) as file:
            mode = os.fstat(file.fileno()).st_mode
            if not stat.S_ISREG(mode):
                return State.STRANGE
            while block := file.read(_BLOCK_BYTES):
                digest.update(block)
    except OSError:
        return State.STRANGE if path.is_symlink() else State.DAMAGED
    if digest.hexdigest() != sha256:
        return State.DAMAGED
    return State.OPEN_TO_OTHERS if mode & (_OTHERS | _WRITES) else State.SOUND
