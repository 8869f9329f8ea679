"""A person's data on request: emptied where it lies, while the cases, their sums and the chain of events stay whole.

Events never held any of it. What they hold are keyed digests, which tell nothing of a text that is gone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from models import clock
from models.actor import Actor
from models.database import current, is_sqlite, translated
from models.dataclass import dataclass
from models.errors import NotFound, Refused
from models.file_health import named_among
from models.file_places import file_store
from models.operations import erasure_list, journal, word_index
from models.operations.personal_data import cases_of, evidence_of, files_of, mentions, parts
from models.operations.presence import present
from models.operations.transaction import writing
from models.rules.permissions import check_supervisor
from models.tables import Dispute, Evidence, Party, database
from models.vocabulary import State

ERASE = "erase"
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Gone:
    """Of one kind, how many."""

    what: str
    count: int


@dataclass(frozen=True, slots=True)
class Again:
    """What became of one on the list of erasures."""

    party: str
    gone: tuple[Gone, ...]
    why_not: str = ""


def would_erase(actor: Actor, *, party: int) -> tuple[Gone, ...]:
    """What `erase` would empty; every refusal but that of the note is raised, nothing is written."""
    with translated(current()):
        check_supervisor(present(actor), ERASE)
        row = _party(party)
        _check_ended(row)
        names = files_of(row)
        counts = [Gone(part.what, part.count()) for part in [*mentions(row), *parts(row)]]
        return _told(counts, sum(1 for name in names if not _is_shown_by_others(row, name)))


def erase(actor: Actor, *, party: int, note: str) -> tuple[Gone, ...]:
    """Empty the party's personal data, its words in the index, and its files that no other case shows.

    Their reference stays, which orders and files know them by. `note` says why; only its keyed digest is kept. Raises
    NotAllowed, NotFound, Refused (`note`, `cases_not_closed`): while a case goes on, its texts are what it rests on.
    """

    def why() -> dict[str, object]:
        check_supervisor(present(actor), ERASE)
        if not note.strip():
            raise Refused("note", "'erase' needs a note that says why: who asked, and when.")
        return {"text_digest": journal.keyed_digest(note)}

    return _erase(actor, party, why)


def erase_again(actor: Actor, *, is_restoring: bool = False) -> tuple[Again, ...]:
    """Erase who is on the list of erasures and came back with a backup.

    Raises NotAllowed; but whoever restores a store need not be of its desk.
    """

    def why() -> dict[str, object]:
        if not is_restoring:
            check_supervisor(present(actor), ERASE)
        return {"again": True}

    why()
    done = []
    for number in erasure_list.pending():
        party: Any = Party.get_by_id(number)
        try:
            gone, why_not = _erase(actor, number, why), ""
        except Refused as refusal:
            gone, why_not = (), str(refusal)
        done.append(Again(f"{party.side}:{party.ref}", gone, why_not))
    return tuple(done)


def _erase(actor: Actor, party: int, why: Callable[[], dict[str, object]]) -> tuple[Gone, ...]:
    """`why` is asked within the transaction, and refuses."""
    now = clock.now()
    with writing():
        reason = why()
        row = _party(party, is_for_writing=True)
        _check_ended(row)
        names, pieces = files_of(row), _pieces(row)
        counts = [Gone(part.what, part.empty()) for part in [*mentions(row), *parts(row)]]
        _forget_words([number for (number,) in cases_of(row).order_by(Dispute.id).tuples()])
        journal.append(actor, now, [journal.Entry(ERASE, now, {"party": party, "pieces": pieces, **reason})])
        gone = names - named_among(names)
    # A crash from here on leaves files that nobody names; the doctor shows them.
    files = file_store()
    for name in sorted(gone):
        files.remove(name)
    if is_sqlite():  # older pages stand in the log until it is written back
        database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    erasure_list.keep()
    return _told(counts, len(gone))


def _told(counts: list[Gone], files: int) -> tuple[Gone, ...]:
    """One of each kind."""
    sums = dict.fromkeys((each.what for each in counts), 0)
    for each in [*counts, Gone("files that nothing else shows", files)]:
        sums[each.what] = sums.get(each.what, 0) + each.count
    return tuple(Gone(what, count) for what, count in sums.items() if count)


def _party(party: int, *, is_for_writing: bool = False) -> Any:
    rows: Any = Party.select().where(Party.id == party)
    row = (rows.for_update() if is_for_writing and not is_sqlite() else rows).first()
    if row is None:
        raise NotFound(f"There is no party {party} in this store.")
    if is_for_writing and not is_sqlite():
        cases_of(row).order_by(Dispute.id).for_update().execute()
    return row


def _check_ended(row: Any) -> None:
    goes_on = (Dispute.state != State.CLOSED) | Dispute.hold.is_null(False)
    ids = [f"C{number}" for (number,) in cases_of(row).where(goes_on).order_by(Dispute.id).limit(SHOWN + 1).tuples()]
    if ids:
        named = ", ".join(ids[:SHOWN]) + (", …" if len(ids) > SHOWN else "")
        raise Refused(
            "cases_not_closed",
            f"{named} of this {row.side} is not closed or on hold: a case rests on what was said and shown in it. "
            "Erase when it is over.",
        )


def _pieces(row: Any) -> list[list[int]]:
    """Case and number of each piece whose file goes, so that the doctor can tell it from one that was lost."""
    rows: Any = Evidence.select(Evidence.dispute, Evidence.number).where(evidence_of(row))
    return [list(each) for each in rows.order_by(Evidence.dispute, Evidence.number).tuples()]


def _is_shown_by_others(row: Any, name: str) -> bool:
    elsewhere = (Evidence.sha256 == name) & ~evidence_of(row)
    return bool(Evidence.select().where(elsewhere).exists())


def _forget_words(ids: list[int]) -> None:
    """Index the cases anew, and merge the index: until then, words that are gone stand in its older parts."""
    for start in range(0, len(ids), word_index.CHUNK):
        word_index.refresh(ids[start : start + word_index.CHUNK])
    if is_sqlite():
        database.execute_sql("INSERT INTO case_words (case_words) VALUES ('optimize')")
