"""What the buyer shows before there is a case: its bytes are in the store's folder, the draft names them."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from models.actor import Actor
from models.errors import Refused
from models.file_places import file_store
from models.file_store import judged, opened, room_of
from models.operations import journal
from models.operations.evidencing import title_of
from models.operations.presence import present
from models.queries.policies import in_force
from models.rules import transitions
from models.rules.act import Act, Verb
from models.rules.evidence_guards import side_full
from models.rules.intake import Intake, Shown
from models.rules.permissions import check_paths
from models.tables import Evidence
from models.vocabulary import EvidenceKind, FileType, Party


def take_in(
    actor: Actor,
    *,
    intake: Intake,
    kind: EvidenceKind,
    source: Path | BinaryIO,
    title: str = "",
    is_kept: bool = True,
) -> Intake:
    """The claim with one more piece of the buyer's. Rights and limits come before the copy, as for a case.

    Without `is_kept` the file is only judged, for a preview: nothing is written.
    """
    actor = present(actor)
    transitions.check_role(Verb.ATTACH, actor)
    if isinstance(source, Path):
        check_paths(actor)
    room = room_of(in_force().files, _bytes_of(intake.shown))
    named = title_of(title, source)
    with ExitStack() as stack:
        file = stack.enter_context(opened(source, room)) if isinstance(source, Path) else source
        kept = file_store().keep(file, room) if is_kept else judged(file, room)
    piece = Shown(kind=kind, title=named, sha256=kept.sha256, file_type=kept.file_type, size_bytes=kept.size_bytes)
    return replace(intake, shown=(*intake.shown, piece))


def check_room(shown: tuple[Shown, ...], piece: Shown) -> None:
    """Raise Refused where a claim that already shows this much has no room for the piece."""
    limits = in_force().files
    if _bytes_of((*shown, piece)) > limits.side_bytes_at_most:
        raise Refused("side_size", side_full(limits, _bytes_of(shown), piece.size_bytes))


def _bytes_of(shown: tuple[Shown, ...]) -> int:
    """The same file twice counts once, as in a case."""
    return sum({piece.sha256: piece.size_bytes for piece in shown}.values())


def acts_of(intake: Intake, at: datetime, login: str) -> list[Act]:
    """An `attach` for each piece, in order: they become the first pieces of the case."""
    return [
        Act(
            verb=Verb.ATTACH, occurred_at=at, by=login, party=Party.BUYER, evidence_kind=EvidenceKind(piece.kind),
            file_digest=journal.keyed_digest(piece.sha256), file_type=FileType(piece.file_type),
            size_bytes=piece.size_bytes, title_digest=journal.keyed_digest(piece.title) if piece.title else None,
        )
        for piece in intake.shown
    ]  # fmt: skip


def name_pieces(dispute_id: int, intake: Intake) -> None:
    """The hash and the title of each, which stand in no event."""
    for number, piece in enumerate(intake.shown, 1):
        Evidence.update(sha256=piece.sha256, title=piece.title).where(
            (Evidence.dispute == dispute_id) & (Evidence.number == number)
        ).execute()
