"""What `doctor` looks at around a SQLite store: who reaches its file, how long its log is, what lies beside it."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from models.finding import Finding
from models.operations.restoring import unfinished
from models.work_folder import left_in

LONG_LOG_BYTES = 256 << 20
"""Four times what a checkpoint leaves of it."""
_MEGABYTE = 1 << 20


def around(path: Path) -> Iterator[Finding]:
    """Findings about the file at `path`, which is there, and its folder."""
    yield _reach(path)
    yield _log(path)
    yield _room(path)
    yield from _copies(path)


def _reach(path: Path) -> Finding:
    """Whoever can read the file reads everybody's data, and whoever can write it is anybody."""
    for each, forbidden, hint in ((path, 0o077, "chmod 600"), (path.parent, 0o022, "chmod 700")):
        mode = stat.S_IMODE(each.stat().st_mode)
        if mode & forbidden:
            said = f"{each} is open to other accounts ({mode:04o}): {hint} {each}"
            return Finding("reach", False, said)
    owner = path.stat().st_uid
    if owner != os.geteuid():
        return Finding("reach", True, f"the file is {_account(owner)}'s, who should run this", is_note=True)
    return Finding("reach", True, f"the file is {_account(owner)}'s alone")


def _account(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"uid {number}"


def _log(path: Path) -> Finding:
    log = path.with_name(f"{path.name}-wal")
    size = log.stat().st_size if log.exists() else 0
    if size > LONG_LOG_BYTES:
        said = f"{size // _MEGABYTE} MB are not written back: something has been reading for very long"
        return Finding("log", True, said, is_note=True)
    return Finding("log", True, f"{size // _MEGABYTE} MB")


def _room(path: Path) -> Finding:
    free, size = shutil.disk_usage(path.parent).free, path.stat().st_size
    said = f"{free // _MEGABYTE} MB free, the store has {size // _MEGABYTE} MB"
    return (
        Finding("room", True, f"{said}: a migration needs a copy of it", True)
        if free < size
        else Finding("room", True, said)
    )


def copies(path: Path) -> list[str]:
    """What migrations and killed restores have left beside the store at `path`, by name: no erasure reaches it."""
    return [each.name for each in (*path.parent.glob(f"{path.name}.before-*"), *left_in(path.parent, unfinished(path)))]


def _copies(path: Path) -> Iterator[Finding]:
    named = ", ".join(copies(path))
    if named:
        said = f"{named}: left by a migration or a restore; they hold what was erased since, and can be deleted"
        yield Finding("copies", True, said, is_note=True)
