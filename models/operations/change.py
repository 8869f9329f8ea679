"""How every change of a case is made: right? allowed? then the act, its rows and its event together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

from models import clock
from models.actor import Actor
from models.database import is_sqlite, translated
from models.dataclass import dataclass
from models.errors import Conflict, NotAllowed, NotFound, Refused
from models.operations import journal, projection
from models.operations.presence import present
from models.operations.transaction import writing
from models.prepared import Slot, insert, prepared
from models.queries.history import case_from_events
from models.rules import effects, transitions
from models.rules.act import Act, Verb
from models.rules.case import Case
from models.rules.copying import copied
from models.tables import Dispute, Event, Message, Order, database
from models.vocabulary import Audience, Party, RefundState, Role


@dataclass(frozen=True, slots=True)
class Words:
    """A text that comes with an act."""

    text: str
    author: Party = Party.PLATFORM
    audience: Audience = Audience.INTERNAL
    language: str = ""
    translation: str = ""
    """The same in a language that the desk reads."""
    is_automatic: bool = False
    """A machine of the party's wrote it; it answers nothing."""

    def __post_init__(self) -> None:
        check_storable(self.text + self.translation)


def check_storable(text: str) -> None:
    """PostgreSQL takes no NUL, and neither driver half a surrogate pair; SQLite alone would keep the first."""
    if "\x00" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise Refused("text", "The text holds a character that cannot be stored (NUL, or half a pair): remove it.")


@dataclass(frozen=True, slots=True)
class Change:
    """A change that was made, or would be."""

    dispute_id: int
    act: Act
    before: Case
    after: Case
    event_seq: int | None
    """None for a preview."""


_is_ready = False

Prepare = Callable[[Case, Act], Act]
"""Completes an act from the case as it stands inside the transaction, such as the amount of a full refund."""

Derive = Callable[[Actor, Act, datetime], Case]
"""Works out the case after an act that is no step on from the one before it, such as a correction."""


def carry_out(
    actor: Actor,
    dispute_id: int,
    act: Act,
    *,
    words: Words | None = None,
    seen_version: int | None = None,
    prepare: Prepare | None = None,
    record: Callable[[Change], None] | None = None,
    derive: Derive | None = None,
) -> Change:
    """Do `act` to the case. `record` writes what belongs to it and stands in no projection, such as a ruling's texts.

    Raises NotAllowed, Refused, Conflict (the case is not as it was seen, or somebody else has it) or NotFound; then
    nothing was written.
    """
    get_ready(dispute_id)
    now = clock.now()
    with writing(), _about(dispute_id):
        row = _row(dispute_id, is_for_writing=True)
        if act.verb is Verb.REFUND and act.refund is RefundState.INSTRUCTED:
            _hold_order(row)
        _check_seen(row, seen_version)
        change = _change(actor, row, act, words, now, prepare, derive)
        if words and words.text.strip():
            change = replace(change, act=replace(change.act, text_id=keep_words(row.id, change.act, words, now)))
        projection.save(row, change.before, change.after)
        if record is not None:
            record(change)
        entry = journal.Entry(
            change.act.verb, change.act.occurred_at, {"acts": [change.act.body()]}, row.id,
            has_words=change.act.text_id is not None or record is not None or derive is not None,
        )  # fmt: skip
        return replace(change, event_seq=journal.append(actor, now, [entry]))


def get_ready(dispute_id: int | None = None) -> None:
    """Judge the case, or the newest, before a process's first write: under the ticket others would wait 10 ms for it.

    It loads the rules' calendars and spells the statements.
    """
    global _is_ready
    if _is_ready or database.in_transaction():
        return
    with translated():
        row = _newest.first() if dispute_id is None else _read.first(dispute_id)
        if row is not None:
            case_from_events(row.id)
            _is_ready = True


def preview(
    actor: Actor, dispute_id: int, act: Act, *, words: Words | None = None, prepare: Prepare | None = None
) -> Change:
    """What `carry_out` would do; every refusal is raised, nothing is written."""
    with _about(dispute_id):
        return _change(actor, _row(dispute_id), act, words, clock.now(), prepare, None)


@contextmanager
def _about(dispute_id: int) -> Iterator[None]:
    """A refused right is written down with the case that it was tried on."""
    try:
        yield
    except NotAllowed as refusal:
        refusal.dispute_id = dispute_id
        raise


def check_possible(actor: Actor, dispute_id: int, verb: Verb) -> None:
    """Raise what `carry_out` would of right, case and state, for who prepares something before: the better reason."""
    actor = present(actor)
    transitions.check_role(verb, actor)
    _row(dispute_id)
    transitions.check_state(case_from_events(dispute_id), verb, actor)


def _change(
    actor: Actor,
    row: Any,
    act: Act,
    words: Words | None,
    now: datetime,
    prepare: Prepare | None,
    derive: Derive | None,
) -> Change:
    actor = present(actor)
    transitions.check_role(act.verb, actor)
    before = case_from_events(row.id)
    transitions.check_state(before, act.verb, actor)
    act = replace(act, by="" if actor.role is Role.SWEEP else actor.login)  # no person of the platform
    if words and words.text.strip():
        act = replace(act, audience=words.audience, text_digest=journal.keyed_digest(words.text))
    if prepare is not None:
        act = prepare(before, act)
    transitions.check(before, act, actor, now)
    if derive is not None:
        return Change(row.id, act, before, derive(actor, act, now), None)
    after = copied(before)
    effects.apply(after, act, now)
    return Change(row.id, act, before, after, None)


def _row(dispute_id: int, *, is_for_writing: bool = False) -> Any:
    """The case's row. On PostgreSQL a second writer waits here, and then reads what the first has done."""
    row = (_locked if is_for_writing else _read).first(dispute_id)
    if row is None:
        raise NotFound(f"There is no case C{dispute_id}.")
    return row


@prepared
def _newest() -> Any:
    return Dispute.select().order_by(Dispute.id.desc()).limit(1)


@prepared
def _read(dispute_id: Slot) -> Any:
    return Dispute.select().where(Dispute.id == dispute_id)


@prepared
def _locked(dispute_id: Slot) -> Any:
    rows = Dispute.select().where(Dispute.id == dispute_id)
    return rows if is_sqlite() else rows.for_update()


def _hold_order(row: Any) -> None:
    """Two cases of one order are not refunded at the same moment: each must see what the other has instructed."""
    if not is_sqlite():
        Order.select().where(Order.id == row.order_id).for_update().first()


def _check_seen(row: Any, seen_version: int | None) -> None:
    if seen_version is None or row.row_version == seen_version:
        return
    last = Event.select().where(Event.dispute == row.id).order_by(Event.seq.desc()).first()
    raise Conflict(
        f"C{row.id} changed while you worked on it: {last.actor} did '{last.verb}'. Nothing was written; "
        "look at what changed, your text is kept.",
        who=last.actor,
    )


def keep_words(dispute_id: int, act: Act, words: Words, now: datetime) -> int:
    """Write the text down beside the act; its number."""
    message = {
        "dispute": dispute_id,
        "author": words.author,
        "audience": words.audience,
        "kind": act.verb,
        "text": words.text,
        "translation": words.translation.strip() or None,
        "language": words.language,
        "is_automatic": words.is_automatic,
        "occurred_at": act.occurred_at,
        "recorded_at": now,
        "recorded_by": act.by,
    }
    return int(insert(Message, message))
