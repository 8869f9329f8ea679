"""What `doctor` looks at: is the store sound, current, and does it still say what its events say?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial

from models import clock, migrating
from models import database as door
from models.derived import SHOWN, derive_all
from models.errors import StoreUnavailable
from models.file_health import MISSING, UNNAMED, look
from models.file_inspection import State
from models.file_places import file_store
from models.finding import Finding
from models.host_health import around
from models.operations import erasure_list, word_index
from models.queries import audit, policies
from models.tables import Event, database

LATE = timedelta(days=2)
"""Since the last of what is made every day."""
Progress = Callable[[str, int], None]
"""What is looked at, and how many of them so far."""


def findings(on_progress: Progress | None = None) -> Iterator[Finding]:
    """Every finding, good or bad, as it is made; from the audit chain on they read the whole store."""
    place = door.current()
    yield Finding("store", True, place.shown)
    if place.path is not None:
        yield from _sqlite()
        yield from around(place.path)
    else:
        yield Finding("engine", True, _one("SHOW server_version"))
    pending = migrating.pending()
    yield Finding("shape", not pending, f"{len(pending)} migrations to apply" if pending else "current")
    chain = audit.verify()
    said = f"{chain.events} events, head {chain.head[:12]}" if chain.first_bad_seq is None else ""
    yield Finding("audit chain", chain.first_bad_seq is None, said or f"broken at event {chain.first_bad_seq}")
    yield from _kept_elsewhere()
    missing = word_index.behind()
    said = f"lacks {missing} cases: run 'disputes reindex'" if missing else "whole"
    yield Finding("index of words", not missing, said)
    yield _erasures()
    yield _policies()
    yield from _clocks(on_progress)
    yield from _files(on_progress)


def _sqlite() -> Iterator[Finding]:
    version = _one("SELECT sqlite_version()")
    yield Finding("SQLite", tuple(map(int, version.split("."))) >= door.OLDEST_SQLITE, version)
    mode = _one("PRAGMA journal_mode")
    yield Finding("journal", mode == "wal", mode)
    checked = _one("PRAGMA quick_check(1)")
    yield Finding("integrity", checked == "ok", checked)


def _one(statement: str) -> str:
    return str(database.execute_sql(statement).fetchone()[0])


def _kept_elsewhere() -> Iterator[Finding]:
    """What shall leave the store every day; both are events, and say nothing of where it is now."""
    for what, verb, how in (("seal", "audit seal", "disputes audit seal"), ("backup", "backup", "disputes backup")):
        last = Event.select(Event.recorded_at).where(Event.verb == verb).order_by(Event.seq.desc()).first()
        said = f"the last is of {last.recorded_at:%Y-%m-%d %H:%M} UTC" if last else "none was ever made"
        is_late = last is None or clock.now() - last.recorded_at > LATE
        yield Finding(what, True, f"{said}: '{how}' by a timer, every day" if is_late else said, is_note=is_late)


def _erasures() -> Finding:
    """Who was erased, and came back with a backup or a file from before."""
    waiting = len(erasure_list.pending())
    if waiting:
        return Finding("erasures", False, f"{waiting} of the list are in the store again: run 'disputes erase --again'")
    return Finding("erasures", True, "nobody on the list is in the store again")


def _policies() -> Finding:
    """Each version that was made here is still what its event says, and is read."""
    different = [each for each in policies.numbers() if not policies.is_as_made(each)]
    if different:
        return Finding("policies", False, f"changed since they were made: {', '.join(map(str, different))}")
    return Finding("policies", True, f"{len(policies.numbers())}, new cases follow {policies.active_version()}")


def _clocks(on_progress: Progress | None) -> Iterator[Finding]:
    """Derive every case again from its events; what is stored of it is for sorting and searching only."""
    found = derive_all(partial(on_progress, "cases") if on_progress else None)
    if not found.different:
        yield Finding("clocks", True, f"{found.cases} cases derived again, none different; {found.clocks} clocks")
        return
    for each in found.differences:
        yield Finding("clocks", False, str(each))
    more = "" if len(found.differences) < SHOWN else f", of which the first {SHOWN} values are shown"
    yield Finding("clocks", False, f"{found.different} of {found.cases} cases differ from their events{more}")


def _files(on_progress: Progress | None) -> Iterator[Finding]:
    try:
        found = look(file_store().folder, partial(on_progress, "files") if on_progress else None)
    except StoreUnavailable as error:
        yield Finding("evidence files", False, str(error))
        return
    for what, hint in _WRONG.items():
        if what in found.found:
            yield Finding("evidence files", False, f"{what} {found.said(what)}; {hint}")
    for what, hint in _NOTED.items():
        if what in found.found:
            yield Finding("evidence files", True, f"{what} {found.said(what)}; {hint}", is_note=True)
    if not found.found.keys() & _WRONG.keys():
        yield Finding("evidence files", True, f"{found.named} contents, all there and unchanged")


_WRONG = {
    MISSING: "restore them from a backup of the folder",
    State.DAMAGED: "restore them from a backup of the folder",
    State.OPEN_TO_OTHERS: "files are 0440 and folders 0700",
}
_NOTED = {
    UNNAMED: "left by a write that was cut off; they can be deleted",
    State.STRANGE: "not of this store, or left by a write that was cut off",
}
