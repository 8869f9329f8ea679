"""What must hold before evidence is taken in or judged."""

from __future__ import annotations

from datetime import datetime

from models.actor import Actor
from models.errors import Refused
from models.rules import evidence
from models.rules.act import Act
from models.rules.case import Case
from models.rules.policy import Files, policy
from models.vocabulary import EvidenceState, FileType


def known_file(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    check_type(act.file_type, policy(case.policy_version).files.types)


def within_limits(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    assert act.party is not None
    limits, size = policy(case.policy_version).files, act.size_bytes or 0
    if not 0 < size <= limits.file_bytes_at_most:
        raise Refused(
            "file_size", f"A file has 1 byte to {megabytes(limits.file_bytes_at_most)}, this one {size} bytes."
        )
    used = evidence.side_bytes(case, act.party)
    is_there = any(each.lane is act.party and each.file_digest == act.file_digest for each in case.evidence)
    if not is_there and used + size > limits.side_bytes_at_most:
        raise Refused("side_size", side_full(limits, used, size))


def captured_before_now(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    if act.captured_at is not None and act.captured_at > now:
        raise Refused("captured_at", f"Nothing was captured in the future: {act.captured_at:%Y-%m-%dT%H:%M:%SZ}.")


def replaces_own(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    if act.evidence_number is None:
        return
    piece = case.piece(act.evidence_number)
    if piece is None:
        raise Refused("evidence", f"This case has no piece {act.evidence_number} that could be replaced.")
    if piece.lane is not act.party:
        raise Refused("evidence", f"Piece {piece.number} is the {piece.lane}'s; a {act.party} replaces their own.")
    if piece.state is EvidenceState.SUPERSEDED:
        raise Refused("evidence", f"Piece {piece.number} is already superseded.")


def reviewable(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    piece = case.piece(act.evidence_number)
    if piece is None:
        numbers = ", ".join(str(each.number) for each in case.evidence) or "none"
        raise Refused("evidence", f"This case has no piece {act.evidence_number or ''}: its pieces are {numbers}.")
    if act.verdict not in evidence.VERDICTS:
        raise Refused("verdict", f"A piece is found {' or '.join(evidence.VERDICTS)}.")
    if piece.state not in evidence.REVIEWABLE:
        raise Refused("evidence", f"Piece {piece.number} is {piece.state}: there is nothing to look at that counts.")
    if piece.state is act.verdict:
        raise Refused("evidence", f"Piece {piece.number} already is {piece.state}.")


def check_type(found: FileType | None, types: tuple[FileType, ...]) -> None:
    """Raise Refused unless evidence may be of this type."""
    if found not in types:
        raise Refused("file_type", f"Evidence is {', '.join(types)}, judged by its content: this file is none of them.")


def side_full(limits: Files, used: int, size: int) -> str:
    """Why a file of this size does not fit any more."""
    return (
        f"A side of a case has at most {megabytes(limits.side_bytes_at_most)} of files: "
        f"{megabytes(used)} are there, this file has {megabytes(size)}."
    )


def megabytes(size: int) -> str:
    """`10 MB`, `0.3 MB`; small ones in kB."""
    if size < 100_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{size / 1_000_000:.1f}".removesuffix(".0") + " MB"
