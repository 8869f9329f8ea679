"""Everything that the store holds, into one file: an export like others, and the largest."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from models import clock
from models.actor import Actor
from models.backup_file import Manifest, Writer, written
from models.database import current, is_sqlite, translated
from models.dataclass import dataclass
from models.errors import StoreUnavailable
from models.file_places import file_store, own_folder
from models.operations import erasure_list, journal
from models.operations.presence import present
from models.operations.transaction import writing
from models.rules.permissions import check_supervisor
from models.snapshots import check_tool, snapshot

UNFINISHED = ".disputes-backup-"
"""How the folder begins in which a backup is made, beside its file."""


@dataclass(frozen=True, slots=True)
class BackedUp:
    events: int
    head: str
    """Of the last event, which says that this backup was begun."""
    files: int
    missing: tuple[str, ...]
    """Contents that the store names and that are gone or damaged; the backup has all but them."""
    size_bytes: int


def back_up(actor: Actor, send: Callable[[bytes], None], *, within: Path) -> BackedUp:
    """Send the backup on, from its first byte to its last; the snapshot lies in the folder `within` meanwhile.

    Beside writers, who neither wait nor are waited for. Raises NotAllowed and StoreUnavailable.
    """
    if not is_sqlite():
        check_tool("pg_dump")
    now = clock.now()
    with writing():
        actor = present(actor)
        check_supervisor(actor, "backup")
        journal.append(actor, now, [journal.Entry("backup", now, {})])
    erasure_list.keep()  # an erasure that was cut off before it came to that
    with (
        translated(current()),
        snapshot(within) as taken,
        written(send, int(now.timestamp())) as writer,
    ):
        with open(taken.path, "rb") as file:
            writer.add(taken.path.name, file, taken.path.stat().st_size)
        missing = _add_files(writer, taken.files)
        manifest = Manifest(
            f"{now:%Y-%m-%dT%H:%M:%SZ}", taken.path.name, taken.events, taken.head, own_folder(), missing=missing
        )
        writer.end(manifest)
    count = len(taken.files) - len(missing)
    return BackedUp(taken.events, taken.head, count, tuple(missing), writer.size_bytes)


def _add_files(writer: Writer, names: list[str]) -> list[str]:
    """Those that are missing. What came after the snapshot is not named by it, and nothing is ever changed."""
    files, missing = file_store(), []
    for sha256 in names:
        try:
            writer.add_bytes(f"files/{sha256}", files.read(sha256))
        except StoreUnavailable:
            missing.append(sha256)
    return missing
