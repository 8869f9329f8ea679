"""A store from its backup, where none is: checked to its last byte before it stands in its place."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import gettempdir

from models import clock, migrating
from models import database as door
from models.actor import Actor
from models.backup_file import POSTGRES, SQLITE, Reader, checked
from models.database import Location, location
from models.dataclass import dataclass
from models.errors import Misused, StoreUnavailable
from models.file_places import folder_of
from models.file_store import FileStore, Room
from models.operations import erasure_list, journal
from models.operations.erasing import Again, erase_again
from models.operations.transaction import writing
from models.queries import audit
from models.snapshots import check_empty, check_tool, empty, load_dump, mark_half_restored, mark_restored
from models.tables import database
from models.ticket import writer_ticket
from models.vocabulary import FileType
from models.work_folder import work_folder


@dataclass(frozen=True, slots=True)
class Restored:
    place: Location
    made_at: str
    events: int
    """Of the backup; the restoring is one more."""
    head: str
    files: int
    missing: tuple[str, ...]
    """Contents that the backup could not hold."""
    is_current: bool
    """Not where the backup is of an older version: its store has to be migrated."""
    again: tuple[Again, ...]
    """Who was erased since the backup, and what became of that here; nobody yet in a store of an older version."""


def restore(actor: Actor, url: str, backup: Path, *, erased: Path | None = None) -> Restored:
    """Put the store of the backup where `url` says. An event says by whom; nobody of the desk is asked.

    Who is on the list of erasures that the place still has, or on the list `erased`, is erased again at once. Raises
    Misused for what is no sound backup, and StoreUnavailable where a store or something else is already.
    """
    place = location(url)
    _check_free(place)
    if erased is not None:
        erasure_list.check(erased)
    with checked(backup) as reader:
        if (reader.manifest.snapshot == SQLITE) != place.is_sqlite:
            other = "SQLite" if reader.manifest.snapshot == SQLITE else "PostgreSQL"
            raise Misused(f"The backup is of a store on {other}: restore it to one (--db).")
        with door.translated(place):
            is_current = _put_file(actor, place, reader) if place.path else _put_dump(actor, place, reader)
            erasure_list.keep(erased)
            again = erase_again(actor, is_restoring=True) if is_current else ()
        said = reader.manifest
        files, missing = sum(1 for _ in said.files), tuple(said.missing)
        return Restored(place, said.made_at, said.events, said.head, files, missing, is_current, again)


def unfinished(path: Path) -> str:
    """How the folder begins in which the store at `path` is made, beside it."""
    return f".{path.name[:100]}.restore-"


def _check_free(place: Location) -> None:
    if place.path is None and door.is_half_restored(place):
        return
    if door.exists(place):
        raise StoreUnavailable(f"A store is already at {place.shown}: it is restored only where none is.")
    if place.path is None:
        check_tool("pg_restore")
        check_empty()
        return
    for end in ("-wal", "-journal"):
        left = place.path.with_name(place.path.name + end)
        if left.exists():  # it would be played into the new store
            raise StoreUnavailable(f"{left} is what a store that was here has left: move it away first.")


def _put_file(actor: Actor, place: Location, reader: Reader) -> bool:
    assert place.path is not None
    place.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with work_folder(place.path.parent, unfinished(place.path)) as folder:
        beside = folder / SQLITE
        reader.copy_snapshot(beside)
        try:
            door.open_store(f"sqlite:///{beside}", expect_current=False)
            is_current = _looked_at(actor, place, reader)
        finally:
            door.close_store()
        _put_files(reader, place)
        with writer_ticket(place.path):
            _check_free(place)  # another may have made one meanwhile
            _synced(beside)
            beside.rename(place.path)
            _synced(place.path.parent)
    door.open_store(place.url, expect_current=False)
    return is_current


def _put_dump(actor: Actor, place: Location, reader: Reader) -> bool:
    with work_folder(Path(gettempdir()), "disputes-restore-") as folder, migrating.alone(place):
        dump = folder / POSTGRES
        reader.copy_snapshot(dump)
        _check_free(place)  # another may have made one meanwhile
        empty()
        _put_files(reader, place)
        mark_half_restored()
        try:
            load_dump(dump)
            return _looked_at(actor, place, reader)
        except (Misused, StoreUnavailable):
            empty()
            raise


def _looked_at(actor: Actor, place: Location, reader: Reader) -> bool:
    """Whether the store has the present shape. Raises Misused and StoreUnavailable where it is not sound."""
    if door.is_sqlite() and (said := database.execute_sql("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
        raise Misused(f"The store in the backup is damaged: {said}. Nothing was restored.")
    chain, manifest = audit.verify(), reader.manifest
    if chain.first_bad_seq is not None:
        raise Misused(f"The audit chain in the backup is broken at event {chain.first_bad_seq}. Nothing was restored.")
    if (chain.events, chain.head) != (manifest.events, manifest.head):
        raise Misused("The audit chain in the backup does not end as its manifest says. Nothing was restored.")
    is_current = not migrating.pending()
    if is_current:
        migrating.check_version(place)
    now = clock.now()
    with writing():
        body = {"events": chain.events, "head": chain.head}
        journal.append(actor, now, [journal.Entry("restore", now, body)])
        if place.path is None:
            mark_restored()
    return is_current


def _put_files(reader: Reader, place: Location) -> None:
    """Before the store: a crash leaves at most bytes that nobody names."""
    files = FileStore(folder_of(place, reader.manifest.folder))
    for sha256 in reader.manifest.files:
        name = f"files/{sha256}"
        with reader.opened(name) as source:
            kept = files.keep(source, Room(tuple(FileType), reader.size(name), "as the backup says"))
        if kept.sha256 != sha256:
            raise Misused("The backup was changed while it was read: nothing was restored.")


def _synced(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
