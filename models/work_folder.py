"""A folder for what is not finished yet, beside where it goes: away with its process, or else with the next one's.

It holds a whole store's personal data, so one that a killed process left must not lie there until somebody looks.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

from models.errors import Misused

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


@contextmanager
def work_folder(beside: Path, prefix: str) -> Iterator[Path]:
    """A new folder in `beside`, whose name begins with `prefix`; those that dead processes have left are removed.

    Raises Misused where none can be made.
    """
    for left in left_in(beside, prefix):
        shutil.rmtree(left, ignore_errors=True)
    try:
        made = Path(mkdtemp(prefix=".", dir=beside))
    except OSError as error:
        raise Misused(f"Nothing can be written in {beside}: {error.strerror}.") from error
    descriptor = os.open(made, _FOLDER)
    try:
        # Held before it has the name that others look for. A file system without locks removes nothing either.
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        folder = made.rename(beside / f"{prefix}{made.name[1:]}")
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(descriptor)


def left_in(beside: Path, prefix: str) -> list[Path]:
    """Folders of that prefix which no process holds any more; none where `beside` cannot be looked through."""
    found = []
    with suppress(OSError), os.scandir(beside) as entries:
        found = [Path(each.path) for each in entries if each.name.startswith(prefix) and _is_left(each.path)]
    return sorted(found)


def _is_left(path: str) -> bool:
    try:
        descriptor = os.open(path, _FOLDER)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return True
