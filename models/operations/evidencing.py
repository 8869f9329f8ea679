"""Evidence: taken in for a side, judged, and looked at."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from models import clock
from models.actor import Actor
from models.dataclass import dataclass
from models.errors import NotFound, Refused
from models.file_places import file_store
from models.file_store import Kept, opened, room_of
from models.operations import journal
from models.operations.change import Change, Words, carry_out
from models.operations.presence import present
from models.operations.transaction import writing
from models.queries.history import case_from_events
from models.queries.named_case import currency_of
from models.rules import evidence, transitions
from models.rules.act import Act, Verb
from models.rules.case import Piece as RuledPiece
from models.rules.permissions import check_paths
from models.rules.policy import policy
from models.tables import Evidence
from models.text import visible
from models.vocabulary import EvidenceKind, EvidenceState, FileType, Party

TITLE_SIGNS = 120
LOOK = "evidence"
"""The event's verb for somebody who looked at a piece; no change of the case."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece with its bytes, as somebody looks at it."""

    number: int
    kind: str
    title: str
    file_type: FileType
    data: bytes


def attach(
    actor: Actor,
    *,
    case: int,
    party: Party,
    kind: EvidenceKind,
    source: Path | BinaryIO,
    title: str = "",
    captured_at: datetime | None = None,
    replaces: int | None = None,
    occurred_at: datetime | None = None,
    seen_version: int | None = None,
) -> Change:
    """Take a file in as evidence of `party`. Its bytes are in the store's folder before the case points at them.

    `captured_at` is when what it shows was taken or written, `occurred_at` when the party handed it in.
    """
    shown = title_of(title, source)
    kept = _kept(actor, case, party, source)
    act = Act(
        verb=Verb.ATTACH,
        occurred_at=occurred_at or clock.now(),
        party=party,
        evidence_kind=kind,
        evidence_number=replaces,
        file_digest=journal.keyed_digest(kept.sha256),
        file_type=kept.file_type,
        size_bytes=kept.size_bytes,
        captured_at=captured_at,
        title_digest=journal.keyed_digest(shown) if shown else None,
    )

    def name(change: Change) -> None:
        number = submitted(change).number
        Evidence.update(sha256=kept.sha256, title=shown).where(
            (Evidence.dispute == case) & (Evidence.number == number)
        ).execute()

    return carry_out(actor, case, act, seen_version=seen_version, record=name)


def review(
    actor: Actor, *, case: int, number: int, verdict: EvidenceState, note: str, seen_version: int | None = None
) -> Change:
    """Accept or reject a piece; a rejected one no longer counts for its side."""
    act = Act(verb=Verb.REVIEW, occurred_at=clock.now(), evidence_number=number, verdict=verdict)

    def keep(change: Change) -> None:
        Evidence.update(note=note).where((Evidence.dispute == case) & (Evidence.number == number)).execute()

    return carry_out(actor, case, act, words=Words(note), seen_version=seen_version, record=keep)


def look(actor: Actor, *, case: int, number: int) -> Piece:
    """A piece's bytes, proved by their hash. That somebody looked is written down; any role may.

    Raises NotFound where there is no such piece, Refused where it is only requested, and StoreUnavailable.
    """
    actor = present(actor)
    row = Evidence.get_or_none((Evidence.dispute == case) & (Evidence.number == number))
    if row is None:
        raise NotFound(f"C{case} has no piece {number} of evidence: 'disputes show C{case}' lists them.")
    if row.sha256 is None and row.file_type is not None:
        raise Refused("evidence", f"The file of piece {number} of C{case} was erased on request.")
    if row.sha256 is None:
        raise Refused("evidence", f"Piece {number} of C{case} is requested and not there yet.")
    data = file_store().read(row.sha256)
    now = clock.now()
    with writing():
        body = {"piece": number, "file_digest": journal.keyed_digest(row.sha256)}
        journal.append(actor, now, [journal.Entry(LOOK, now, body, case)])
    return Piece(number, row.kind, row.title, FileType(str(row.file_type)), data)


def submitted(change: Change) -> RuledPiece:
    """The piece that an `attach` brought."""
    before = {piece.number: piece.state for piece in change.before.evidence}
    return next(
        piece
        for piece in change.after.evidence
        if piece.state is EvidenceState.SUBMITTED and before.get(piece.number) in (None, EvidenceState.REQUESTED)
    )


def _kept(actor: Actor, dispute_id: int, party: Party, source: Path | BinaryIO) -> Kept:
    """The right and the limits come before the copy: nobody fills the folder who may not."""
    actor = present(actor)
    transitions.check_role(Verb.ATTACH, actor)
    if isinstance(source, Path):
        check_paths(actor)
    currency_of(dispute_id)  # NotFound where there is no such case
    case = case_from_events(dispute_id)
    transitions.check_state(case, Verb.ATTACH, actor)
    # Whether there still is so much room when the piece is recorded, a guard says in that transaction.
    room = room_of(policy(case.policy_version).files, evidence.side_bytes(case, party))
    with ExitStack() as stack:
        file = stack.enter_context(opened(source, room)) if isinstance(source, Path) else source
        return file_store().keep(file, room)


def title_of(title: str, source: Path | BinaryIO) -> str:
    """What a sender calls a file is a label and nothing else."""
    if title:
        shown = visible(title.strip())
        if len(shown) > TITLE_SIGNS:
            raise Refused("title", f"A title has at most {TITLE_SIGNS} signs, this one {len(shown)}.")
        return shown
    return visible(source.name)[:TITLE_SIGNS] if isinstance(source, Path) else ""
